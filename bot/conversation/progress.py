"""Where a case stands and who moves it on: taken, waiting, solved, reopened, handed over, one step back. Pure."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from bot.terms import Progress, Status

Move = Literal["take", "wait", "solve", "reopen", "hand", "undo"]
DONE: dict[Move, Status] = {"take": "taken", "wait": "waiting", "solve": "solved", "reopen": "open", "hand": "taken"}


class Refused(Exception):
    """A move that is none; the message says why, to the one who pressed."""


def moved(seen: Progress, move: Move, user: str, now: float, to: str = "") -> Progress:
    """The case after a move by ``user``; ``to`` is who is handed it. Raises Refused with a sentence."""
    if move == "undo":
        return undone(seen, user, now)
    if seen.status == "solved" and move != "reopen":
        raise Refused(f"{who(seen.by)} has solved this already. Reopen it first.")
    if move == "reopen" and seen.status != "solved":
        raise Refused("This case is open.")
    if move == "take" and seen.owner:
        raise Refused("It is yours already." if seen.owner == user else f"{who(seen.owner)} has it.")
    if move == "hand" and (seen.status, seen.owner) == ("taken", to):
        raise Refused(f"{who(to)} has it already.")
    if move == "wait" and seen.status == "waiting":
        raise Refused("It is waiting already.")
    owner = {"take": user, "hand": to, "reopen": ""}.get(move, seen.owner)
    fixed = "" if move == "solve" else seen.fixed
    return Progress(DONE[move], owner, user, now, f"{seen.status}:{seen.owner}", fixed)


def undone(seen: Progress, user: str, now: float) -> Progress:
    """The case as it was one move before; raises Refused where nothing was moved since."""
    status, _, owner = seen.before.partition(":")
    if status not in get_args(Status):
        raise Refused("There is nothing to undo.")
    return Progress(msgspec.convert(status, Status), owner, user, now, "", seen.fixed)


def who(user: str) -> str:
    """A person as Slack shows them, without a ping in what only one sees."""
    return f"<@{user}>" if user.isalnum() else "Somebody"
