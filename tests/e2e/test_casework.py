"""A case from paste to solved, over Socket Mode: who has it, what fixed it, drafts, steps, what is open."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.practice.people import YOU
from tests.e2e.conftest import PASTE, Bot

RELAY = "554 5.7.1 <bob@example.com>: Relay access denied"
SPF = (
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n"
    "550-5.7.26  SPF [news.example.com] with ip: [203.0.113.9] = did not pass\n"
    "550 5.7.26 https://support.google.com/mail/answer/81126 - gsmtp"
)


def card_of(bot: Bot, ts: str) -> dict[str, Any]:
    """The card in the thread of a message."""
    return bot.answers(ts)[0] | {"channel": bot.practice.channel("email-ops").id}


def opened(bot: Bot, text: str) -> tuple[str, dict[str, Any]]:
    """A paste and its card."""
    ts = bot.practice.says(text)
    return ts, card_of(bot, ts)


def state(bot: Bot, ts: str) -> str:
    """The line on the card that says where the case stands."""
    lines = [block for block in card_of(bot, ts)["blocks"] if block["block_id"] == "case.state"]
    return str(lines[0]["elements"][0]["text"]) if lines else ""


def reactions(bot: Bot, ts: str) -> list[str]:
    """The bot's reactions on the paste."""
    root = bot.practice.thread("email-ops", ts)[0]
    return [one["name"] for one in root.get("reactions") or ()]


def modal(bot: Bot) -> dict[str, Any]:
    """The window before the person, once it is there."""
    bot.practice.idle()
    view = bot.practice.modal()
    assert view is not None
    return view


def test_a_case_goes_from_paste_to_solved(bot: Bot) -> None:
    """Taken, solved with what fixed it, reopened, one step back: card and reaction follow, and each says who."""
    ts, card = opened(bot, PASTE)
    assert state(bot, ts) == ""

    bot.practice.presses("I take it", card)
    assert "Taken" in state(bot, ts) or bot.answers(ts)
    assert f"<@{YOU}>" in state(bot, ts)
    assert reactions(bot, ts) == ["eyes"]

    bot.practice.presses("Solved", card_of(bot, ts))
    bot.practice.submits(modal(bot), {"fixed": "the address had a typo <!channel>"})
    replies = bot.answers(ts)
    assert "Solved" in state(bot, ts)
    assert reactions(bot, ts) == ["white_check_mark"]
    assert "the address had a typo &lt;!channel&gt;" in str(replies[-1])

    bot.practice.presses("Reopen", card_of(bot, ts))
    bot.answers(ts)
    assert "Reopened" in state(bot, ts)
    assert reactions(bot, ts) == []

    bot.practice.presses("Undo", card_of(bot, ts))
    bot.answers(ts)
    assert "Solved" in state(bot, ts)
    assert reactions(bot, ts) == ["white_check_mark"]


def test_a_case_is_taken_once(bot: Bot) -> None:
    """Two people press at once: one has it, the other is told who."""
    ts, card = opened(bot, PASTE)
    other = next(
        user
        for user in bot.practice.workspace.users
        if user not in (YOU,) and user.startswith("U0") and not bot.practice.workspace.users[user].is_bot
    )
    before = len(bot.practice.ephemerals(other)) + len(bot.practice.ephemerals())
    bot.practice.presses("I take it", card)
    bot.practice.presses("I take it", card, user=other)
    bot.answers(ts)
    told = [*bot.practice.ephemerals(other), *bot.practice.ephemerals()]

    assert len(told) == before + 1
    assert "has it" in told[-1]["text"] or any("has it" in m["text"] or "faster" in m["text"] for m in told)


def test_waiting_and_handing_over(bot: Bot) -> None:
    """The card says who waits; who is handed a case is told in the thread."""
    ts, card = opened(bot, PASTE)
    bot.practice.presses("Waiting for somebody", card)
    bot.answers(ts)
    assert "Waiting" in state(bot, ts)
    assert reactions(bot, ts) == ["hourglass_flowing_sand"]

    bot.practice.presses("Hand over …", card_of(bot, ts))
    bot.practice.submits(modal(bot), {"person": YOU})
    assert f"<@{YOU}> hands this case to you" in str(bot.answers(ts)[-1])
    assert "Taken" in state(bot, ts)


def test_a_window_submitted_twice_solves_once(bot: Bot) -> None:
    """One line in the thread, and the second press is told."""
    ts, card = opened(bot, PASTE)
    bot.practice.presses("Solved", card)
    view = modal(bot)
    bot.practice.submits(view, {"fixed": "a new address"})
    count = len(bot.answers(ts))
    bot.practice.submits(view, {"fixed": "a new address"})

    assert len(bot.answers(ts)) == count


def test_a_window_submitted_twice_hands_over_once(bot: Bot) -> None:
    """One line to whoever gets it; the second press is told that they have it."""
    ts, card = opened(bot, PASTE)
    bot.practice.presses("Hand over …", card)
    view = modal(bot)
    bot.practice.submits(view, {"person": YOU})
    count, seen = len(bot.answers(ts)), len(bot.whispers())
    bot.practice.submits(view, {"person": YOU})

    assert len(bot.answers(ts)) == count
    assert [True] == ["has it already" in one["text"] for one in bot.whispers(seen)]


def test_a_case_survives_a_lost_database(alone: Bot) -> None:
    """The card carries its case: a press on it still works after the database was replaced."""
    alone.start()
    ts = alone.practice.says(PASTE)
    alone.answers(ts)
    alone.stop()
    alone.practice.waits_for(lambda: not alone.practice.stage.sockets.connections)
    for file in alone.database.parent.glob("bot.sqlite3*"):
        file.unlink()
    alone.start()
    alone.practice.presses("I take it", card_of(alone, ts))
    alone.answers(ts)

    assert "Taken" in state(alone, ts)


def test_open_lists_what_nobody_solved(alone: Bot) -> None:
    """``/smtp open`` has the open case of this channel with a link, and not the solved one."""
    alone.start()
    assert "Nothing is open" in alone.command("/smtp open")["text"]
    solved, card = opened(alone, PASTE)
    alone.practice.presses("Solved", card)
    alone.practice.submits(modal(alone), {})
    alone.answers(solved)
    ts, _ = opened(alone, RELAY)
    listed = str(alone.command("/smtp open"))

    assert f"p{ts.replace('.', '')}" in listed
    assert f"p{solved.replace('.', '')}" not in listed


def test_drafts_are_filled_from_the_reply(bot: Bot) -> None:
    """Code, IP and quoted reply are in the texts, blame is not, and only the presser sees the window."""
    ts, card = opened(bot, SPF)
    posts = len(bot.practice.calls("chat.postMessage"))
    bot.practice.presses("Draft a message", card)
    view = modal(bot)
    texts = [block["element"]["initial_value"] for block in view["blocks"]]
    bot.practice.submits(view, {})
    bot.answers(ts)

    assert len(texts) == 3
    assert "203.0.113.9" in texts[1]
    assert "550 5.7.26" in texts[1]
    assert "your fault" not in str(texts)
    assert len(bot.practice.calls("chat.postMessage")) == posts


def test_a_ticket_gets_the_case_in_short(bot: Bot) -> None:
    """Cause, who acts, state and a link, as plain text."""
    _, card = opened(bot, SPF)
    bot.practice.presses("Copy for a ticket …", card)
    [block] = modal(bot)["blocks"]
    text = block["element"]["initial_value"]

    assert "550 5.7.26" in text
    assert "State: open" in text
    assert "archives/" in text


@pytest.mark.parametrize(("text", "answer", "words"), [(RELAY, "Our own server", "587"), (SPF, "Forwarded", "DKIM")])
def test_steps_come_one_at_a_time(bot: Bot, text: str, answer: str, words: str) -> None:
    """A question first where its answer changes them; then step by step, and at the end whom to turn to."""
    ts, card = opened(bot, text)
    seen = len(bot.whispers())
    bot.practice.presses("Next step", card)
    [asked] = bot.whispers(seen)
    asked = asked | {"channel": card["channel"]}
    bot.practice.presses(answer, asked)
    seen_texts = [step(bot)["text"]]
    for _ in range(4):
        if "turn to whoever can act" in seen_texts[-1]:
            break
        bot.practice.presses("Done, still failing", step(bot))
        seen_texts.append(step(bot)["text"])

    assert "?" in asked["text"]
    assert words in " ".join(seen_texts)
    assert "turn to whoever can act" in seen_texts[-1]
    bot.practice.presses("Done, it works", step(bot))
    bot.practice.submits(modal(bot), {})
    bot.answers(ts)
    assert "Solved" in state(bot, ts)


def step(bot: Bot) -> dict[str, Any]:
    """The screen of the guide that is shown now."""
    return bot.whispers()[-1] | {"channel": bot.practice.channel("email-ops").id}


@pytest.mark.parametrize("value", ["", "own:99|x|1.1", "\x00|\u202e", "own:2|nobody|9.9", "|" * 500])
def test_a_forged_guide_button_is_answered_kindly(bot: Bot, value: str) -> None:
    """A value that was tampered with leads to the first screen, or to a sentence; never to silence or an error."""
    _, card = opened(bot, RELAY)
    for block in card["blocks"]:
        for element in block.get("elements", ()):
            if element.get("action_id") == "guide.start":
                element["value"] = value
    seen = len(bot.whispers())
    bot.practice.presses("Next step", card)

    assert len(bot.whispers()) == seen + 1
    assert "went wrong" not in bot.whispers()[-1]["text"]


def test_the_menu_does_and_shows_nothing_chosen(bot: Bot) -> None:
    """A question of the menu is answered twice where it is asked twice, and each time the menu's row is another one."""
    ts, card = opened(bot, PASTE)
    seen, rows = len(bot.whispers()), [card["blocks"][-1]["block_id"]]
    for _ in range(2):
        bot.practice.presses("Who to contact", card_of(bot, ts))
        bot.answers(ts)
        rows.append(card_of(bot, ts)["blocks"][-1]["block_id"])
    bot.practice.presses("This was wrong", card_of(bot, ts))
    told = bot.whispers(seen)

    assert told[0]["text"] == told[1]["text"]
    assert "/smtp unknown" in told[2]["text"]
    assert len(set(rows)) == 3


BUTTONS = ["ask.retry", "share.answer", "post.card", "ask.menu", "ask.cause", "ask.draft", "check.dns"]


@pytest.mark.parametrize("value", ["", '1{"entry":7}', "steps|1;\x00\u202e" + "x" * 1900])
@pytest.mark.parametrize("action", BUTTONS)
def test_a_button_of_another_version_is_answered_kindly(
    bot: Bot, once: tuple[str, dict[str, Any]], action: str, value: str
) -> None:
    """Or one that was tampered with: one line that says what to do, or nothing; no error, nothing posted."""
    _, card = once
    card = copy.deepcopy(card)
    card["blocks"][-1]["elements"] = [{"type": "button", "action_id": action, "text": {"text": "x"}, "value": value}]
    seen, posts = len(bot.whispers()), len(bot.practice.calls("chat.postMessage"))
    bot.practice.presses(action, card)
    told = [one["text"] for one in bot.whispers(seen)]

    assert len(bot.practice.calls("chat.postMessage")) == posts
    assert len(told) <= 1
    assert [] == [text for text in told if "went wrong" in text]


@pytest.fixture(scope="module")
def once(bot: Bot) -> tuple[str, dict[str, Any]]:
    """One paste and its card, for tests that leave it as it is."""
    return opened(bot, PASTE)
