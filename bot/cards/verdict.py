"""The sentences of a card: who acts, does it clear, keep the address, what it rests on. Text for mrkdwn, escaped."""

from __future__ import annotations

import re

from bot.advice import filled, spoken, who
from bot.cards.blocks import clean, cut, escaped
from bot.cards.phone import brief, excerpt
from bot.terms import Case
from catalogue import Catalogue, Entry, lookup

TEXT = 300
CODE_ONLY = ("enhanced", "reply", "class")
BASIS = {
    "provider": "by the provider's own words",
    "words": "by its words",
    "enhanced": "by the enhanced code alone",
    "reply": "by the reply code alone",
    "class": "by the class of the code alone",
}
CLEARS = {
    "clears-with-time": "Yes, by itself.",
    "temporary-needs-fix": "Not before the cause is mended.",
    "permanent": "No, not for this address.",
    "resend-after-fix": "Only after the fix.",
    None: "It depends; this text does not tell.",
}
RETRY = {
    "queue": "The queue retries.",
    "later": "Send it again later.",
    "after-fix": "Then send it again.",
    "new-transaction": "The rest goes in a new transaction.",
    "no": "Do not retry.",
}
STATES = {"queued": "It is still queued.", "given-up": "This mail was given up.", "delivered": "It was delivered."}
# What somebody asks for in words has so many at most, and no reply code.
ASKED = 3
# The catalogue says when to suppress as a sentence of its own, or as a condition.
CONDITION = re.compile(r"(?:when|after|once|only when|only if) ", re.IGNORECASE)
NEED = "All lines of the reply, as the receiving server wrote it."


def acts(case: Case, catalogue: Catalogue) -> str:
    """Who acts first, and who then."""
    return f"*{escaped(who(case.actor, case.then_actor, catalogue, case.side))}*"


def clears(case: Case) -> str:
    """Whether it clears, what of retrying, and what became of this mail."""
    wait = f"The reply says to wait {spoken(case.values.wait)}." if case.values.wait else ""
    fate = "" if case.retry == "no" else STATES.get(case.state, "")
    said: tuple[str, ...] = (CLEARS[case.outlook], RETRY[case.retry], fate, wait)
    if (case.outlook, case.retry) == (None, "after-fix"):
        said = (CLEARS[None], "Send it again once the cause is mended.", fate, wait)
    if (case.outlook, case.suppress) == ("permanent", "after-confirming"):
        said = ("Hardly: confirm the address first.", wait)
    elif (case.retry, case.state) == ("queue", "queued"):
        said = (CLEARS[case.outlook], "It is still queued and retried.", wait)
    return f"*Will it clear?*  {' '.join(part for part in said if part)}"


def keeps(case: Case, catalogue: Catalogue) -> str:
    """Whether to keep the address; where not simply so, why."""
    why = "" if case.suppress == "no" else brief(case.suppress_why)
    if case.suppress == "after-confirming" and CONDITION.match(why):
        why = f"Suppress it {uncapital(why)}"
    ended = f"{capital(why)}." if why and why[-1] not in ".!?" else capital(why)
    return f"*{escaped(capital(catalogue.label('suppress', case.suppress)))}.*  {escaped(ended)}".rstrip()


def verdict(case: Case, entry: Entry, catalogue: Catalogue) -> list[str]:
    """The sentences in the order in which they help: who acts, what it is where only a code speaks, clears, keep."""
    apart = "  " if case.suppress == "no" else "\n"
    told = [acts(case, catalogue), f"{clears(case)}{apart}{keeps(case, catalogue)}"]
    if case.basis in CODE_ONLY:
        told.insert(1, escaped(meaning(case, entry)))
        told.append(f"*Not sure:* only the code speaks. Paste {escaped(uncapital(brief(entry.ask or NEED, 1)))}")
    return told


def meaning(case: Case, entry: Entry) -> str:
    """What happened, in one sentence."""
    return brief(filled(entry.meaning, case.values))


def quoted(case: Case, most: int) -> str:
    """The part of the reply that a card shows in so many lines; "" where it is only what was asked: a code, a word or two."""
    asked = not case.reply and len(case.quote.split()) <= ASKED
    if asked or case.quote.strip() == codes_of(case):
        return ""
    return excerpt(case.quote, case.reply, case.values.checks, most)


def blocklist(case: Case, catalogue: Catalogue) -> str:
    """The blocklist that the reply names, and where this IP can be looked up; "" where there is none."""
    one = catalogue.lists.called(case.values.list)
    if one is None:
        return ""
    page = lookup(one, case.values.ip)
    link = f"  <{address(page)}|Look it up>" if page.startswith("https://") else ""
    closed = "" if one.alive else "  This list is closed: whoever still asks it must take it out."
    return f"*Listed at {escaped(one.name)}*{link}{closed}"


def evidence(case: Case, entry: Entry, asker: str) -> str:
    """The small line: codes, how many, why this entry, its source and date, who asked."""
    source = next((one for one in entry.sources if not one.unchecked), entry.sources[0])
    name = escaped(source.title or "source").replace("|", "/")
    link = f"<{address(source.url)}|{name}>" if source.url.startswith("https://") else name
    date = "we could not open it: look yourself" if source.unchecked else f"seen {source.seen}" if source.seen else ""
    many = f"{case.recipients} recipients" if case.recipients > 1 else ""
    by = f"asked by <@{asker}>" if asker.isalnum() and asker else ""
    return "  ·  ".join(part for part in (escaped(codes_of(case)), many, BASIS[case.basis], link, date, by) if part)


def address(url: str) -> str:
    """A web address that can stand in a link."""
    return escaped(url).replace("|", "%7C")


def aloud(case: Case, entry: Entry, catalogue: Catalogue) -> str:
    """The card in one breath: cause, actor, does it clear, keep the address; at most 300 characters, no markup."""
    parts = [
        entry.title + ".",
        who(case.actor, case.then_actor, catalogue, case.side),
        capital(catalogue.label("outlook", case.outlook)) + ".",
        capital(catalogue.label("suppress", case.suppress)) + ".",
    ]
    return cut(escaped(clean(" ".join(parts))), TEXT)


def in_one_breath(case: Case, catalogue: Catalogue, others: int = 0) -> str:
    """The same for who sees no card: with how many ``others`` causes the text has."""
    more = f" The text has {others} more {'cause' if others == 1 else 'causes'}." if others else ""
    return aloud(case, catalogue.entries[case.entry], catalogue)[: TEXT - len(more)] + more


def codes_of(case: Case) -> str:
    """The codes as they are written in a reply."""
    return " ".join(code for code in (case.reply, case.enhanced) if code)


def capital(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """A text with its first letter small, to stand within a sentence."""
    return text[:1].lower() + text[1:]
