"""What a person's Home shows of their channels: open cases, what they asked lately, the switches. Page by page."""

from __future__ import annotations

import msgspec

from bot.cards.blocks import Block, button, context, cut, escaped, header, section
from bot.cards.blocks import actions as row
from bot.cards.casework import state, when
from bot.cards.switches import reason
from bot.cards.verdict import address
from bot.terms import Progress, Standing

OPEN, ROOMS, LATELY = 8, 8, 5
# The switches' ids end in what they choose and the channel's id, so that each is another button.
SET, PAGE = "home.set", "home.page"
CHOICES = {
    "on": "Read this channel",
    "off": "Stop reading",
    "2h": "Pause 2 hours",
    "tomorrow": "Pause until tomorrow",
    "end": "End the pause",
}
UNTOLD = (
    "Slack does not tell me which channels you are in, so I show none. Whoever runs me looks whether the app has"
    " channels:read and groups:read."
)


class Row(msgspec.Struct, frozen=True):
    """A case: its entry's title, its channel's name ("" for a direct message), how it stands, since when, its link."""

    title: str
    channel: str
    progress: Progress
    at: float
    link: str = ""


class Reach(msgspec.Struct, frozen=True):
    """A channel that a person and the bot are in, and whether it is read."""

    id: str
    name: str
    standing: Standing


class Overview(msgspec.Struct, frozen=True):
    """One page: ``open_at`` and ``rooms_at`` are the first rows shown, ``opens`` and ``rooms_in_all`` how many there are.

    ``told`` whether Slack told the person's channels; ``may`` whether they may switch reading.
    """

    open: tuple[Row, ...] = ()
    lately: tuple[Row, ...] = ()
    rooms: tuple[Reach, ...] = ()
    opens: int = 0
    rooms_in_all: int = 0
    open_at: int = 0
    rooms_at: int = 0
    told: bool = True
    may: bool = True


def overview(shown: Overview) -> list[Block]:
    """The Home's middle part."""
    blocks = [header("Open in your channels"), *cases(shown)]
    if shown.lately:
        blocks += [header("What you asked lately"), section("\n".join(map(line, shown.lately)))]
    return [*blocks, header("Your channels"), *switches(shown)]


def cases(shown: Overview) -> list[Block]:
    """The cases that nobody has solved, the oldest first."""
    if not shown.told:
        return [section(UNTOLD)]
    if not shown.open:
        return [section("Nothing is open.")]
    turn = turning(shown.open_at, OPEN, shown.opens)
    pages = [(label, f"{at}:{shown.rooms_at}", f"{label} open cases") for label, at in turn]
    return [section("\n".join(map(line, shown.open))), *paging(shown.open_at, len(shown.open), shown.opens, pages)]


def switches(shown: Overview) -> list[Block]:
    """The channels with their switches."""
    if not shown.told:
        return [section(UNTOLD)]
    if not shown.rooms:
        return [section("We share no channel yet: type `/invite @smtp-bot` in one where bounces are posted.")]
    blocks: list[Block] = []
    for room in shown.rooms:
        blocks.append(section(standing(room)))
        if shown.may:
            blocks.append(row(*(switch(choice, room) for choice in offered(room.standing))))
    if not shown.may:
        blocks.append(context("Guests see how their channels stand; members switch them."))
    turn = turning(shown.rooms_at, ROOMS, shown.rooms_in_all)
    pages = [(label, f"{shown.open_at}:{at}", f"{label} channels") for label, at in turn]
    return [*blocks, *paging(shown.rooms_at, len(shown.rooms), shown.rooms_in_all, pages)]


def line(case: Row) -> str:
    """A case in one line, linked to its thread."""
    title = escaped(cut(case.title, 120)).replace("|", "/")
    name = f"<{address(case.link)}|{title}>" if case.link else title
    place = f"#{escaped(case.channel)}" if case.channel else "direct message"
    stands = state(case.progress) if case.progress.at else "nobody has it"
    return cut(f"• {name}  ·  {place}  ·  {stands}  ·  {when(case.at)}", 360)


def standing(room: Reach) -> str:
    """How a channel stands, in a line."""
    how = room.standing
    if how.until:
        return f"*#{escaped(room.name)}*  I pause here until {when(how.until)}"
    if how.reading:
        return f"*#{escaped(room.name)}*  I read it ({reason(how)})"
    return f"*#{escaped(room.name)}*  I do not read it ({reason(how)})"


def offered(how: Standing) -> tuple[str, ...]:
    """What can be chosen where a channel stands so."""
    if how.until:
        return ("end", "off")
    return ("2h", "tomorrow", "off") if how.reading else ("on",)


def switch(choice: str, room: Reach) -> Block:
    """A switch's button; a screen reader hears which channel it is for."""
    made = button(CHOICES[choice], f"{SET}.{choice}.{room.id}", f"{choice}|{room.id}")
    return made | {"accessibility_label": cut(f"{CHOICES[choice]}: #{room.name}", 75)}


def turning(at: int, size: int, total: int) -> list[tuple[str, int]]:
    """The ways to the pages before and after, with their first rows."""
    before = [("Previous", max(at - size, 0))] if at else []
    return [*before, *([("Next", at + size)] if at + size < total else [])]


def paging(at: int, shown: int, total: int, pages: list[tuple[str, str, str]]) -> list[Block]:
    """Where the reader is, and the buttons that turn the page; nothing where all is on one."""
    if not pages:
        return []
    buttons = [button(label, f"{PAGE}.{value}", value) | {"accessibility_label": said} for label, value, said in pages]
    return [context(f"{at + 1} to {at + shown} of {total}"), row(*buttons)]


def turned(value: str) -> tuple[int, int]:
    """The first rows that a page's button asks for; the first page where it says nothing that can be read."""
    opens, _, rooms = value.partition(":")
    return (
        int(opens) if opens.isascii() and opens.isdigit() and len(opens) < 6 else 0,
        int(rooms) if rooms.isascii() and rooms.isdigit() and len(rooms) < 6 else 0,
    )
