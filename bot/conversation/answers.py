"""What is said to each question about a mail's fate: does it clear, retry, who acts, the address, did it arrive."""

from __future__ import annotations

from bot.advice import listing, spoken
from bot.conversation.matter import MISSING, SURE, Matter, capital, plural
from bot.sides import yours
from bot.terms import Say
from catalogue.fixes import aside, queues


def permanent(m: Matter) -> Say:
    """Does it clear, and on what condition; without yes or no, since people ask it both ways round ("do we just wait?")."""
    said = {
        "clears-with-time": "It passes with time.",
        "temporary-needs-fix": "The code says temporary, but it will not clear before somebody mends the cause.",
        "permanent": "It is permanent: no fix lets this mail reach this address, and waiting does not help.",
        "resend-after-fix": "Waiting does not help: this attempt has failed, and after the fix it can be sent again.",
        None: "It depends, and this text does not tell.",
    }[m.case.outlook]
    why = f"The reason: {m.entry.title}."
    given_up = (m.retrying,) if m.case.state == "given-up" and m.case.outlook == "clears-with-time" else ()
    missing = m.missing if m.case.outlook is None else ()
    return Say(said, (why, *given_up, *missing), intent="permanent", next=("retry", "steps"))


def retry(m: Matter) -> Say:
    """Retry or not, by whom and when; the times are those of the sending side's own queue."""
    state = {
        "queued": "The mail is still in the queue.",
        "given-up": "The sending server has given this mail up.",
        "delivered": "The mail was delivered.",
    }.get(m.case.state, "")
    sentence = m.retrying
    said = (sentence, state if state[:-1] not in sentence else "", *times(m))
    lead = f"{capital(m.label('retry', m.case.retry))}."
    return Say(lead, tuple(point for point in said if point), intent="retry", next=("permanent", "steps"))


def times(m: Matter) -> tuple[str, ...]:
    """When the queue tries again and gives up, where it retries at all; by default where nobody said whose queue it is."""
    if m.case.retry not in ("queue", "new-transaction", "later") or m.case.state in ("given-up", "delivered"):
        return ()
    if queue := queues().get(m.facts.queue):
        return (f"{queue.name}: {queue.retries} It gives up after {queue.gives_up} ({queue.setting}).", queue.look)
    usual = ", ".join(f"{queue.name} after {queue.gives_up}" for queue in queues().values())
    return (
        "The sending server's queue decides when, mostly within 5 to 30 minutes at first, then less often.",
        f"By default it gives up: {usual}.",
    )


YOURS = "The text shows your side: it is yours to mend."


def actor(m: Matter) -> Say:
    """Whose it is: who said it, who has to act first, and who then."""
    said = (
        f"{'The receiving server quotes' if m.quoted else 'The reply was written by'} {m.provider}."
        if m.provider
        else ""
    )
    if m.case.actor is None:
        points = (said, *(m.missing or (MISSING,)))
        return Say("That depends on the full text.", tuple(p for p in points if p), intent="actor")
    lead = "Nobody has to act: wait." if m.case.actor == "nobody" else f"First {m.label('actor', m.case.actor)}."
    then = f"Then {m.label('actor', m.case.then_actor)}." if m.case.then_actor else ""
    whose = YOURS if yours(m.case.actor, m.case.side) else aside("actor", m.case.actor)
    return Say(lead, tuple(p for p in (whose, then, said) if p), intent="actor", next=("steps", "contact"))


# RFC 5321 section 4.5.1: every domain with a mail server has this address.
POSTMASTER = "No page is known for this: write to postmaster@ at the other side's domain, or call them."
MENDING = ("sending-admin", "dns-owner", "ip-owner", "sending-service")


def contact(m: Matter) -> Say:
    """Whom to write to, and with what: a provider or list only where its reply is about the sender."""
    listed = listing(m.case.values, m.catalogue)
    if m.case.actor == "nobody":
        points = ("If it lasts for days:", *(listed or (page_of(m),)), given(m))
        return Say("Nobody yet: it passes by itself.", points, intent="contact")
    whom = aside("contact", m.case.reply) or aside("contact", m.case.actor or "")
    if m.case.actor not in MENDING and whom and not listed:
        return Say(f"{capital(m.label('actor', m.case.actor))}.", (whom, given(m)), intent="contact", next=("draft",))
    points = (*(listed or (page_of(m),)), given(m))
    them = m.named or "the recipient's mail admin"
    if m.case.actor is None:
        return Say(f"{capital(them)}.", points, intent="contact", next=("draft",))
    one = m.catalogue.lists.called(m.case.values.list)
    if one is not None and not one.alive:
        return Say("The recipient's mail admin: their server asks a list that is closed.", points, intent="contact")
    then = "Then the listing ends by itself." if one and not one.form else f"Then {them} is the one to ask."
    lead = f"Mend the cause first: that is for {m.label('actor', m.case.actor)}. {then}"
    return Say(lead, points, intent="contact", next=("draft",))


def page_of(m: Matter) -> str:
    """The page to start from: the provider's for senders where it can be written to, else what the reply names."""
    provider = m.catalogue.providers.get(m.entry.provider or m.case.provider)
    open_to_senders = any(text.to == "provider" for text in m.texts)
    own = m.entry.sources[0].url if provider is not None and provider.kind != "mta" else ""
    page = (provider.contact if provider and open_to_senders else "") or m.case.values.url or own
    return f"The page to start from: {page}" if page else POSTMASTER


def given(m: Matter) -> str:
    """What whoever is asked needs to know."""
    ip, tag = m.case.values.ip, m.case.values.tag
    return (
        f"Give the full reply, the sending IP{f' ({ip})' if ip else ''}, {f'the tag {tag}, ' if tag else ''}"
        "the time in UTC and the message id."
    )


def suppress(m: Matter) -> Say:
    """Keep the address or not: never more than the case says."""
    lead = {
        "yes": "Yes, suppress it: the receiver says that the mailbox does not exist or is closed for good.",
        "after-confirming": "Not yet. Keep the address until somebody has confirmed that the mailbox is gone.",
        "no": "No. Keep the address: it is not the cause.",
    }[m.case.suppress]
    why = m.case.suppress_why or m.entry.suppress_when
    return Say(lead, (why,) if why else (), intent="suppress", next=("retry",))


REFUSED = {
    "4": "Not at this attempt. Whether the sending server is still trying, the text does not say.",
    "5": "No: this attempt was refused.",
}


def arrived(m: Matter) -> Say:
    """Whether this mail got through, as far as the text tells."""
    lead = {
        "queued": "Not yet: it waits in the sending server's queue.",
        "given-up": "No. The sending server gave it up.",
        "delivered": "It was accepted. That is not yet the inbox: look in the spam folder too.",
        "unknown": REFUSED.get(m.case.reply[:1], "The text does not say what became of the mail."),
    }[m.case.state]
    lead = aside("arrived", m.case.reply) or lead
    points = {
        "queued": ("A notice of delay is no failure: the next one says delivered or given up.",),
        "unknown": ("The sending server's log tells: look for this recipient at that time.",),
    }.get(m.case.state, ())
    many = f"In this paste: {plural(m.case.recipients, 'recipient')}." if m.case.recipients > 1 else ""
    return Say(lead, tuple(p for p in (*points, many) if p), intent="arrived", next=("retry",))


def why(m: Matter) -> Say:
    """What the answer rests on, and how sure it is."""
    source = m.entry.sources[0]
    seen = f"Source: {source.title or source.url}" + (f", seen {source.seen}" if source.seen else "")
    unchecked = (
        ("We could not open this page ourselves: look at it before you rely on a number.",) if source.unchecked else ()
    )
    note = (m.entry.note,) if m.entry.note else ()
    lead = f"It rests on {SURE[m.case.basis]} ({m.entry.id})."
    return Say(lead, (seen, *unchecked, *note, *m.missing), quote=m.case.quote, source=source.url, intent="why")


def history(m: Matter) -> Say:
    """How often this cause was seen in the channel and since when, and what ended it last time."""
    facts = m.facts
    here = f"In this paste: {plural(m.case.count, 'finding')}."
    if not facts.seen:
        return Say(
            "I have not seen this cause here before.", (here, "I count from the day I was invited."), intent="history"
        )
    times = plural(facts.seen, "time")
    lead = f"Seen {times} in this channel since {facts.since}." if facts.seen > 1 else "This is the first time here."
    today = f"{plural(facts.today, 'time')} in the last 24 hours." if facts.seen > 1 else ""
    fixed = f"What fixed it last time: {facts.fixed}" if facts.fixed else ""
    return Say(lead, tuple(p for p in (today, here, fixed) if p), intent="history", next=("steps",))


SAME_ROUTE = "Did it leave by the same IP and the same route? Some receivers keep a verdict for hours."


AGAIN = "This was marked as solved. Paste the new reply here, all its lines: the same one opens the case again."


def still(m: Matter) -> Say:
    """It fails again: what to look at, and that the new text is needed to tell whether it is the same."""
    wait = m.case.values.wait
    passing = f"The reply says to wait {spoken(wait)}: was it longer than that?" if wait else ""
    changed = aside("still", m.entry.reason) or SAME_ROUTE
    points = tuple(p for p in (changed, passing, "The same code with other words is another problem.") if p)
    lead = AGAIN if m.facts.solved else "Paste the new reply here, all its lines: I compare it with this one."
    return Say(lead, points, intent="still", next=("steps", "contact"))
