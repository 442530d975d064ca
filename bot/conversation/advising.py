"""What is said about doing something: steps, how a check is mended, going round a refusal, forged mail, drafts, scope."""

from __future__ import annotations

import ipaddress
import re

from bot.advice import filled
from bot.advice import steps as steps_of
from bot.conversation.matter import Matter, plural
from bot.terms import Case, Say
from catalogue.fixes import Fix, aside, fixes, meaning
from catalogue.wording import normal

SELECTOR = re.compile(r"\b(?:s|selector|header\.s)\s*[=:]\s*\"?(?P<name>[a-z0-9][\w.-]{0,62})", re.IGNORECASE)
# The recipient's domain in a masked address; MX and TLS are about it, the others about the sender's.
RECIPIENT = re.compile(r"…@(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,24})", re.IGNORECASE)
THEIRS = ("mx", "tls")
BRACKETED = re.compile(r"\[(?P<name>(?:[a-z0-9_-]+\.)+[a-z]{2,24})\]", re.IGNORECASE)


def steps(m: Matter) -> Say:
    """All steps, in their order; or how the check that was named is mended, for this domain and IP."""
    if m.topic in fixes():
        return fix(m, fixes()[m.topic])
    done = steps_of(m.entry, m.case)
    if not done:
        return Say(m.retrying, m.missing, intent="steps", next=("contact",))
    source = m.entry.sources[0].url
    return Say("In this order:", done, ordered=True, intent="steps", source=source, next=("contact", "draft"))


def fix(m: Matter, known: Fix) -> Say:
    """How one check is mended, with this bounce's domain, IP and selector put in; says so where it is not the cause."""
    names = names_in(m.case, known.id)
    lead = put(known.lead, names)
    if not m.concerns(known.id):
        lead = f"This reply is not about {known.name} ({m.entry.title}). If you want it all the same: {lead}"
    said = tuple(check for check in m.case.values.checks if check.lower().startswith(known.id))
    unsaid = "DOMAIN stands for the domain that is checked: the reply does not name it." if "DOMAIN" in lead else ""
    notes = (*(f"The reply says: {check}." for check in said), put(known.who, names), *([unsaid] if unsaid else []))
    points = tuple(put(step, names) for step in known.steps)
    asked = {"intent": "steps", "about": known.id, "source": known.sources[0].url}
    return Say(lead, points, ordered=True, notes=notes, next=("still", "contact"), **asked)


def names_in(case: Case, topic: str) -> dict[str, str]:
    """The names that a fix is filled with: from the check that the reply prints, else from the reply."""
    checks = " ".join(check for check in case.values.checks if check.lower().startswith(topic))
    named = BRACKETED.search(checks)
    selector = SELECTOR.search(case.quote) if topic == "dkim" else None
    recipient = RECIPIENT.search(case.quote) if topic in THEIRS else None
    theirs = recipient["domain"].lower() if recipient else ""
    ip = case.values.ip
    return {
        "{domain}": (named["name"].lower() if named else "") or theirs or case.values.domain or "DOMAIN",
        "{ip}": ip or "the sending IP",
        "{mechanism}": f"ip{ipaddress.ip_address(ip).version}:{ip}" if ip else "ip4: and the sending IP",
        "{selector}": selector["name"] if selector else "SELECTOR",
    }


def put(sentence: str, names: dict[str, str]) -> str:
    """A sentence with its names filled in."""
    for name, value in names.items():
        sentence = sentence.replace(name, value)
    return sentence


def code(m: Matter) -> Say:
    """What a code or a term means in general, and what it means here."""
    asked = m.code or m.case.enhanced or m.case.reply
    if not m.code and (term := meaning(normal(m.said))):
        return Say(term, (f"This bounce: {m.entry.title}.",), intent="code")
    known = [e for e in m.catalogue.code(asked) if not (e.worded or e.provider)]
    if not known:
        return tagged(m, asked)
    general = known[0]
    if not m.code and m.entry.worded:
        said = filled(m.entry.meaning, m.case.values)
        wider = f"{m.codes} in general: {general.title.removeprefix(f'{asked}: ')}."
        return Say(f"{m.entry.title}.", (said, wider), intent="code", source=m.entry.sources[0].url)
    own = asked in (m.case.reply, m.case.enhanced)
    here = (
        f"Here{f' ({m.provider})' if m.provider else ''}: {m.entry.title}." if own and m.entry.id != general.id else ""
    )
    other = "" if own or not m.codes else f"This bounce has {m.codes}: {m.entry.title}."
    lead = general.title if asked in general.title else f"{asked}: {general.title}"
    points = tuple(p for p in (general.meaning, here, other) if p)
    return Say(lead, points, intent="code", source=general.sources[0].url)


def tagged(m: Matter, asked: str) -> Say:
    """What a provider's own tag (S3150, TSS04) means, where an entry names it; else that it is not known."""
    named = [e for e in m.catalogue.search(asked, 3) if asked and asked in f"{e.title} {' '.join(e.words)}".lower()]
    if named:
        return Say(
            f"{asked.upper()}: {named[0].title}.", (named[0].meaning,), intent="code", source=named[0].sources[0].url
        )
    if not asked:
        return happened(m)
    return Say(
        f"I know no code {asked}.", (f"This bounce: {m.entry.title}.", "Codes look like 451 or 4.7.1."), intent="code"
    )


def scope(m: Matter) -> Say:
    """How far it reaches by its kind, and how to find out."""
    lead = aside("scope", m.entry.reason) or "The text does not tell."
    count = f"In this paste: {plural(m.case.count, 'finding')}, {plural(m.case.recipients, 'recipient')}."
    points = (
        count,
        "Search the sending server's log for the same words: the same domain, the same provider, or everywhere?",
        "Several good addresses at one domain failing at once is the domain's trouble: do not suppress them.",
    )
    return Say(lead, points, intent="scope", next=("history", "suppress"))


def bypass(m: Matter) -> Say:
    """The honest answer about going round a refusal: what is legitimate, and what makes it worse."""
    special = aside("bypass", m.entry.reason)
    points = (
        special,
        "Sending through another IP or name to get past a refusal makes the reputation worse.",
        "It is fine to use the proper route: the smarthost that is meant for outgoing mail.",
    )
    return Say("Mend the cause instead.", tuple(p for p in points if p), intent="bypass", next=("steps",))


def phishing(m: Matter) -> Say:
    """How to tell a bounce of one's own mail from forged ones."""
    points = (
        "Look into the original mail inside the report: is its Message-ID from your servers, its first Received line yours?",
        "Is the queue id or the message in your server's log? Not there: somebody else sent it with your name (backscatter).",
        "Forged: do not answer it. Publish DMARC with p=reject once your own mail passes.",
        "Yours, but nobody wrote it: an account or a form is abused. Change its password, end its sessions, look for forwarding rules.",
    )
    kind = aside("phishing", m.entry.reason) or (
        f"The text reads like a server's own reply ({m.codes or m.entry.title}), but it cannot prove who sent the mail."
    )
    return Say(kind, points, ordered=True, intent="phishing", next=("steps.dmarc", "happened"))


def happened(m: Matter) -> Say:
    """What the reply means, and its usual causes."""
    points = (filled(m.entry.meaning, m.case.values), *m.entry.causes[:4])
    return Say(m.entry.title + ".", points, intent="happened", next=("steps",))
