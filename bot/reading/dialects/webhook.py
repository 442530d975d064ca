"""Sending services' event webhooks: SES, SendGrid, Mailgun, Postmark, SparkPost, Brevo, Mailjet, Mandrill, Resend."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

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
    "message",
    "reason",
    "description",
    "Description",
    "error",
    "bounce_description",
)
TO = ("emailAddress", "recipient", "rcpt_to", "raw_rcpt_to", "email", "Email", "Recipient", "to")
EVENT = ("eventType", "notificationType", "event", "type", "Type", "RecordType", "status")
STATES: dict[str, State] = {
    "bounce": "given-up", "bounced": "given-up", "failed": "given-up", "hard_bounce": "given-up", "hardbounce": "given-up",
    "dropped": "given-up", "generation_rejection": "given-up", "out_of_band": "given-up", "policy_rejection": "given-up",
    "permanent": "given-up", "blocked": "given-up", "invalid_email": "given-up", "email.bounced": "given-up",
    "deferred": "queued", "delay": "queued", "deliverydelay": "queued", "temporary": "queued", "soft_bounce": "given-up",
    "delivered": "delivered", "delivery": "delivered", "sent": "delivered", "processed": "delivered",
}  # fmt: skip
# What a service calls it when somebody pressed "this is spam".
COMPLAINTS = frozenset(
    ("complaint", "complained", "email.complained", "spamreport", "spam_complaint", "spamcomplaint", "spam")
)
# The keys of the objects that say who complained.
COMPLAINED = frozenset(("emailAddress", "email", "Email", "recipient", "rcpt_to", "event", "type", "to"))
CODE = re.compile(r"[2-5]\d\d")
# Sendmail folds a line of more than 990 characters so (RFC 5321 allows 998), in the middle of a JSON string too.
FOLDED = re.compile(r"!\r?\n ")
DEEPEST = 8
DECODER = json.JSONDecoder(strict=False)


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each object that tells of a recipient and of what its server said."""
    text = page.text.strip()
    if text[:1] not in "{[" or '"' not in text:
        return ()
    data = opened(text)
    if data is None:
        data = opened(FOLDED.sub("", text))
    return tuple(findings(data, {}, 0))


def findings(data: Any, above: dict[str, str], depth: int) -> Iterator[Finding]:
    """Walks the objects from the outside in; what an outer one says of event and recipient holds for the inner ones."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:500]:
            yield from findings(item, above, depth + 1)
    elif isinstance(data, dict):
        here = {**above, **{key: str(value) for key, value in data.items() if isinstance(value, str | int)}}
        inner = [f for value in data.values() for f in findings(opened(value), here, depth + 1)]
        own = (
            finding(here) if any(key in data for key in SAID) else complaint(here) if COMPLAINED & data.keys() else None
        )
        yield from ([own] if (own and own.reply) or (own and not inner) else inner)


def opened(value: Any) -> Any:
    """A value, and where it is JSON in a string (Amazon SNS wraps SES events so), what that holds."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            # What follows the object (a mailing list's footer under an SNS mail) is left alone.
            return DECODER.raw_decode(value)[0]
        except (ValueError, RecursionError):
            return None
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
    if best is None:
        return None
    reply = parse(best)
    to = next((found[0] for key in TO if (found := addresses(values.get(key, "")))), None)
    events = [values.get(key, "").lower() for key in ("severity", *EVENT)]
    return Finding(
        reply=reply.reply or (values["code"] if CODE.fullmatch(values.get("code", "")) else None),
        enhanced=reply.enhanced,
        words=reply.words,
        evidence=" ".join(best.split()),
        state=next((STATES[event] for event in events if event in STATES), "unknown"),
        recipient=to,
        dialect="webhook",
        values=values_of(reply.words),
    )
