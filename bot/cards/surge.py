"""The one line about a cause that is far above its usual rate."""

from __future__ import annotations

from bot.cards.blocks import context, section
from bot.cards.casework import spoken
from bot.cards.verdict import address
from bot.cards.weekwords import name
from bot.terms import Message
from bot.trends.values import Named, Surge


def surge(found: Surge, named: Named, link: str) -> Message:
    """The numbers, what is usual here, and where it began."""
    began = f"  It began in <{address(link)}|this thread>." if link else ""
    line = (
        f"*Far more than usual:* {name(named.title)} ({name(named.provider)}): {found.posts} messages in the last 24 hours;"
        f" {usual(found)}.{began}"
    )
    plain = spoken(
        f"Far more than usual: {name(named.title)}: {found.posts} messages in 24 hours; {usual(found)}."
    ).text
    return Message(plain, (section(line), context("Said once an incident. `/smtp week` has all the numbers.")))


def usual(found: Surge) -> str:
    """What was seen before, over how many days, and how many a day that is where it is one or more."""
    daily = found.before / found.days
    rate = f", about {daily:.0f} a day" if daily >= 1 else ""
    return f"{found.before or 'none'} in the {found.days} days before{rate}"
