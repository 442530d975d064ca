"""Words beat codes, and a provider's words beat anybody's: the lines on which code tables and classifiers go wrong."""

from __future__ import annotations

import pytest

from bot.answer import explain
from bot.terms import Diagnosis
from catalogue import Catalogue


def meant(text: str, catalogue: Catalogue) -> Diagnosis:
    """What decided."""
    return explain(text, "asked", catalogue).diagnoses[0]


@pytest.mark.parametrize(
    ("text", "reason", "suppress"),
    [
        ("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "userunknown", "after-confirming"),
        (
            "550 5.1.1 <ann@example.com> - 203.0.113.7 has sent to too many recipients this hour. IB607",
            "ratelimited",
            "no",
        ),
        ("554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org", "blocked", "no"),
        ("452 4.2.2 mailbox full", "mailboxfull", "no"),
        (
            "421 4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your IP address. gsmtp",
            "ratelimited",
            "no",
        ),
        (
            "451 4.7.650 The mail server [203.0.113.7] has been temporarily rate limited due to IP reputation. (S3140)",
            "badreputation",
            "no",
        ),
        ("451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (AS77712)", "ratelimited", "no"),
        (
            "550-5.7.26 This mail is unauthenticated, which poses a security risk to the sender\n"
            "550-5.7.26 and Gmail users. The sender must authenticate with at least one of SPF or DKIM.\n"
            "550 5.7.26 DKIM = did not pass SPF [example.com] with ip: [203.0.113.7] = did not pass - gsmtp",
            "authfailure",
            "no",
        ),
        (
            "550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification",
            "authfailure",
            "no",
        ),
    ],
)
def test_the_lines_on_which_public_tools_fail(text: str, reason: str, suppress: str, catalogue: Catalogue) -> None:
    """Each is understood by its words, and none condemns a good address."""
    found = meant(text, catalogue)

    assert (reason, suppress) == (found.reason, found.suppress)


def test_talk_with_a_number_is_no_bounce(catalogue: Catalogue) -> None:
    """People who count to 451 get no answer in a channel."""
    assert explain("hi team, lunch at 12? 451 people signed up", "channel", catalogue).silent


def test_a_mailbox_that_was_unavailable_is_kept(catalogue: Catalogue) -> None:
    """ "Unavailable, try again later" says wait, whatever a classifier makes of it."""
    text = "requested command failed because the user's mailbox was unavailable. try again later"

    assert "no" == meant(text, catalogue).suppress


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("550-5.2.1 The email account that you tried to reach is inactive. - gsmtp", "suspend"),
        (
            "550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional\n"
            "550 5.2.1 messages from being delivered. - gsmtp",
            "ratelimited",
        ),
    ],
)
def test_gmails_5_2_1_has_two_meanings(text: str, reason: str, catalogue: Catalogue) -> None:
    """The words tell a closed account from a busy one."""
    found = meant(text, catalogue)

    assert reason == found.reason
    assert "yes" != found.suppress


def test_mailbox_unavailable_with_a_policy_is_about_the_sender(catalogue: Catalogue) -> None:
    """GMX and web.de put "mailbox unavailable" before the policy that is meant."""
    text = (
        "host mx00.gmx.net[212.227.15.10] said: 550-Requested action not taken: mailbox unavailable\n"
        "550-Reject due to policy restrictions.\n550 For explanation visit https://postmaster.gmx.net/en/case?c=r0601"
    )
    found = meant(text, catalogue)

    assert "userunknown" != found.reason
    assert "no" == found.suppress


def test_unknown_user_after_data_is_a_doubt(catalogue: Catalogue) -> None:
    """docomo says "Unknown user" after DATA where the recipient's filter refuses: that address is not dropped."""
    text = "host mfsmax.docomo.ne.jp[203.0.113.9] said: 550 Unknown user taro@example.com (in reply to end of DATA command)"

    assert "yes" != meant(text, catalogue).suppress
    assert "userunknown" != meant(text, catalogue).reason


@pytest.mark.parametrize("code", ["127.255.255.252", "127.255.255.254", "127.255.255.255"])
def test_a_blocklists_error_answer_is_the_receivers_to_mend(code: str, catalogue: Catalogue) -> None:
    """Spamhaus answers 127.255.255.x to a resolver that may not ask; the sending IP is not listed."""
    text = f"554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org ({code})"

    assert "receiving-admin" == meant(text, catalogue).actor


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 <ann@example.com> rate limit exceeded for this sender",
        "550 5.1.1 <ann@example.com> mailbox over quota",
        "450 5.1.1 <ann@example.com> too many connections, try again later",
        "550 5.1.1 <ann@example.com> message refused: your IP is listed on a blocklist",
        "550 5.1.1 <ann@example.com> Sender address rejected: Domain not found",
    ],
)
def test_5_1_1_on_other_words_condemns_nobody(text: str, catalogue: Catalogue) -> None:
    """Servers put 5.1.1 on rate limits, quota, blocks and sender checks: the words decide."""
    found = meant(text, catalogue)

    assert "userunknown" != found.reason
    assert "no" == found.suppress


@pytest.mark.parametrize(
    "text",
    [
        "553 example.com does not exist (in reply to MAIL FROM command)",
        "550 User unknown (in reply to MAIL FROM command)",
        "Connected to 203.0.113.9 but my name was rejected. Remote host said: 501 Invalid domain name",
        "host mx.example.org[203.0.113.9] refused to talk to me: 554 no such user here",
    ],
)
def test_what_is_said_before_a_recipient_is_not_about_one(text: str, catalogue: Catalogue) -> None:
    """A refusal at the door, of the server's name or of the sender cannot mean the recipient."""
    assert "no" == meant(text, catalogue).suppress


def test_that_a_queue_gave_up_is_no_cause(catalogue: Catalogue) -> None:
    """Where a line holds a refusal and that the time ran out, the refusal is the cause."""
    text = "554 5.7.1 <ann@example.com>: Relay access denied; this message has been in the queue too long"

    assert "norelaying" == meant(text, catalogue).reason


@pytest.mark.parametrize(
    ("asked", "entry"),
    [("5.7", "subject.5.7"), ("4.7.x", "subject.4.7"), (" 4.x.x ", "class.4.x.x"), ("5xx", "class.5xx")],
)
def test_a_group_of_codes_is_explained(asked: str, entry: str, catalogue: Catalogue) -> None:
    """Who asks about 5.7 or 5xx hears what all these codes have in common, and a channel hears nothing."""
    [cause] = explain(asked, "asked", catalogue).causes

    assert (entry, "class") == (cause.diagnosis.entry.id, cause.diagnosis.basis)
    assert explain(asked, "channel", catalogue).silent


def test_greylisting_alone_is_the_wait(catalogue: Catalogue) -> None:
    """The bare word means the wait; only a code or a lost mail means that somebody did not try again."""
    [asked] = explain("greylisting", "asked", catalogue).causes
    [refused] = explain("554 5.7.1 Greylisted, please retry", "asked", catalogue).causes

    assert ("words.greylisted", "words.greylisted.refused") == (asked.diagnosis.entry.id, refused.diagnosis.entry.id)


def test_a_providers_entry_needs_its_evidence_where_others_say_the_same(catalogue: Catalogue) -> None:
    """GMX and Outlook.com use the standard's own sentence; it is theirs only where a host, a tag or an address shows it."""
    nobodys = meant("550 Requested action not taken: mailbox unavailable", catalogue)
    theirs = meant("550 Requested action not taken: mailbox unavailable (host mx00.gmx.net[192.0.2.1])", catalogue)

    assert ("words.mailbox.unavailable", "") == (nobodys.entry.id, nobodys.provider)
    assert "gmx" == theirs.provider


def test_the_echo_of_a_refusal_is_not_its_cause(catalogue: Catalogue) -> None:
    """ "Need RCPT" only follows when every recipient was refused before."""
    found = meant("550 5.1.1 mailbox unavailable 503 Error: need RCPT command", catalogue)

    assert "userunknown" == found.reason


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.7 Invalid address",
        "535 5.7.1 The account is disabled",
        "550 5.7.27 <ann@example.com>: Sender address rejected: Domain example.com does not accept mail (nullMX)",
        "550 5.4.6 Unusual sending activity detected. Please try after sometime",
    ],
)
def test_what_is_said_of_the_sender_keeps_the_recipient(text: str, catalogue: Catalogue) -> None:
    """A code or words about the sender never speak against the recipient's address."""
    assert meant(text, catalogue).suppress == "no"
