"""The practice page is for this machine, under its own name, and for no other site's page."""

from __future__ import annotations

import http.client

import pytest

from bot.practice import Practice


def asked(practice: Practice, method: str, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """The status, the text and the headers of an answer; headers are given with _ for -."""
    connection = http.client.HTTPConnection("127.0.0.1", practice.port, timeout=10)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, path, body=b"{}" if method == "POST" else None, headers=named)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, {key.lower(): value for key, value in answer.getheaders()}


def test_the_page_forbids_addresses_outside_the_machine(practice: Practice) -> None:
    """Its policy lets scripts, styles and connections come from itself only, and nobody frames it."""
    status, _, headers = asked(practice, "GET", "/")

    assert 200 == status
    policy = headers["content-security-policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "no-referrer" == headers["referrer-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])
def test_another_name_for_this_machine_is_refused(practice: Practice, host: str) -> None:
    """DNS rebinding: a name that leads here is not ours."""
    status, text, _ = asked(practice, "GET", "/page/state", Host=host)

    assert (403, "This page answers only at its own address on this machine.") == (status, text)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}, {}]
)
def test_another_sites_page_may_not_act(practice: Practice, headers: dict[str, str]) -> None:
    """Posts need this page's own origin."""
    status, _, _ = asked(practice, "POST", "/page/send", Content_Type="application/json", **headers)

    assert 403 == status


def test_a_form_cannot_act(practice: Practice) -> None:
    """What is no JSON is refused, also from the page's own origin."""
    origin = f"http://127.0.0.1:{practice.port}"
    status, _, _ = asked(practice, "POST", "/page/send", Content_Type="text/plain", Origin=origin)

    assert 415 == status


@pytest.mark.parametrize("path", ["/static/../page.py", "/static/%2e%2e/page.py", "/static//etc/passwd"])
def test_no_other_file_is_served(practice: Practice, path: str) -> None:
    """Only what lies in the page's folder."""
    assert 404 == asked(practice, "GET", path)[0]
