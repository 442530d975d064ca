"""A card stays true to its message: edited into a bounce it is answered once, edited later it follows, deleted it forgets."""

from __future__ import annotations

from tests.e2e.conftest import PASTE, Bot
from tests.e2e.test_casework import card_of

LISTED = "550 5.7.1 Service unavailable, Client host [192.0.2.77] blocked using zen.spamhaus.org"


def test_a_message_edited_into_a_bounce_is_answered_once(bot: Bot) -> None:
    """Also where Slack tells of the edit twice, and where it is edited once more."""
    ts = bot.practice.says("one moment, I paste it")
    bot.practice.lose_acks()
    bot.practice.edits(ts, PASTE)
    assert len(bot.answers(ts)) == 1
    bot.practice.edits(ts, PASTE + "\nthat is all")

    assert len(bot.answers(ts)) == 1


def test_a_card_follows_an_edit_while_nobody_has_used_it(bot: Bot) -> None:
    """The same message of ours, with the new meaning; questions are about that."""
    ts = bot.practice.says(PASTE)
    before = card_of(bot, ts)
    bot.practice.edits(ts, LISTED)
    after = card_of(bot, ts)
    bot.practice.says("who do we contact?", thread_ts=ts)

    assert len(bot.answers(ts)) == 2
    assert before["ts"] == after["ts"]
    assert "192.0.2.77" in str(after["blocks"])
    assert "spamhaus" in str(bot.answers(ts)[-1]).lower()


def test_a_used_card_gets_a_line_instead(bot: Bot) -> None:
    """What people have acted on is not changed under their eyes."""
    ts = bot.practice.says(PASTE)
    bot.practice.presses("I take it", card_of(bot, ts))
    taken = card_of(bot, ts)
    bot.practice.edits(ts, LISTED)
    answers = bot.answers(ts)

    assert len(answers) == 2
    assert "Updated: the message was edited" in answers[-1]["text"]
    assert answers[0]["text"] == taken["text"]


def test_an_unfurl_is_no_edit(bot: Bot) -> None:
    """Slack sends the same text again when it unfurls a link."""
    ts = bot.practice.says(PASTE)
    bot.answers(ts)
    updates = len(bot.practice.calls("chat.update"))
    bot.practice.edits(ts, PASTE)
    bot.answers(ts)

    assert len(bot.practice.calls("chat.update")) == updates


def test_a_deleted_message_is_forgotten_in_ours(bot: Bot) -> None:
    """No quote, no address, no IP is left in the card, its buttons and its metadata; where the case stands is."""
    ts = bot.practice.says(LISTED + " for <secret@example.com>")
    bot.practice.presses("I take it", card_of(bot, ts))
    card = card_of(bot, ts)
    bot.practice.deletes(ts)
    bot.practice.idle()
    [left] = [m for m in bot.practice.messages("email-ops") if m["ts"] == card["ts"]]

    assert "192.0.2.77" in str(card)
    assert "192.0.2.77" not in str(left)
    assert "example.com" not in str(left["metadata"])
    assert "The message was deleted" in str(left["blocks"])
    assert "Taken" in str(left["blocks"])
