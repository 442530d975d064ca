"""What a reply names is found as it stands there, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from bot.reading.values import values_of


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Greylisted, please try again in 5 minutes", 300),
        ("try again in 300 seconds", 300),
        ("Please retry after 1 hour", 3600),
        ("please wait at least 10 min before retrying", 600),
        ("come back in 4 minutes and 30 seconds", 270),
        ("Greylisting in action, please come back in 00:04:59", 299),
        ("Deferred for 120s", 120),
        ("limit of 100 messages per hour", 0),
        ("mailbox full since 3 days", 0),
        ("the meeting at 00:04:59", 0),
    ],
)
def test_how_long_to_wait(words: str, seconds: int) -> None:
    """A time counts where the words ask to wait for it."""
    assert seconds == values_of(words).wait


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("Message size exceeds fixed maximum message size of 20480000 bytes", "20480000"),
        ("message size 31457280 exceeds size limit 10485760", "10485760"),
        ("too many recipients (max 50)", "50"),
        ("the limit is 25 MB", "25 MB"),
        ("maximum size exceeded", ""),
    ],
)
def test_a_limit_is_the_servers_number(words: str, limit: str) -> None:
    """Where the size of the message is printed, too, the limit is the other number."""
    assert limit == values_of(words).limit


@pytest.mark.parametrize(
    ("words", "checks"),
    [
        ("spf=fail dkim=none dmarc=fail", ("SPF: fail", "DKIM: none", "DMARC: fail")),
        (
            "DKIM = did not pass SPF [news.example.com] with ip: [203.0.113.9] = did not pass",
            ("DKIM: did not pass", "SPF [news.example.com] with ip: [203.0.113.9]: did not pass"),
        ),
        (
            "DKIM checks did not pass and SPF check for [example.com] did not pass with ip: [203.0.113.9]",
            ("DKIM: did not pass", "SPF [example.com]: did not pass"),
        ),
        ("the sending domain example.com does not pass DMARC verification", ("DMARC: not pass",)),
        ("see our page about SPF and DKIM", ()),
    ],
)
def test_the_checks_are_shown_line_by_line(words: str, checks: tuple[str, ...]) -> None:
    """Each result that a reply prints, whichever way round it is put."""
    assert checks == values_of(words).checks


def test_domains_and_ips_of_a_check() -> None:
    """The domain and the IP that SPF was asked about go into the steps."""
    found = values_of("SPF check for [example.com] did not pass with ip: [2001:db8::25]")

    assert ("example.com", "2001:db8::25") == (found.domain, found.ip)


@pytest.mark.parametrize(
    ("words", "tag"),
    [("[TSS04] Messages from 203.0.113.9", "TSS04"), ("blocked (S3150)", "S3150"), ("hour. IB607", "IB607")],
)
def test_tags(words: str, tag: str) -> None:
    """A provider's tag is what its pages are searched by."""
    assert tag == values_of(words).tag
