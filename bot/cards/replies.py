"""The smaller messages: answers to follow-ups, help, notices, and entries that a person's words found."""

from __future__ import annotations

from bot.cards import actions
from bot.cards.blocks import Block, bullets, button, clean, context, cut, escaped, linked, quote, section
from bot.cards.blocks import actions as row
from bot.cards.casework import state, was_right, when
from bot.cards.verdict import TEXT, address
from bot.terms import Case, Message, Progress, Say
from catalogue import Entry
from catalogue.questions import label

# The answers under which people can say whether the card was right.
JUDGED = ("why",)


def say(said: Say, case: Case, *, shareable: bool, look: bool = False) -> Message:
    """An answer in a case's thread; ``shareable`` where one person sees it: with the button that shows it to all.

    ``look``: DNS look-ups help here, and are offered.
    """
    notes = "".join(f"\n{linked(note, actions.pasted(case))}" for note in said.notes)
    blocks: list[Block] = [section(f"*{escaped(said.lead)}*{notes}")]
    if said.points:
        blocks.append(section(bullets(said.points, ordered=said.ordered, pasted=actions.pasted(case))))
    if said.quote:
        blocks.append(quote(said.quote))
    if said.source.startswith("https://"):
        blocks.append(context(f"<{escaped(said.source).replace('|', '%7C')}>"))
    value = actions.pack(case)
    elements = [button(label(intent), f"ask.{intent}", value) for intent in said.next]
    if shareable and said.intent:
        elements.append(
            button("Share in the thread", actions.SHARE, actions.share(case, f"{said.intent}.{said.about}".rstrip(".")))
        )
    if look:
        elements.append(button("Check DNS", actions.CHECK, actions.look(case, said.about)))
    if said.intent in JUDGED:
        elements += was_right(case.entry)
    if elements:
        blocks.append(row(*elements))
    return Message(cut(escaped(" ".join((said.lead, *said.notes, *said.points))), TEXT), tuple(blocks))


def notice(text: str) -> Message:
    """A short word to one person."""
    return Message(cut(escaped(text), TEXT), (section(escaped(text)),))


def notice_markup(mrkdwn: str) -> Message:
    """A short word of ours to one person, which may name people."""
    return Message(cut(mrkdwn, TEXT), (section(mrkdwn),))


def found(query: str, entries: tuple[Entry, ...]) -> Message:
    """The entries that a person's words find, each with what to type for it."""
    if not entries:
        return notice(
            f"I know nothing about “{clean(query)}”. Type a code like /smtp 451 4.7.1, or paste the server's reply."
        )
    lines = [f"*{escaped(e.title)}*  {escaped(cut(e.meaning, 160))}  _{escaped(codes(e))}_" for e in entries]
    lead = f"Entries for “{escaped(cut(query, 80))}”:"
    return Message(
        cut(f"{lead} {escaped('; '.join(e.title for e in entries))}", TEXT), (section(lead), section("\n".join(lines)))
    )


def codes(entry: Entry) -> str:
    """The codes that an entry comes with."""
    return " ".join((*entry.reply[:2], *entry.enhanced[:2])) or entry.reason


def help(channels: tuple[str, ...], commands: tuple[tuple[str, str], ...] = ()) -> Message:
    """What can be typed and pasted, where the bot listens, and what becomes of a paste.

    ``commands`` are the other commands: how each is written, and what it does.
    """
    where = ", ".join(f"#{escaped(channel)}" for channel in channels) or "no channel yet"
    lines = (
        "*Paste a bounce* (a server's reply, a log line, a whole report) and its thread gets a card: what happened, who acts, what next.",
        "• `/smtp 451`  `/smtp 451 4.7.1`  `/smtp 5.7`  a code",
        f"• `{escaped('/smtp 550 5.1.1 <bob@example.com>: user unknown')}`  a pasted line",
        "• `/smtp greylisting`  words",
        *(f"• `{escaped(usage)}`  {escaped(does)}" for usage, does in commands),
        "• Mention me, or write to me directly.",
        f"I read {where}, and channels where somebody typed `/smtp watch on`; elsewhere only what is addressed to me.",
        "*On any message:* ⋯ > Explain this bounce. *My Home* has a search, your open cases and these switches.",
        "*In the thread of a card* ask on: is it permanent? do we retry? who must act? do we suppress? what does 5.7.1 mean?",
        "Answers to `/smtp` are seen by you alone, until you post them. No bounce text is stored.",
    )
    return Message(
        cut("smtp-bot explains SMTP errors: /smtp CODE, /smtp words, or paste a bounce.", TEXT),
        (section("\n".join(lines)),),
    )


def plain_text(text: str) -> str:
    """What a person typed, in one line and harmless in mrkdwn."""
    return escaped(" ".join(text.split()))


def marked(rows: list[tuple[str, str, float, str]]) -> Message:
    """What was not recognised or marked wrong: kind, title of the entry, when, and the link to the message."""
    if not rows:
        return notice("Nothing was marked wrong or left unrecognised in this channel.")
    words = {"wrong": "Marked wrong", "unknown": "Not recognised"}
    lines = [
        f"• {words[kind]}  ·  {f'<{address(link)}|the message>' if link else 'the message is gone'}"
        f"{f'  ·  {escaped(title)}' if title else ''}  ·  {when(at)}"
        for kind, title, at, link in rows
    ]
    lead = f"{len(rows)} to look at in this channel, the latest first:"
    return Message(lead, (section(lead), section("\n".join(lines)[:2900])))


def unsolved(rows: list[tuple[str, Progress, float, str]]) -> Message:
    """The cases that nobody has solved: title, where it stands, since when, and the link to its thread."""
    if not rows:
        return notice("Nothing is open in this channel.")
    lines = []
    for title, progress, opened_at, link in rows:
        name = f"<{escaped(link).replace('|', '%7C')}|{escaped(title).replace('|', '/')}>" if link else escaped(title)
        stands = state(progress) if progress.at else "nobody has it"
        lines.append(f"• {name}  ·  {stands}  ·  since {when(opened_at)}")
    lead = f"{len(rows)} open in this channel, the oldest first:"
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > 2800:
            kept.append(f"… and {len(lines) - len(kept)} more.")
            break
        kept.append(line)
    return Message(
        cut(f"{lead} {'; '.join(title for title, *_ in rows)}", TEXT), (section(lead), section("\n".join(kept)))
    )
