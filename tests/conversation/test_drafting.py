"""Drafts go to whoever can do something, say what is known, and leave the rest to be filled in."""

from __future__ import annotations

from typing import get_args

import pytest

from bot import conversation
from bot.answer import explain
from bot.conversation.drafting import Draft, drafts
from bot.conversation.matter import Matter
from bot.terms import Case, Values
from catalogue import Actor, Catalogue, Retry
from catalogue.drafts import Sought, chosen, texts

UNKNOWN = "550 5.1.1 <{who}@example.com>: Recipient address rejected: User unknown in local recipient table"
LISTED = "550 5.7.1 Service unavailable, Client host [192.0.2.77] blocked using zen.spamhaus.org"
SPF = "550-5.7.26 This mail has been blocked because the sender is unauthenticated. SPF [news.example.com] with ip: [203.0.113.9] = did not pass 550 5.7.26 gsmtp"
TIMEOUT = "postfix/smtp[1]: 4F2B: to=<bob@example.net>, relay=none, dsn=4.4.1, status=deferred (connect to mx.example.net[198.51.100.7]:25: Connection timed out)"
OUTAGE = "\n".join(UNKNOWN.format(who=f"person{n}") for n in range(30))


def written(text: str, catalogue: Catalogue) -> dict[str, Draft]:
    """The drafts for a paste, by their addressee."""
    answer = explain(text, "asked", catalogue)
    case = conversation.case_of(answer, catalogue.version)
    return {
        one.to: one for one in drafts(Matter(case, catalogue.entries[case.entry], catalogue), "2026-11-25 02:00 UTC")
    }


@pytest.mark.parametrize(
    ("text", "to", "words"),
    [
        (UNKNOWN.format(who="bob"), ["sender", "admin"], "check the address letter by letter"),
        ("452 4.2.2 <bob@example.com>: mailbox over quota", ["sender", "admin"], "Only the recipient can make room"),
        (LISTED, ["sender", "admin", "provider"], "The recipient's address is not the cause"),
        (SPF, ["sender", "admin", "provider"], "The recipient's address is not the cause"),
        (
            "450 4.7.1 Client host rejected: cannot find your reverse hostname, [203.0.113.20]",
            ["sender", "owner"],
            "mend",
        ),
        ("552 5.3.4 Message size exceeds fixed limit of 10485760", ["sender"], "make the message smaller"),
        ("450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted", ["sender"], "do not send it again"),
        ("535 5.7.8 Username and Password not accepted", ["sender"], "was not sent"),
        (TIMEOUT, ["sender", "admin"], "which side has to mend it"),
        (OUTAGE, ["sender", "admin"], "Please keep the address"),
    ],
)
def test_a_draft_goes_to_whoever_can_do_something(catalogue: Catalogue, text: str, to: list[str], words: str) -> None:
    """And to nobody else: no form for a full mailbox, no question to an admin about a login."""
    made = written(text, catalogue)

    assert to == list(made)
    assert words in made["sender"].text


def test_only_who_lists_is_asked_to_delist(catalogue: Catalogue) -> None:
    """Where no list is named, none is spoken of."""
    assert "Please take it off the list" in written(LISTED, catalogue)["provider"].text
    assert "To Spamhaus ZEN" in written(LISTED, catalogue)["provider"].label
    assert "list" not in written(SPF, catalogue)["provider"].text
    assert "which check fails" in written(SPF, catalogue)["provider"].text


def test_a_list_without_a_form_gets_none(catalogue: Catalogue) -> None:
    """SpamCop's listings end by themselves: there is nobody to write to."""
    assert "provider" not in written(LISTED.replace("zen.spamhaus.org", "bl.spamcop.net"), catalogue)


def test_an_outage_asks_the_other_side_not_the_author(catalogue: Catalogue) -> None:
    """Nobody is told that thirty addresses have a typing slip."""
    made = written(OUTAGE, catalogue)

    assert "slip" not in str(made)
    assert "directory" in made["admin"].text


def test_the_receiving_servers_ip_is_not_given_as_ours(catalogue: Catalogue) -> None:
    """In a log line the IP is that of the server that was spoken to."""
    assert "Sending IP: ____" in written(TIMEOUT, catalogue)["admin"].text


def test_a_masked_recipient_is_left_to_be_written_out(catalogue: Catalogue) -> None:
    """The admin needs the address that we do not keep."""
    assert "Recipient: ____" in written(UNKNOWN.format(who="bob"), catalogue)["admin"].text


def test_every_entry_has_a_text_for_its_sender(catalogue: Catalogue) -> None:
    """All places are filled in, whoever acts and whatever became of the mail; nothing is blamed or shouted."""
    for entry in catalogue.entries.values():
        for state in ("queued", "given-up", "unknown"):
            case = Case(entry.id, reply="550", state=state, actor=entry.actor, retry=entry.retry, values=Values())
            made = drafts(Matter(case, entry, catalogue), "2026-11-25 02:00 UTC")

            assert made[0].to == "sender"
            assert [] == [one.text for one in made if "{" in one.text or "{" in one.label or "None" in one.text]
            assert [] == [one.text for one in made if "fault" in one.text.replace("a fault at their side", "")]


def test_every_text_is_reached_and_names_what_there_is(catalogue: Catalogue) -> None:
    """Its reasons are of the closed list, and for some bounce it is the one that counts."""
    reasons = [reason.id for reason in catalogue.vocabulary.reason]
    reached = {
        id(text)
        for reason in reasons
        for actor in (*get_args(Actor), None)
        for reply in ("550", "535")
        for retry in get_args(Retry)
        for listed, outage in ((False, False), (True, False), (False, True))
        for title in ("", "The mail goes round in a loop")
        for text in chosen(Sought(reason, actor, reply, retry, title, listed=listed, outage=outage))
    }

    assert [] == [text for text in texts() if text.text and id(text) not in reached]
    assert [] == [reason for text in texts() for reason in text.reasons if reason not in reasons]
    assert [] == [text for text in texts() if bool(text.text) != bool(text.label)]
