"""Questions in the thread of a card get an answer that knows the bounce; other talk gets silence."""

from __future__ import annotations

import pytest

from bot.answer import explain
from bot.conversation import Facts, ask, case_of, reply
from bot.conversation.drafting import drafts
from bot.conversation.guiding import screen
from bot.conversation.matter import Matter
from bot.terms import Case, Values
from catalogue import Catalogue

ASKED = {
    "permanent": ["is it permanent?", "hard or soft bounce?", "will it clear by itself?", "is this temporary", "should we just wait?", "how long will this last?", "does it go away?", "Will this ever work?"],
    "retry": ["do we retry?", "should we resend?", "when can I send it again?", "how often does it retry?", "does the queue retry?", "do we try again?", "should I resend it tomorrow?", "will it be retried?"],
    "actor": ["whose fault is it?", "is it us or them?", "who must act?", "who fixes this?", "is this on our side?", "ours or theirs?", "who is responsible?", "is it our fault?"],
    "steps": ["how do we fix this?", "what do we do?", "what now?", "what should I do?", "next steps?", "what's the next step?", "where do we start?", "how to fix it"],
    "contact": ["who do we contact?", "whom do we contact about this?", "how do we get delisted, is there a delist page?", "is there a form?", "who should I contact?", "where do we ask for removal, contact?"],
    "suppress": ["do we suppress?", "should we remove the address?", "should I drop the address?", "can we keep the address?", "do we delete the address?", "should we take him off the list?", "is the address dead?"],
    "code": ["what does 5.7.1 mean?", "what is 451?", "what does 4.2.2 mean", "what's 550 5.7.26?", "explain 5.1.1"],
    "arrived": ["did it arrive?", "was it delivered?", "did they get it?", "is it still in the queue?", "was it accepted?"],
    "still": ["done, still failing", "still bouncing", "same error", "did that, same error again", "fixed SPF, didn't help"],
    "why": ["how do you know?", "are you sure?", "what's the source?", "where does it say that?", "based on what?"],
    "scope": ["is it only one recipient or all?", "how many are affected?", "is it just this recipient?"],
    "bypass": ["can we bypass it?", "can we use another server?", "what if we send from another IP?", "is there a workaround?"],
    "draft": ["what do we tell the customer?", "can you draft a reply? draft please", "what should we tell the sender?"],
    "happened": ["what happened?", "why did it bounce?", "why was it rejected?", "what caused this?"],
}  # fmt: skip
TALK = [
    "thanks!", "thx", "great, thank you", "on it", "I'll look at it after lunch", "deploying now", "who's on call?", "lunch?", "looking",
    "👍", "ok", "okay, will do", "ack", "I opened a ticket", "can you take this one?", "could you look at it, Ann?", "anyone around?",
    "assigning to Bob", "moving this to #ops", "cc @U123", "good catch", "hm", "interesting", "lol", "I told the customer", "done",
    "fixed", "should be fine now", "let's talk about it in the standup", "meeting in 5", "is it lunch already?", "did you see the mail from Ann?",
    "are you free at 3?", "who is taking this?", "have you deployed?", "we changed the SPF record", "I asked their postmaster", "waiting for DNS",
    "will check tomorrow", "that was quick", "nice card", "same here", "yes", "no", "maybe", "brb", "back", "closing this", "resolved",
    "the customer called again", "I'm on vacation from Monday", "do you have a minute?", "what time is the meeting?", "who wants coffee?",
    "we should write a runbook for this one day", "I'll call them", "they answered", "let me check the logs", "logs attached", "see above",
]  # fmt: skip


def case(text: str, catalogue: Catalogue) -> Case:
    """The case of a pasted bounce."""
    return case_of(explain(text, "asked", catalogue), catalogue.version)


@pytest.fixture
def full(catalogue: Catalogue) -> Case:
    """A full mailbox, deferred."""
    return case("452 4.2.2 <bob@example.com>: The mailbox is over quota", catalogue)


@pytest.mark.parametrize("intent", ASKED)
def test_questions_are_understood(catalogue: Catalogue, full: Case, intent: str) -> None:
    """Each way of asking a thing gets the answer to that thing."""
    got = {said: (answer.intent if (answer := reply(full, said, catalogue)) else None) for said in ASKED[intent]}

    assert {said: intent for said in ASKED[intent]} == got


def test_talk_in_the_thread_is_left_alone(catalogue: Catalogue, full: Case) -> None:
    """What people say to each other gets no answer."""
    assert [] == [said for said in TALK if reply(full, said, catalogue)]


def test_a_mail_that_was_given_up_is_retried_by_nobody(catalogue: Catalogue) -> None:
    """ "Do we retry?" on a given-up 4xx says that nothing is retried any more."""
    dsn = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 mailbox over quota\n"
    said = reply(case(dsn, catalogue), "do we retry?", catalogue)

    assert said is not None
    assert any("given" in point for point in said.points)


def test_suppression_never_says_more_than_the_case(catalogue: Catalogue, full: Case) -> None:
    """A full mailbox keeps its address; a missing one is suppressed where the words say so."""
    assert ask(full, "suppress", catalogue).lead.startswith("No.")
    gone = case("550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown", catalogue)
    assert ask(gone, "suppress", catalogue).lead.startswith("Yes")
    assert ask(case("550 5.1.1", catalogue), "suppress", catalogue).lead.startswith("Not yet")


def test_a_codes_meaning_is_given_for_the_code_that_was_asked(catalogue: Catalogue, full: Case) -> None:
    """The question's code counts, not the bounce's."""
    said = reply(full, "what does 5.7.1 mean?", catalogue)

    assert said is not None
    assert "5.7.1" in said.lead


def test_an_old_card_gets_a_kind_way_on(catalogue: Catalogue) -> None:
    """An entry that is gone asks for the bounce once more."""
    assert "Paste the bounce" in ask(Case(entry="gone.entry"), "retry", catalogue).lead


def test_times_are_those_of_the_teams_own_queue(catalogue: Catalogue) -> None:
    """With SMTP_BOT_QUEUE the answer names that server's times only; unset, the usual ones of all; given up, none."""
    waiting = Case(entry="postgrey.greylisted", reply="450", retry="queue", state="queued")
    ours = ask(waiting, "retry", catalogue, facts=Facts(queue="exchange-online"))
    unset = ask(waiting, "retry", catalogue)
    given_up = ask(Case(entry="postgrey.greylisted", retry="later", state="given-up"), "retry", catalogue)

    assert "24 hours" in str(ours.points)
    assert "Postfix" not in str(ours.points)
    assert "Postfix after 5 days" in str(unset.points)
    assert "gives up" not in str(given_up.points)


def test_drafts_invent_nothing(catalogue: Catalogue) -> None:
    """What the reply does not say is left blank; what it says is filled in, with the queue id and the time."""
    bare = drafts(Matter(Case(entry="reply.550", reply="550"), catalogue.entries["reply.550"], catalogue), "now UTC")
    quote = "2026-11-24 10:20:30 postfix/smtp[1]: 4F2B3C1A2D7: host mx.example.net said: 550 5.1.1 unknown"
    named = Case(entry="reply.550", reply="550", quote=quote, values=Values(ip="192.0.2.7"))
    full = drafts(Matter(named, catalogue.entries["reply.550"], catalogue), "now UTC")

    assert "Sending IP: ____" in bare[1].text
    assert "Queue or message id: ____" in bare[1].text
    for words in ("192.0.2.7", "4F2B3C1A2D7", "2026-11-24 10:20:30", quote):
        assert words in full[1].text


@pytest.mark.parametrize(
    "text",
    [
        "450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted",
        "550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in local recipient table",
        "550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
    ],
)
@pytest.mark.parametrize("said", ["do we just wait", "is it permanent?", "will it clear by itself?"])
def test_a_question_put_either_way_round_gets_no_bare_yes_or_no(said: str, text: str, catalogue: Catalogue) -> None:
    """ "Do we just wait" and "is it permanent" want opposite words: the answer says what is so."""
    answer = reply(case(text, catalogue), said, catalogue)

    assert answer is not None
    assert answer.intent == "permanent"
    assert not answer.lead.startswith(("Yes", "No"))


@pytest.mark.parametrize("said", ["did they get it", "do we retry?", "do we drop the address?", "do we just wait"])
def test_one_cause_does_not_pass_for_all_of_a_paste(said: str, catalogue: Catalogue) -> None:
    """Where the card has other causes, the answer names the one that it is about."""
    text = (
        "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in local recipient table\n"
        "451 4.7.1 <bob@example.net>: Service unavailable - try again later"
    )
    several = case(text, catalogue)
    answer = reply(several, said, catalogue)

    assert several.others
    assert answer is not None
    assert catalogue.entries[several.entry].title in answer.points[0]


def test_a_server_programs_source_is_no_page_to_write_to(catalogue: Catalogue) -> None:
    """Asked whom to contact, nobody is sent to a file of source code."""
    unknown = case("550 5.1.1 <bob@example.org>: User unknown in virtual mailbox table", catalogue)

    assert "postmaster@" in ask(unknown, "contact", catalogue).points[0]


@pytest.mark.parametrize(
    ("text", "words", "never"),
    [
        ("550 5.4.1 Recipient address rejected: Access denied. [AM7EUR03FT012.eop-EUR03.prod.protection.outlook.com]", "by another way", "sender.office.com"),
        ("552 5.2.2 <ann@example.org>: mailbox over quota", "phone", "Mend the cause"),
        ("535 5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials", "help desk", "escalation"),
        ("550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org", "Then Spamhaus ZEN is the one to ask", "postmaster@"),
        ("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.spamcop.net", "the listing ends by itself", "the one to ask"),
    ],
)  # fmt: skip
def test_the_one_to_contact_is_the_one_who_can_act(catalogue: Catalogue, text: str, words: str, never: str) -> None:
    """Nobody is sent to a delisting form for an address that does not exist, or told to mend what is not theirs."""
    said = str(ask(case(text, catalogue), "contact", catalogue))

    assert words in said
    assert never not in said


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("4.4.1 connect to mx.example.net[192.0.2.7]:25: Connection timed out", True),
        ("5.4.14 Hop count exceeded - possible mail loop ATTR34 [BN8NAM11FT012]", False),
    ],
)
def test_the_guide_asks_only_what_the_reply_does_not_tell(catalogue: Catalogue, text: str, asks: bool) -> None:
    """A loop is no question of how many domains time out."""
    about = case(text, catalogue)

    assert asks == bool(screen(Matter(about, catalogue.entries[about.entry], catalogue)).choices)


def test_what_it_means_is_this_bounce_first(catalogue: Catalogue) -> None:
    """Asked without a code: what happened here, and only then what the code means in general."""
    said = ask(
        case("550 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org", catalogue),
        "code",
        catalogue,
    )

    assert "Spamhaus" in said.lead
    assert "in general" in said.points[-1]
