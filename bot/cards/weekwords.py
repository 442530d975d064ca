"""The week of a channel in words: what changed, what was solved, what is open, how far the record reaches."""

from __future__ import annotations

import msgspec

from bot.cards.blocks import clean, cut, escaped
from bot.cards.casework import person, spoken, when
from bot.cards.verdict import TEXT, address
from bot.terms import Message
from bot.trends.values import HOUR, Row, Week
from bot.trends.weeks import median

# So many causes are named in a line, each in so many characters.
NAMED, CELL = 3, 80
# Two weeks, in days.
BOTH = 14


class Linked(msgspec.Struct, frozen=True):
    """What a week's card points at: title and address of open cases, time and address of what was not recognised."""

    open: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[float, str], ...] = ()


def title(found: Week) -> str:
    """The week in a heading."""
    if not found.posts:
        return "A week without bounces"
    return f"The week: {many(found.posts, 'message')} with bounces, {many(len(found.rows), 'cause')}"


def summary(found: Week) -> str:
    """The week in one text, for notifications and screen readers."""
    most = f" Most: {found.rows[0].named.title} ({found.rows[0].posts})." if found.rows else ""
    counts = [f"{number} {word}" for number, word in ((len(found.solved), "solved"), (found.open, "open")) if number]
    solved = f" {', '.join(counts)}." if counts else ""
    return cut(escaped(clean(f"{title(found)}.{compared(found)}{most}{solved}")), TEXT)


def compared(found: Week) -> str:
    """How many more or fewer than the week before, "" where that is not known."""
    if not found.span.whole:
        return ""
    more = found.posts - found.posts_before
    if not more:
        return f" As many messages as the week before ({found.posts_before:,})."
    word = f"{'more' if more > 0 else 'fewer'} {'message' if abs(more) == 1 else 'messages'}"
    return f" {abs(more):,} {word} than the week before ({found.posts_before:,})."


def lines(found: Week, linked: Linked) -> list[str]:
    """What there is to say of a week, a line each."""
    lead = f"*{many(found.bounces, 'bounce')}* in {them(found.posts)}."
    fresh, back = (tuple(r for r in found.rows if r.fresh == kind) for kind in ("new", "back"))
    made = [f"{lead}{compared(found)}" if found.posts else f"Nothing was seen.{compared(found)}"]
    for label, rows in (("New", fresh), ("Back again", back), ("Gone", found.gone)):
        made += [f"*{label}:* {names(rows)}"] if rows else []
    if found.solved:
        before = f" (the week before {lasting(median(found.solved_before))})" if found.solved_before else ""
        middle = " at the median" if len(found.solved) > 1 else ""
        cases = many(len(found.solved), "case")
        made.append(f"*Solved:* {cases}, in {lasting(median(found.solved))}{middle}{before}.")
    if found.open:
        made.append(f"*Open:* {found.open}. {opened(linked)}All: `/smtp open`")
    if found.unknown:
        made.append(f"*Not recognised or marked wrong:* {found.unknown}. {unknown(linked)}All: `/smtp unknown`")
    return made


def opened(linked: Linked) -> str:
    """The oldest open cases, as links to their threads."""
    made = [f"<{address(at)}|{name(label)}>" if at else name(label) for label, at in linked.open]
    return f"The oldest: {'; '.join(made)}. " if made else ""


def unknown(linked: Linked) -> str:
    """The latest messages that were not recognised, as links by their times."""
    made = [f"<{address(at)}|message {number}>" for number, (_, at) in enumerate(linked.unknown, 1) if at]
    return f"The latest: {', '.join(made)}. " if made else ""


def names(rows: tuple[Row, ...]) -> str:
    """The first causes by name, and how many more there are."""
    shown = "; ".join(name(row.named.title) for row in rows[:NAMED])
    return f"{shown}, and {len(rows) - NAMED} more" if len(rows) > NAMED else shown


def name(text: str) -> str:
    """A title that fits in a line, harmless in a link too."""
    return escaped(cut(text, CELL)).replace("|", "/")


def notes(found: Week, told: str) -> str:
    """What the week is, how far the record reaches, and when it is told."""
    span = found.span
    made = [f"{when(span.since)} to {when(span.until)}. A message with two causes counts for both."]
    if span.covered >= span.until:
        made.append("Nothing has been counted here yet: `/smtp status` says whether I read this channel.")
    elif not span.whole and span.kept_days < BOTH:
        made.append(f"Only {span.kept_days} days are kept (SMTP_BOT_RETENTION_DAYS): too few to compare two weeks.")
    elif span.covered > span.since:
        made.append(f"Counted here only since {when(span.covered)}: there is no earlier week to compare with.")
    elif not span.whole:
        made.append(f"Counted here since {when(span.covered)}: the week before is not whole, so nothing is compared.")
    begin, end = max(span.silent[0], span.since), min(span.silent[1], span.until)
    if end - begin >= HOUR:
        made.append(f"Not read from {when(begin)} to {when(end)}.")
    return " ".join((*made, told)).strip()


def many(number: int, word: str) -> str:
    """A number with its word."""
    return f"{number:,} {word if number == 1 else f'{word}s'}"


def them(number: int) -> str:
    """The word for one or several."""
    return "it" if number == 1 else "them"


def lasting(seconds: float) -> str:
    """A length of time in its two largest units: 3 h 10 min."""
    minutes = round(seconds / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{minutes} min" if minutes else "a minute"


def wished(user: str, said: str, first: float) -> Message:
    """Somebody asked for the week of a channel, told by itself."""
    return spoken(
        f"{person(user)} asked me to post this channel's week here {escaped(said)}, for the first time {when(first)}."
        " If I am not in this channel yet: `/invite @smtp-bot`.  Undo: `/smtp week off`"
    )


def unwished(user: str) -> Message:
    """The week is told no more by itself."""
    return spoken(f"{person(user)} asked me to post this channel's week no more. `/smtp week` shows it to who asks.")
