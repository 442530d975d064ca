"""Cards say what happened within Slack's limits, whatever was pasted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import cards
from bot.answer import explain
from bot.cards import actions
from bot.cards.blocks import linked
from bot.conversation import ask, case_of
from bot.practice.limits import problems
from bot.terms import Case, Message, Values
from catalogue import Catalogue
from catalogue.questions import questions

HOSTILE = "550 5.1.1 <!channel> <http://evil.example|bank.example> @here \u202egnp.exe & <@U123> bob@example.com \x00\x1b user unknown"

LINE = "postfix/smtp[1]: 4F{n}: to=<a{n}@example.net>, relay=mx.example.net[192.0.2.7]:25, dsn={dsn}, status=bounced (host mx.example.net[192.0.2.7] said: {said})"
LOG = "\n".join(
    [LINE.format(n=n, dsn="5.1.1", said="550 5.1.1 User unknown (in reply to RCPT TO command)") for n in range(3)]
    + [LINE.format(n=9, dsn="5.2.2", said="552 5.2.2 Mailbox full (in reply to RCPT TO command)")]
)


def card(text: str, catalogue: Catalogue) -> Message:
    """The card of a text that somebody put to the bot."""
    answer = explain(text, "asked", catalogue)
    return cards.card(answer, catalogue, case_of(answer, catalogue.version))


def texts(message: Message) -> str:
    """All that a message holds, as JSON."""
    return json.dumps([message.text, message.blocks], ensure_ascii=False)


def test_a_card_says_who_acts_and_what_of_the_address(catalogue: Catalogue) -> None:
    """Title, actor, will it clear, the address, the quoted line and the source are there; people are masked."""
    message = card("550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown", catalogue)

    for words in ("acts first", "Will it clear?", "Suppress the address", "b…@example.com", "https://"):
        assert words in texts(message)
    assert "bob@example.com" not in texts(message)
    assert 300 >= len(message.text)


def test_a_paste_can_neither_ping_nor_forge_a_link(catalogue: Catalogue) -> None:
    """Mentions and links of a paste are shown as text, in blocks and in the notification."""
    message = card(HOSTILE, catalogue)
    mrkdwn = [b["text"]["text"] for b in message.blocks if b["type"] == "section"]

    assert [] == [text for text in (*mrkdwn, message.text) if "<!" in text or "<@" in text or "<http" in text]
    assert "\u202e" not in texts(message)


def test_every_entry_makes_a_card_within_slacks_limits(catalogue: Catalogue) -> None:
    """The practice server, which knows Slack's limits, takes the card and every answer of every entry."""
    for entry in catalogue.entries.values():
        case = Case(
            entry=entry.id,
            reply="550",
            enhanced="5.7.1",
            quote="x" * 2000,
            values=Values(ip="192.0.2.1"),
            suppress=entry.suppress,
        )
        for message in (
            cards.case_card(case, catalogue),
            *(cards.say(ask(case, q.id, catalogue), case, shareable=True) for q in questions()),
        ):
            assert [] == problems(list(message.blocks)), (entry.id, message.text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=4000))
def test_any_paste_makes_a_card_or_nothing(catalogue: Catalogue, text: str) -> None:
    """No text breaks a card."""
    answer = explain(f"550 5.1.1 {text}", "asked", catalogue)
    if answer.causes:
        message = cards.card(answer, catalogue, case_of(answer, catalogue.version))
        assert [] == problems(list(message.blocks))
        message.text.encode()


def test_a_case_travels_in_a_button(catalogue: Catalogue) -> None:
    """A packed case fits a button's value and comes back; a hostile value is refused with a sentence."""
    case = Case(entry="reply.550", quote="é" * 3000, suppress_why="w" * 200)

    assert 2000 >= len(actions.pack(case))
    assert "reply.550" == actions.unpack(actions.pack(case)).entry
    for value in ("", "2{}", "1{", "1[]", "\x00"):
        with pytest.raises(actions.CaseError, match="Paste the bounce once more"):
            actions.unpack(value)


def test_a_menus_option_carries_question_and_case(catalogue: Catalogue) -> None:
    """An option has 150 characters: enough for the question, the entry and the codes."""
    case = Case(
        entry="microsoft.policyviolation.something-long-and-more",
        reply="550",
        enhanced="5.7.1",
        state="given-up",
        suppress="no",
    )
    value = actions.pack_option("contact", case)

    assert 150 >= len(value)
    assert (case.entry, "contact") == (
        actions.asked(actions.MENU, value)[0].entry,
        actions.asked(actions.MENU, value)[1],
    )


def test_several_causes_are_counted(catalogue: Catalogue) -> None:
    """A log with two causes gets one card with counts."""
    assert "2 causes in 4 deliveries" in texts(card(LOG, catalogue))


def test_help_says_what_can_be_typed() -> None:
    """Help fits on a phone and names the channels."""
    message = cards.help(("email-ops",))

    assert "#email-ops" in texts(message)
    assert [] == problems(list(message.blocks))


def test_a_cause_opens_from_the_menu(catalogue: Catalogue) -> None:
    """Each option of a summary's menu carries its cause: its card can be opened, and posted for all."""
    answer = explain(LOG, "asked", catalogue)
    message = cards.card(answer, catalogue, case_of(answer, catalogue.version))
    menus = [e for b in message.blocks for e in b.get("elements", ()) if e["type"] == "static_select"]
    [menu] = [menu for menu in menus if menu["action_id"] == actions.CAUSE]
    case, intent = actions.asked(menu["action_id"], menu["options"][1]["value"])
    opened = cards.cause_card(case, catalogue)

    assert "cause" == intent
    assert answer.causes[1].diagnosis.entry.title in opened.text
    assert actions.POST == opened.blocks[-1]["elements"][0]["action_id"]
    assert [] == problems(list(message.blocks)) + problems(list(opened.blocks))


def test_a_menus_option_is_refused_where_it_is_no_cause(catalogue: Catalogue) -> None:
    """A broken or old option is answered with a sentence."""
    for value in ("", "1;cause", "2;cause;a;b;c;d;e;f;g;h;i", "1;cause;reply.550;550;;nowhere;;;;;"):
        with pytest.raises(actions.CaseError, match="Paste the bounce once more"):
            actions.asked(actions.CAUSE, value)


def test_where_it_depends_the_card_names_the_cause_before_sending_again(catalogue: Catalogue) -> None:
    """ "Then send it again" needs a fix that was spoken of; a bare 554 speaks of none."""
    answer = explain("554", "asked", catalogue)
    blocks = str(cards.card(answer, catalogue, case_of(answer, catalogue.version)).blocks)

    assert "Then send it again" not in blocks
    assert "Send it again once the cause is mended." in blocks


def test_our_pages_are_links_and_the_pastes_are_not() -> None:
    """Slack makes no links in our verbatim texts; what was pasted, and what stands in a command, stays text."""
    said = "See https://example.com/a?b=1&c. Not https://evil.example/x, nor `curl https://example.net/`."

    assert linked(said, "550 see https://evil.example/x") == (
        "See <https://example.com/a?b=1&amp;c>. Not https://evil.example/x, nor `curl https://example.net/`."
    )


def test_the_help_shows_an_address_in_its_brackets() -> None:
    """Slack reads <bob@example.com> as a link, also between backticks, and shows it without them."""
    [block] = cards.help(("email-ops",)).blocks

    assert "&lt;bob@example.com&gt;" in block["text"]["text"]
