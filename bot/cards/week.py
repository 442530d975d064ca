"""The week of a channel: what was seen, how that compares, what was solved, what is open and what was not recognised."""

from __future__ import annotations

import msgspec

from bot.cards import bars
from bot.cards.blocks import Block, button, clean, context, cut, escaped, header, section
from bot.cards.blocks import actions as row_of
from bot.cards.casework import person, spoken, when
from bot.cards.verdict import TEXT, address
from bot.terms import Message
from bot.trends.values import HOUR, Row, Week
from bot.trends.weeks import by_provider, median

POST, CSV, MARK = "week.post", "week.csv", "1"
# So many causes are in the table, and in its place in text; so many are named in a line.
TABLE, LINES, NAMED = 15, 10, 3
CELL = 80
CHART = "Messages with bounces, by provider"
# docs.slack.dev, files.getUploadURLExternal: the description of a picture.
ALT = 1000
# Of a file in text: so many pieces of so many characters (all blocks of a message hold about 13,000).
SHOWN, PIECE = 4, 2_800


class Linked(msgspec.Struct, frozen=True):
    """What a week's card points at: title and address of open cases, time and address of what was not recognised."""

    open: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[float, str], ...] = ()


def week(found: Week, linked: Linked, *, private: bool, told: str = "") -> Message:
    """The card of a week; ``private`` for one person, with the buttons. ``told`` says when it is posted by itself."""
    top: list[Block] = [header(title(found)), section("\n".join(lines(found, linked)))]
    end: list[Block] = [context(notes(found, told))]
    if private:
        end.append(row_of(button("Post to channel", POST, MARK), button("As CSV", CSV, MARK)))
    if not found.rows and not found.gone:
        return Message(summary(found), (*top, *end))
    drawn, plain = chart(found), bars.in_text(measured(found))
    shown, listed = table(found), section("\n".join(listing(found)))
    return Message(
        summary(found),
        (*top, drawn, shown, *end),
        simpler=((*top, plain, shown, *end), (*top, plain, listed, *end)),
    )


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
        cases = many(len(found.solved), "case")
        made.append(f"*Solved:* {cases}; half of them within {lasting(median(found.solved))}{before}.")
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
    elif span.covered > span.since:
        made.append(f"Counted here only since {when(span.covered)}: there is no earlier week to compare with.")
    elif not span.whole and span.kept_days < 15:
        made.append(f"Only {span.kept_days} days are kept (SMTP_BOT_RETENTION_DAYS): too few to compare two weeks.")
    elif not span.whole:
        made.append(f"Counted here since {when(span.covered)}: the week before is not whole, so nothing is compared.")
    begin, end = max(span.silent[0], span.since), min(span.silent[1], span.until)
    if end - begin >= HOUR:
        made.append(f"Not read from {when(begin)} to {when(end)}.")
    return " ".join((*made, told)).strip()


def measured(found: Week) -> tuple[bars.Bar, ...]:
    """The week by provider: this week's count, and the week before's where the two can be compared."""
    whole = found.span.whole
    return tuple((name, (now, before) if whole else (now,)) for name, now, before in by_provider(found) if now or whole)


def chart(found: Week) -> Block:
    """The week by provider, in Slack's own chart."""
    return bars.chart(CHART, series(found), measured(found))


def series(found: Week) -> tuple[str, ...]:
    """What the values of a bar are."""
    return ("This week", "The week before")[: 2 if found.span.whole else 1]


def spelled(found: Week) -> str:
    """The chart in words, for who does not see a picture of it."""
    names = series(found)
    told = (
        f"{name}: {', '.join(f'{value} {what.lower()}' for value, what in zip(values, names, strict=True))}"
        for name, values in measured(found)
    )
    return cut(clean(f"{CHART}. {'; '.join(told)}."), ALT)


def table(found: Week) -> Block:
    """The causes in Slack's table: the count first."""
    rows = [cells(row, whole=found.span.whole) for row in ranked(found)[:TABLE]]
    rows += [("…", "…", rest(found, TABLE), "…")] if len(ranked(found)) > TABLE else []
    whole = found.span.whole
    kept = [row if whole else (row[0], *row[2:]) for row in (("Seen", "Change", "Cause", "Provider"), *rows)]
    settings = [{"align": "right"}, {"align": "right"}, {"is_wrapped": True}, {"is_wrapped": True}]
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": clean(cell) or "…"} for cell in row] for row in kept],
        "column_settings": settings if whole else [settings[0], *settings[2:]],
    }


def cells(row: Row, *, whole: bool) -> tuple[str, str, str, str]:
    """One cause in the table."""
    return (
        str(row.posts),
        change(row) if whole else "…",
        cut(row.named.title, CELL),
        bars.short(row.named.provider, bars.LABEL),
    )


def listing(found: Week) -> list[str]:
    """The causes in lines, where Slack has no table."""
    made = [
        f"*{row.posts}*{f' ({change(row)})' if found.span.whole else ''}  {name(row.named.title)}"
        f"  ·  {escaped(bars.short(row.named.provider, bars.LABEL))}"
        for row in ranked(found)[:LINES]
    ]
    return [*made, rest(found, LINES)] if len(ranked(found)) > LINES else made


def ranked(found: Week) -> tuple[Row, ...]:
    """The week's causes, the most frequent first, and then those that went."""
    return (*found.rows, *found.gone)


def rest(found: Week, shown: int) -> str:
    """What is not shown of the causes."""
    return f"and {many(len(ranked(found)) - shown, 'cause')} more, all of them in the CSV: /smtp week csv"


def change(row: Row) -> str:
    """What has changed about a cause since the week before, in a word or a number."""
    if not row.posts:
        return f"−{row.before}"
    if row.fresh:
        return row.fresh
    more = row.posts - row.before
    return f"+{more}" if more > 0 else f"−{-more}" if more < 0 else "same"


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


def written_out(content: str) -> Message:
    """Comma-separated values in the message itself, as much of them as it holds."""
    kept, left = fitting(content.rstrip("\n"), SHOWN)
    said = "*The week as CSV.* With the scope files:write it comes as a file."
    cutting = [context(f"{many(left, 'line')} more did not fit here.")] if left else []
    blocks = [preformatted(part) for part in kept]
    return Message("The week as CSV.", (section(said), *blocks, *cutting))


def fitting(content: str, most: int) -> tuple[list[str], int]:
    """The lines of a text in pieces of a block's size, ``most`` pieces at most; and how many lines are left out."""
    pieces: list[str] = []
    lines = content.split("\n")
    for number, line in enumerate(lines):
        if pieces and len(pieces[-1]) + len(line) < PIECE:
            pieces[-1] += f"\n{line}"
        elif len(pieces) < most:
            pieces.append(cut(line, PIECE))
        else:
            return pieces, len(lines) - number
    return pieces, 0


def preformatted(text: str) -> Block:
    """Text in which nothing is markup."""
    element = {"type": "text", "text": clean(text) or "…"}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [element]}]}
