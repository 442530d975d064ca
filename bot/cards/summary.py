"""The card of a text with several causes: each with its count and its verdict, and a menu that opens one."""

from __future__ import annotations

from bot.advice import who
from bot.cards import actions
from bot.cards.blocks import Block, clean, context, cut, escaped, header, section, select
from bot.cards.blocks import actions as row
from bot.cards.verdict import TEXT, capital
from bot.terms import Answer, Case, Cause, Message
from catalogue import Catalogue

SHOWN = 4
# docs.slack.dev/reference/block-kit/block-elements/select-menu-element
OPTIONS = 100


def summary(answer: Answer, catalogue: Catalogue, case: Case, own: list[Block]) -> Message:
    """What a text with several causes gets; the thread's case is its first cause until somebody posts another."""
    causes = answer.causes
    total = sum(cause.count for cause in causes)
    lead = f"{len(causes)} causes in {total} deliveries"
    blocks = [header(lead), section("\n".join(told(cause, catalogue) for cause in causes[:SHOWN]))]
    if len(causes) > SHOWN:
        blocks.append(context(f"… and {len(causes) - SHOWN} more in the menu."))
    blocks += left_out(answer)
    menu = [(f"{cause.count} × {cause.diagnosis.entry.title}", option(cause)) for cause in causes[:OPTIONS]]
    blocks.append(row(select("Open a cause", actions.CAUSE, menu), *own))
    heard = "; ".join(f"{cause.count} × {cause.diagnosis.entry.title}" for cause in causes)
    return Message(cut(escaped(clean(f"{lead}: {heard}.")), TEXT), tuple(blocks), actions.metadata(case))


def left_out(answer: Answer) -> list[Block]:
    """The line that says that only the beginning of a big file was read."""
    return [context("The file is big: only its beginning was read.")] if answer.cut else []


def told(cause: Cause, catalogue: Catalogue) -> str:
    """A cause in two lines: how often, what, who acts first, keep the address."""
    d = cause.diagnosis
    codes = escaped(" ".join(code for code in (d.finding.reply, d.finding.enhanced) if code))
    acts = who(d.actor, None, catalogue, d.side)
    keep = f"{capital(catalogue.label('suppress', d.suppress))}."
    named = f"*{cause.count} × {escaped(d.entry.title)}*" + (f"  {codes}" if codes else "")
    return f"{named}\n{escaped(acts)} {escaped(keep)}"


def option(cause: Cause) -> str:
    """What the menu carries for a cause: all of its verdict, in 150 characters."""
    d = cause.diagnosis
    case = Case(
        entry=d.entry.id,
        reply=d.finding.reply or "",
        enhanced=d.finding.enhanced or "",
        state=d.finding.state,
        basis=d.basis,
        outlook=d.outlook,
        actor=d.actor,
        retry=d.retry,
        suppress=d.suppress,
    )
    return actions.pack_option("cause", case)
