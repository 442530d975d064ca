"""Sending services' event webhooks: SES, SendGrid, Mailgun, Postmark, SparkPost, Brevo, Mailjet, Mandrill, Resend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from bot.reading import wrapped
from bot.reading.context import addresses
from bot.reading.page import Page
from bot.reading.reply import parse
from bot.reading.values import values_of
from bot.terms import Finding, State

# The keys under which a service prints what the receiving server said, the surest first.
SAID = (
    "diagnosticCode",
    "diag",
    "raw_reason",
    "smtp_reply",
    "Details",
    "response",
    "smtp-response",
    "destination_response",
    "comment",
    "output",
    "message",
    "reason",
    "description",
    "Description",
    "error",
    "bounce_description",
    "details",
)
TO = ("emailAddress", "recipient", "rcpt_to", "raw_rcpt_to", "email", "Email", "Recipient", "to", "destination")
EVENT = ("eventType", "notificationType", "event", "type", "Type", "RecordType", "status")
# The objects that quote the mail: its headers' addresses are not whom the event is about.
QUOTED = frozenset(("headers", "commonHeaders", "from", "sender", "user-variables", "envelope"))
STATES: dict[str, State] = {
    "bounce": "given-up", "bounced": "given-up", "failed": "given-up", "hard_bounce": "given-up", "hardbounce": "given-up",
    "dropped": "given-up", "generation_rejection": "given-up", "out_of_band": "given-up", "policy_rejection": "given-up",
    "permanent": "given-up", "blocked": "given-up", "invalid_email": "given-up", "email.bounced": "given-up", "reject": "given-up",
    "rejected": "given-up", "hard_bounced": "given-up", "soft_bounced": "given-up", "softbounce": "given-up", "bouncebounce": "given-up",
    "hardfail": "given-up", "messagedeliveryfailed": "given-up", "messagebounced": "given-up", "activity.hard_bounced": "given-up",
    "activity.soft_bounced": "given-up", "spambounce": "given-up", "soft bounce": "queued",
    "deferred": "queued", "delay": "queued", "deliverydelay": "queued", "temporary": "queued", "soft_bounce": "given-up",
    "deferral": "queued", "softfail": "queued", "messagedelayed": "queued", "email.delivery_delayed": "queued", "transient": "given-up",
    "transientfailure": "queued", "expiration": "given-up", "adminbounce": "given-up", "oob": "given-up", "rejection": "given-up",
    "delivered": "delivered", "delivery": "delivered", "sent": "delivered", "processed": "delivered",
}  # fmt: skip
# What any program calls a failure: without a code, such an event need not be about a mail.
GENERIC = frozenset(
    (
        "failed",
        "rejected",
        "reject",
        "rejection",
        "delay",
        "temporary",
        "permanent",
        "transient",
        "expiration",
        "blocked",
        "dropped",
    )
)
# What a service calls it when somebody pressed "this is spam".
COMPLAINTS = frozenset(
    ("complaint", "complained", "email.complained", "spamreport", "spam_complaint", "spamcomplaint", "spam")
)
# The keys of the objects that say who complained.
COMPLAINED = frozenset(("emailAddress", "email", "Email", "recipient", "rcpt_to", "event", "type", "to"))
CODE = re.compile(r"[2-5]\d\d")
ENHANCED = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
# Sendmail folds a line of more than 990 characters so (RFC 5321 allows 998), in the middle of a JSON string too.
FOLDED = re.compile(r"!\r?\n ")
DEEPEST = 8
MOST_EVENTS = 5000


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each object that tells of a recipient and of what its server said."""
    text = page.text.lstrip()
    if text[:1] not in ("{", "[") or '"' not in text:
        return ()
    data = list(islice(wrapped.values(text), MOST_EVENTS)) or list(wrapped.values(FOLDED.sub("", text)))
    events = [event for value in data for event in (value if isinstance(value, list) else [value])]
    return tuple(f for event in events[:MOST_EVENTS] for f in named(list(findings(event, {}, 0)), event))


def named(found: list[Finding], event: Any) -> list[Finding]:
    """The findings of one event, with the recipient that stands elsewhere in it; without either code or recipient, none."""
    if len(found) == 1 and found[0].recipient is None and (to := recipient_in(event, 0)):
        return [msgspec.structs.replace(found[0], recipient=to)]
    return [f for f in found if f.reply or f.enhanced or f.recipient or f.state == "delivered"]


def recipient_in(data: Any, depth: int) -> str | None:
    """The first address under a recipient's key, from the outside in."""
    if depth > DEEPEST or not isinstance(data, dict | list):
        return None
    if isinstance(data, list):
        return next((to for item in data[:MOST_EVENTS] if (to := recipient_in(item, depth + 1))), None)
    for key in TO:
        value = data.get(key)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (found := addresses(text)):
                return found[0]
    inner = (recipient_in(value, depth + 1) for key, value in data.items() if key not in QUOTED)
    return next((to for to in inner if to), None)


def findings(data: Any, above: dict[str, str], depth: int) -> Iterator[Finding]:
    """Walks the objects from the outside in; what an outer one says of event and recipient holds for the inner ones."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:MOST_EVENTS]:
            yield from findings(item, above, depth + 1)
    elif isinstance(data, dict):
        here = {**above, **{key: str(value) for key, value in data.items() if isinstance(value, str | int)}}
        if "enhanced_code" in data and "content" in data:
            here["diag"] = spelled(data)
        inner = [f for value in data.values() for f in findings(opened(value), here, depth + 1)]
        own = (
            finding(here)
            if any(key in data for key in SAID) or "enhanced_code" in data
            else complaint(here)
            if COMPLAINED & data.keys()
            else None
        )
        yield from ([own] if (own and own.reply) or (own and not inner) else inner)


def spelled(response: dict[str, Any]) -> str:
    """KumoMTA's response as a server would have written it: code, enhanced code in three numbers, words."""
    code = response["enhanced_code"]
    parts = [str(code.get(part, "")) for part in ("class", "subject", "detail")] if isinstance(code, dict) else []
    return " ".join(str(part) for part in (response.get("code") or "", ".".join(parts), response["content"]) if part)


def opened(value: Any) -> Any:
    """A value, and where it is JSON in a string (Amazon SNS wraps SES events so), what that holds."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        # What follows the object (a mailing list's footer under an SNS mail) is left alone.
        return next(wrapped.values(value), None)
    return value if isinstance(value, dict | list) else None


def complaint(values: dict[str, str]) -> Finding | None:
    """The complaint that an event tells of; None where it is another event."""
    if not any(values.get(key, "").lower() in COMPLAINTS for key in EVENT):
        return None
    words = f"Feedback-Type: {values.get('complaintFeedbackType') or values.get('fbtype') or 'abuse'}"
    to = next((found[0] for key in TO if (found := addresses(values.get(key, "")))), None)
    return Finding(words=words, evidence=words, state="delivered", recipient=to, dialect="webhook")


def finding(values: dict[str, str]) -> Finding | None:
    """What one object says; None where no server's words are in it."""
    said = [values[key] for key in SAID if values.get(key)]
    best = next((text for text in said if parse(text).reply), None) or next(
        (t for t in said if parse(t).enhanced), None
    )
    events = [values.get(key, "").lower() for key in ("severity", *EVENT)]
    state: State = next((STATES[event] for event in events if event in STATES), "unknown")
    mails = "severity" in values or not all(event in GENERIC for event in events if event in STATES)
    if best is None and mails and state in ("given-up", "queued"):
        best = next(iter(said), None)  # words without a code, of an event that is a bounce
    if best is None:
        return None
    reply = parse(best)
    to = next((found[0] for key in TO if (found := addresses(values.get(key, "")))), None)
    return Finding(
        reply=reply.reply or (values["code"] if CODE.fullmatch(values.get("code", "")) else None),
        enhanced=reply.enhanced or (values["status"] if ENHANCED.fullmatch(values.get("status", "")) else None),
        words=reply.words,
        evidence=" ".join(best.split()),
        state=state,
        recipient=to,
        dialect="webhook",
        values=values_of(reply.words),
    )
