"""Where the bot's token may go, and which files are worth fetching."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.attached import attached, by_name, files_of
from bot.delivery.fetching import Fetcher
from bot.delivery.unpacking import unpacked

SLACK = Fetcher("xoxb-1", "https://slack.com/api/", 100)
PRACTICE = Fetcher("xoxb-1", "http://127.0.0.1:8025/api/", 100)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("files", "mode", "name", "preview", "attachments", "from", "headers", "plain_text")),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/download/bounce.eml",
        "https://example.slack.com/files-pri/T1-F1/bounce.eml",
        "https://FILES.slack.com:443/x",
    ],
)
def test_slacks_own_hosts_get_the_token(url: str) -> None:
    """Uploads are on files.slack.com, and a workspace's name leads there."""
    assert SLACK.allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://slack.com.example.com/x",
        "https://evilslack.com/x",
        "https://files.slack.com@example.com/x",
        "https://example.com/files.slack.com",
        "https://example.com\\@files.slack.com/x",
        "https://example.com\t.slack.com/x",
        "file:///etc/passwd",
        "ftp://files.slack.com/x",
        "//files.slack.com/x",
        "https://[files.slack.com/x",
        "https://files.slack.com:port/x",
        "https://files.slack.com/files-pri/T1-F1/bounce\x00.txt",
        "https://files.slack.com/files-pri/T1-F1/ré.txt",
        "http://127.0.0.1:8025/files-pri/F1/x",
    ],
)
def test_no_other_host_gets_the_token(url: str) -> None:
    """Neither look-alikes, nor plain HTTP, nor another port, nor a name before an @."""
    assert not SLACK.allowed(url)


def test_another_web_api_serves_its_own_files() -> None:
    """SLACK_API_URL's server is trusted with its token: that scheme, host and port alone."""
    assert PRACTICE.allowed("http://127.0.0.1:8025/files-pri/F1/x")
    assert not PRACTICE.allowed("https://127.0.0.1:8025/files-pri/F1/x")
    assert not PRACTICE.allowed("http://127.0.0.1:8026/files-pri/F1/x")
    assert not PRACTICE.allowed("http://localhost:8025/files-pri/F1/x")


@pytest.mark.parametrize(
    ("name", "mimetype", "kind"),
    [
        ("bounce.eml", "message/rfc822", "text"),
        ("maillog.2", "application/octet-stream", "text"),
        ("mail.log.gz", "application/gzip", "packed"),
        ("mail.tar.gz", "application/gzip", "other"),
        ("holiday.jpg.gz", "application/gzip", "packed"),
        ("bounce.msg", "application/vnd.ms-outlook", "outlook"),
        ("cat.png", "image/png", "other"),
        ("deploy.py", "text/plain", "other"),
        ("untitled", "text/plain", "text"),
        ("report.pdf", "application/pdf", "other"),
        ("", "", "other"),
    ],
)
def test_files_are_chosen_by_name_and_type(name: str, mimetype: str, kind: str) -> None:
    """Before anything is fetched; an unknown name inside .gz may be a log of any name."""
    assert by_name(name, mimetype) == kind


def test_an_external_or_deleted_file_is_not_wanted() -> None:
    """A link to another service, and what is left of a deleted file."""
    outside = {"name": "a.eml", "is_external": True, "url_private": "https://drive.example.com/a.eml"}

    assert not attached(outside).wanted
    assert not attached({"mode": "tombstone", "id": "F1"}).wanted
    assert attached({"id": "F1", "mode": "file_access", "file_access": "check_file_info"}).wanted
    assert not attached({"id": "", "mode": "file_access", "file_access": "check_file_info"}).wanted


def test_an_emails_own_report_is_fetched_too() -> None:
    """Slack's file of an email holds no delivery status, but may list it among the mail's attachments."""
    part = {"mimetype": "message/delivery-status", "filename": "", "url": "https://files.slack.com/a", "size": 9}
    email: dict[str, Any] = {"mode": "email", "plain_text": "Sorry.", "attachments": [part, {"mimetype": "image/png"}]}
    [mail, report] = files_of({"files": [email]})

    assert not mail.wanted
    assert (report.wanted, report.url) == (True, "https://files.slack.com/a")


@given(st.dictionaries(st.sampled_from(("files", "attachments")), JSON, max_size=2))
def test_no_shape_of_a_message_raises(message: dict[str, Any]) -> None:
    """Whatever stands where a file's fields should be."""
    assert len(files_of(message)) <= 10


@given(st.lists(st.binary(max_size=2_000), min_size=1, max_size=3), st.integers(1, 3_000))
def test_gzip_is_unpacked_up_to_the_cap(members: list[bytes], most: int) -> None:
    """Also in several members, as rotated logs that were appended to each other."""
    whole = b"".join(members)
    data, cut = unpacked(b"".join(map(gzip.compress, members)), most)

    assert (data, cut) == (whole[:most], len(whole) > most)


@given(st.binary(max_size=300), st.integers(0, 40))
def test_broken_gzip_gives_what_stands_before_the_break(tail: bytes, at: int) -> None:
    """Bytes that begin like gzip and are not never raise."""
    packed = gzip.compress(b"550 5.1.1 user unknown\n" * 20)
    data, _ = unpacked(packed[:at] + tail, 1_000)

    assert len(data) <= 1_000
