"""What can be typed behind ``/smtp``: one table of commands; whatever is none of them is something to explain."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from bot import cards
from bot.delivery import Delivery, lists, weekly, weeks
from bot.delivery.switches import Place
from bot.delivery.work import wants_help
from bot.terms import Message, Public

GUESTS = (
    "Guests can ask me anything, but reading is switched by members of the channel. /smtp status says how it stands."
)
EXPLAIN = re.compile(r"\s*explain\b[:,]?\s*", re.IGNORECASE)


class Typed(msgspec.Struct, frozen=True):
    """One ``/smtp`` as it was typed: where, by whom, and ``rest``, what follows the command's own word."""

    team: str
    channel: str
    user: str
    rest: str = ""


class Command(msgspec.Struct, frozen=True):
    """One word after ``/smtp``: how it is written, what it does, what may follow it, and its answer.

    ``takes`` is a pattern for all that follows the word: where it does not fit, the text is no command but something
    to explain ("open relay not permitted" beside ``/smtp open``). It may be linear-time only: people paste here.
    ``members`` where it changes something for all in the channel: guests are refused, kindly.
    """

    word: str
    usage: str
    does: str
    answer: Callable[[Delivery, Typed], Message | Public]
    takes: str = ""
    members: bool = False


def helped(delivery: Delivery, _typed: Typed) -> Message:
    """Everything that can be typed."""
    return cards.help(delivery.named, tuple((one.usage, one.does) for one in COMMANDS))


def opened(delivery: Delivery, typed: Typed) -> Message:
    """The cases of the channel that nobody has solved."""
    return lists.unsolved(delivery, typed.team, typed.channel)


def watched(delivery: Delivery, typed: Typed) -> Message | Public:
    """Reading in this channel, switched on or off for all."""
    return delivery.switches.watch(place(typed), on=typed.rest.lower() != "off")


def paused(delivery: Delivery, typed: Typed) -> Message | Public:
    """Reading in this channel, paused for a time."""
    return delivery.switches.pause(place(typed), typed.rest)


def status(delivery: Delivery, typed: Typed) -> Message:
    """Whether this channel is read."""
    return delivery.switches.status(place(typed))


def place(typed: Typed) -> Place:
    """Where and by whom a command was typed."""
    return Place(typed.team, typed.channel, typed.user)


def unknown(delivery: Delivery, typed: Typed) -> Message:
    """What was not recognised or marked wrong in the channel."""
    return lists.marked(delivery, typed.team, typed.channel)


def week(delivery: Delivery, typed: Typed) -> Message | Public:
    """The week of the channel: as a card, as a file, or told by itself from now on."""
    word, _, rest = typed.rest.lower().partition(" ")
    if place(typed).direct:
        return cards.notice("A week is counted in a channel, where bounces are posted: type /smtp week there.")
    if word == "csv":
        return weeks.as_file(delivery, typed.team, typed.channel, typed.user)
    if word == "off":
        return weekly.unwish(delivery, place(typed))
    if word == "on":
        return weekly.wish(delivery, place(typed), rest)
    return weeks.told(delivery, typed.team, typed.channel)


# A new command is a new line here, with a function of (delivery, typed) that gives the answer.
COMMANDS: tuple[Command, ...] = (
    Command("open", "/smtp open", "what nobody has solved in this channel", opened),
    Command(
        "watch",
        "/smtp watch on",
        "I read this channel for bounces; watch off: no more",
        watched,
        "on|off|",
        members=True,
    ),
    Command(
        "pause",
        "/smtp pause 2h",
        "silence here for a time; pause until monday, pause off",
        paused,
        ".{0,40}",
        members=True,
    ),
    Command("status", "/smtp status", "whether I read this channel", status),
    Command(
        "week",
        "/smtp week",
        "a week in numbers; week csv, week on monday 9:00, week off",
        week,
        r"(csv|off|on( .{0,40})?)?",
    ),
    Command("unknown", "/smtp unknown", "what was not recognised or marked wrong here", unknown),
    Command("help", "/smtp help", "this list", helped),
)
WORDS = {command.word: command for command in COMMANDS}


def parsed(text: str) -> tuple[Command | None, str]:
    """The command that a text is, and what follows its word; None and the text itself where it is to be explained.

    >>> command, rest = parsed("help")
    >>> command.word, rest
    ('help', '')
    >>> parsed("help desk said 550 5.1.1")
    (None, 'help desk said 550 5.1.1')
    """
    word, _, rest = ("help" if wants_help(text) else text.strip()).partition(" ")
    command, rest = WORDS.get(word.lower()), rest.strip()
    if command is not None and re.fullmatch(command.takes, rest, re.IGNORECASE):
        return command, rest
    return None, EXPLAIN.sub("", text, count=1)


def answered(delivery: Delivery, typed: Typed) -> Message | Public:
    """The answer to what was typed (all of it in ``rest``): for the one who typed it, or for all."""
    command, rest = parsed(typed.rest)
    if command is None:
        return delivery.private(rest)
    if command.members and delivery.people.of(typed.user).guest:
        return cards.notice(GUESTS)
    return command.answer(delivery, msgspec.structs.replace(typed, rest=rest))
