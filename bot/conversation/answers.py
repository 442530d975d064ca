"""What is said to each question: a function of the case and its entry, one a question of ``catalogue/questions.toml``."""

from __future__ import annotations

from collections.abc import Callable

from bot.advice import filled, listing, retrying
from bot.conversation.details import details
from bot.terms import Case, Say
from catalogue import Catalogue, Entry

SURE = {
    "provider": "the provider's own words",
    "words": "the words of the reply",
    "enhanced": "the enhanced status code alone",
    "reply": "the reply code alone",
    "class": "the class of the code alone",
}
UNSURE = ("enhanced", "reply", "class")
MISSING = "The full reply, all its lines, would tell more: paste it here."


def capital(text: str) -> str:
    """A text with its first letter a capital."""
    return text[:1].upper() + text[1:]


def missing(case: Case, entry: Entry) -> tuple[str, ...]:
    """What would make the answer surer, where only a code decided."""
    return ((entry.ask or MISSING),) if case.basis in UNSURE else ()


def permanent(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Does it clear, and on what condition."""
    said = {
        "clears-with-time": "No, it passes with time.",
        "temporary-needs-fix": "The code says temporary, but it will not clear before somebody mends the cause.",
        "permanent": "Yes: no fix lets this mail reach this address.",
        "resend-after-fix": "Not for good: this attempt has failed, and after the fix it can be sent again.",
        None: "It depends, and this text does not tell.",
    }[case.outlook]
    points = [] if case.state != "given-up" or case.outlook != "clears-with-time" else [retrying_sentence(case, entry)]
    return Say(said, (*points, *missing(case, entry)), intent="permanent", next=("retry", "steps"))


def retrying_sentence(case: Case, entry: Entry) -> str:
    """The sentence about retrying, for the state of this mail."""
    return retrying(entry, case.state, case.values)[1]


def retry(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Retry or not, by whom and when."""
    state = {
        "queued": "The mail is still in the queue.",
        "given-up": "The sending server has given this mail up.",
        "delivered": "The mail was delivered.",
    }.get(case.state, "")
    lead = f"{capital(catalogue.label('retry', case.retry))}."
    sentence = retrying_sentence(case, entry)
    said = tuple(point for point in (sentence, state if state[:-1] not in sentence else "") if point)
    return Say(lead, said, intent="retry", next=("permanent", "steps"))


def actor(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Who acts first, and who then."""
    if case.actor is None:
        return Say("That depends on the full text.", missing(case, entry) or (MISSING,), intent="actor")
    lead = "Nobody has to act: wait." if case.actor == "nobody" else f"First {catalogue.label('actor', case.actor)}."
    then = (f"Then {catalogue.label('actor', case.then_actor)}.",) if case.then_actor else ()
    return Say(lead, (*then, *missing(case, entry)), intent="actor", next=("steps", "contact"))


def steps(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """All steps, in their order."""
    done = tuple(filled(step, case.values) for step in entry.steps)
    if not done:
        return Say(retrying_sentence(case, entry), missing(case, entry), intent="steps", next=("contact",))
    return Say(
        "In this order:", done, ordered=True, intent="steps", source=entry.sources[0].url, next=("contact", "draft")
    )


def contact(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Whom to write to, and with what."""
    provider = catalogue.providers.get(entry.provider or case.provider)
    page = (provider.contact if provider else "") or case.values.url or entry.sources[0].url
    who = (
        catalogue.label("actor", case.actor) if case.actor and case.actor != "nobody" else "the recipient's mail admin"
    )
    points = list(listing(case.values, catalogue)) or [f"The page to start from: {page}"]
    points.append(
        "Mend the cause first, then ask. Give the full reply, the sending IP, the time in UTC and the message id."
    )
    return Say(f"{capital(who)}.", tuple(points), intent="contact", next=("draft",))


def suppress(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Keep the address or not: never more than the case says."""
    lead = {
        "yes": "Yes, suppress it: the receiver says that the mailbox does not exist or is closed for good.",
        "after-confirming": "Not yet. Keep the address until somebody has confirmed that the mailbox is gone.",
        "no": "No. Keep the address: it is not the cause.",
    }[case.suppress]
    why = case.suppress_why or entry.suppress_when
    return Say(lead, tuple(p for p in (why, *missing(case, entry)) if p), intent="suppress", next=("retry",))


def code_meaning(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """What a code means in general, and what it means here."""
    known = [e for e in catalogue.code(code) if not (e.worded or e.provider)]
    if not known:
        return Say(f"I know no code {code}.", ("Codes look like 451 or 4.7.1.",), intent="code")
    general = known[0]
    here = (f"Here: {entry.title}.",) if code in (case.reply, case.enhanced) and entry.id != general.id else ()
    return Say(
        general.title if code in general.title else f"{code}: {general.title}",
        (general.meaning, *here),
        intent="code",
        source=general.sources[0].url,
    )


def arrived(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Whether this mail got through, as far as the text tells."""
    lead = {
        "queued": "Not yet: it waits in the sending server's queue.",
        "given-up": "No. The sending server gave it up.",
        "delivered": "It was accepted. That is not yet the inbox: look in the spam folder too.",
        "unknown": "The text does not say what became of the mail.",
    }[case.state]
    ask_log = (
        ("The sending server's log tells: look for this recipient at that time.",) if case.state == "unknown" else ()
    )
    return Say(lead, ask_log, intent="arrived", next=("retry",))


def still(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """It fails again: compare the new text with the old one."""
    points = (
        "The same code with other words is another problem.",
        "DNS changes take as long as the old record's TTL; some receivers keep a verdict for hours.",
        "Did it leave by the same IP and the same route?",
    )
    return Say(
        "Paste the new reply here, all its lines: I compare it with this one.",
        points,
        intent="still",
        next=("steps", "contact"),
    )


def why(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """What the answer rests on, and how sure it is."""
    source = entry.sources[0]
    seen = f"Source: {source.title or source.url}" + (f", seen {source.seen}" if source.seen else "")
    unchecked = ("Nobody could check this source.",) if source.unchecked else ()
    points = (seen, *unchecked, *((entry.note,) if entry.note else ()), *missing(case, entry))
    return Say(
        f"It rests on {SURE[case.basis]} ({entry.id}).", points, quote=case.quote, source=source.url, intent="why"
    )


def scope(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """How to find out how far it reaches."""
    count = f"In this paste: {case.count} finding{'s' if case.count != 1 else ''}, {case.recipients} recipient{'s' if case.recipients != 1 else ''}."
    points = (
        "Search the sending server's log for the same words: the same domain, the same provider, or everywhere?",
        "Only this recipient: it is the address or a rule for it. The whole provider: it is the sending IP, domain or content.",
    )
    return Say(count, points, intent="scope")


def bypass(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """The honest answer about going round a refusal."""
    points = (
        "Sending through another IP or name to get past a refusal makes the reputation worse.",
        "It is fine to use the proper route: the smarthost that is meant for outgoing mail, or IPv4 where IPv6 has no reverse DNS.",
    )
    return Say("Mend the cause instead.", points, intent="bypass", next=("steps",))


def draft(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """Two short messages to copy: to one's own user, and to the other side's admin."""
    codes = " ".join(c for c in (case.reply, case.enhanced) if c)
    own = f"To the sender: Your message was not delivered ({codes}: {entry.title}). {retrying_sentence(case, entry)}"
    theirs = (
        f"To the recipient's mail admin: Your server refuses our mail with {codes or 'the reply below'}. Could you look at it? "
        f"Its words: {case.quote or '(paste the full reply)'} Time (UTC), our sending IP and the message id: …"
    )
    return Say("Two drafts to copy:", (own, theirs), intent="draft")


def happened(case: Case, entry: Entry, catalogue: Catalogue, code: str) -> Say:
    """What the reply means, and its usual causes."""
    return Say(
        entry.title + ".", (filled(entry.meaning, case.values), *entry.causes[:4]), intent="happened", next=("steps",)
    )


ANSWERS: dict[str, Callable[[Case, Entry, Catalogue, str], Say]] = {
    "permanent": permanent,
    "retry": retry,
    "actor": actor,
    "steps": steps,
    "contact": contact,
    "suppress": suppress,
    "code": code_meaning,
    "arrived": arrived,
    "still": still,
    "why": why,
    "scope": scope,
    "bypass": bypass,
    "draft": draft,
    "happened": happened,
    "details": details,
}
