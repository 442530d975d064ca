"""Delivery status notifications (RFC 3464): a whole report, or its bare fields as somebody pasted them."""

from __future__ import annotations

import re

import msgspec

from bot.reading.context import addresses, phase_of
from bot.reading.dialects import prose
from bot.reading.page import Page
from bot.reading.reply import Reply, parse
from bot.reading.values import values_of
from bot.terms import Finding, State

FIELD = re.compile(
    r"^[ \t>|]*(?P<name>(?:Final|Original)-Recipient|X-Actual-Recipient|Action|Status|Diagnostic-Code|Remote-MTA|Reporting-MTA"
    r"|Last-Attempt-Date|Will-Retry-Until|Arrival-Date|Final-Log-ID|X-Display-Name|X-Supplementary-Info|X-[\w-]+|Received-From-MTA)"
    r"[ \t]*[:=][ \t]*(?P<value>.*)$",
    re.IGNORECASE,
)
# OpenSMTPD writes Status: 5.0.0 into every report that has no reply to quote (seen in 6.x and 7.x).
OPENSMTPD = "This is the MAILER-DAEMON, please DO NOT REPLY"
# Sendmail: the exit status of a local delivery program, as "X-Unix; 77".
EXIT_STATUS = re.compile(r"\s*(?:[xX]-[\w-]+;)?\s*\d{1,3}\s*")
CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
# OpenSMTPD and some gateways use words that RFC 3464 does not know; Domino writes "failed (…)".
ACTIONS: dict[str, State] = {
    "failed": "given-up", "failure": "given-up", "error": "given-up", "fail": "given-up", "expired": "given-up",
    "delayed": "queued", "deferred": "queued",
    "delivered": "delivered", "relayed": "delivered", "expanded": "delivered", "deliverable": "delivered",
}  # fmt: skip


def read(page: Page) -> tuple[Finding, ...]:
    """A finding for each recipient whose fields are there; what the fields leave open is taken from the notice."""
    if "recipient" not in page.low and not (page.mail and page.mail.status) and "diagnostic-code" not in page.low:
        return ()
    reporter, groups = fields(page.fields)
    findings = [found for group in groups if (found := finding(group, reporter))]
    if not findings and page.mail and page.fields is not page.text:
        return ()
    return complete(page, findings)


def fields(text: str) -> tuple[str, list[dict[str, str]]]:
    """The reporting MTA, and the fields of each recipient, unfolded, by their lower-case names."""
    groups: list[dict[str, str]] = []
    group: dict[str, str] = {}
    reporter = name = ""
    for line in text.split("\n"):
        m = FIELD.match(line)
        if m:
            name, value = m["name"].lower(), m["value"].strip()
            if name == "reporting-mta":
                reporter = value.partition(";")[2].strip() or value
            if (name in ("final-recipient",) and name in group) or (
                name == "original-recipient" and "action" in group and "final-recipient" in group
            ):
                groups.append(group)
                group = {}
            group.setdefault(name, value)
        elif not line.strip():
            if "final-recipient" in group and ("action" in group or "status" in group):
                groups.append(group)
                group = {}
            name = ""
        elif name and (line[0] in " \t>" or name == "diagnostic-code"):
            group[name] = f"{group.get(name, '')}\n{line.strip(' >')}"
        else:
            name = ""
    return reporter, [g for g in [*groups, group] if speaks(g)]


ASIDE = re.compile(r"\d[ \t]*\((.{4,200})\)\s*$")


def speaks(group: dict[str, str]) -> bool:
    """Whether fields tell of a recipient's fate, not only of a recipient."""
    fate = "action" in group or "status" in group
    return "diagnostic-code" in group or (fate and ("final-recipient" in group or "original-recipient" in group))


def finding(group: dict[str, str], reporter: str) -> Finding | None:
    """What one recipient's fields say; None where a recipient has neither status nor reason."""
    said = group.get("diagnostic-code", "")
    if EXIT_STATUS.fullmatch(said):
        said = ""
    status = CODE.search(group.get("status", ""))
    # Status: 4.0.0 (mx.example.com: host name lookup failure): some say it in the comment.
    aside = ASIDE.search(group.get("status", ""))
    reply = parse(said) if said else Reply(None, None, aside[1] if aside else "")
    action = re.match(r"\w+", group.get("action", "").lower())
    state = ACTIONS.get(action[0], "unknown") if action else "unknown"
    own, given = reply.enhanced, status[1] if status else None
    enhanced = (
        own if own and not own.endswith(".0.0") else (given if given and not given.endswith(".0.0") else own or given)
    )
    if own and given and reply.reply and own[0] != reply.reply[0] and given[0] == reply.reply[0]:
        enhanced = given
    remote = group.get("remote-mta", "")
    return Finding(
        reply=reply.reply,
        enhanced=enhanced if not enhanced or enhanced[0] != "2" or state == "delivered" else None,
        words=reply.words,
        evidence=" ".join(said.split()) or " ".join(group.get("status", "").split()),
        state=state,
        recipient=recipient(group),
        host=(remote.partition(";")[2] or remote).strip().split(" ")[0].rstrip(".").lower(),
        reporter=reporter,
        phase=phase_of(said) if said else None,
        dialect="dsn",
        values=values_of(reply.words),
    )


def recipient(group: dict[str, str]) -> str | None:
    """The final recipient's address, else the original one's."""
    for name in ("final-recipient", "original-recipient", "x-actual-recipient"):
        if found := addresses(group.get(name, "").partition(";")[2] or group.get(name, "")):
            return found[0]
    value = group.get("final-recipient", "").partition("\n")[0].partition(";")[2].strip(" \t<>")
    return value[:254] or None


def complete(page: Page, findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings with what the notice for people adds: the reply, the words, the recipient, the state."""
    if not findings:
        return ()
    noticed = page.text.strip() and (page.mail or not FIELD.match(page.text.lstrip().partition("\n")[0]))
    told = {f.recipient: f for f in reversed(prose.read(page, fallback=True))} if noticed else {}
    sole = next(iter(told.values())) if len(told) == 1 else None
    state = page.state()
    unsaid = OPENSMTPD in page.text
    done = [f for f in (filled(f, told.get(f.recipient) or sole, state, unsaid=unsaid) for f in findings)]
    failed = [f for f in done if f.state != "delivered"]
    return tuple(failed or done)


def filled(found: Finding, told: Finding | None, state: State, *, unsaid: bool) -> Finding:
    """One finding with its gaps closed."""
    changes: dict[str, object] = {}
    if unsaid and not found.words and (found.enhanced or "").endswith(".0.0"):
        changes["enhanced"] = None
    if told and found.recipient is None:
        changes["recipient"] = told.recipient
    if told and not found.reply and not found.words:
        changes |= {"reply": told.reply, "words": told.words, "evidence": told.evidence, "values": told.values}
        if told.enhanced and (not found.enhanced or found.enhanced.endswith(".0.0")):
            changes["enhanced"] = told.enhanced
        changes["host"] = found.host or told.host
    elif told and not found.reply and told.reply and (not found.enhanced or told.enhanced in (None, found.enhanced)):
        changes["reply"] = told.reply
    if found.phase is None and told:
        changes["phase"] = told.phase
    if found.state == "unknown":
        changes["state"] = state
    return msgspec.structs.replace(found, **changes) if changes else found
