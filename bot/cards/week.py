"""The card of a channel's week: its words, a chart by provider, a table of causes; simpler where Slack has neither."""

from __future__ import annotations

from bot.cards import bars
from bot.cards.blocks import Block, button, clean, context, cut, escaped, header, section
from bot.cards.blocks import actions as row_of
from bot.cards.weekwords import CELL, Linked, lines, many, name, notes, summary, title
from bot.terms import Message
from bot.trends.values import Row, Week
from bot.trends.weeks import by_provider

POST, CSV, MARK = "week.post", "week.csv", "1"
# So many causes are in the table, and in its place in text.
TABLE, LINES = 15, 10
CHART = "Messages with bounces, by provider"
# docs.slack.dev, files.getUploadURLExternal: the description of a picture.
ALT = 1000


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
