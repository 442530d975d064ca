"""Everything written for people: notices of any mail server, transcripts, and bare replies."""

from __future__ import annotations

import re

import msgspec

from bot.reading.codes import asked_about, statuses
from bot.reading.context import ADDRESS, addresses, first_address, host_of, phase_of, state_of, told, unkeyed
from bot.reading.mail import Mail
from bot.reading.page import Page
from bot.reading.reply import Reply, one_line, parse
from bot.reading.values import values_of
from bot.terms import Finding

# A line that names whose delivery the following lines are about.
ABOUT = re.compile(
    r"^[ \t>*•-]*(?:(?:to|(?:failed )?recipient|address|unknown user|user|<<<|\(generated from|local mailbox)[ \t:]+"
    r"|.{0,60}\b(?:mail|message|deliver\w*)\b[^@\n]{0,80}\bto:?[ \t]*|[^@\n]{3,60}:[ \t]*(?=[<\[]?[^\s@]+@\S+\s*$)|.{0,60}addressed to[ \t]+|.{0,80}\bdda:SMTP=)?"
    r"[\"'(<\[]*(?:(?:mailto|rfc822|smtp):)?(?P<to>[^\s<>\"'(),;:=\[\]]+@[\w-]+(?:\.[\w-]+)*)[\"'>)\]]*(?P<rest>.*)$",
    re.IGNORECASE,
)
HEADERISH = re.compile(
    r"^[ \t>]*(?:from|reply-to|sender|cc|date|subject|message-id|x-[\w-]+|contact|for further|if you)\b", re.IGNORECASE
)
# Exchange quotes To, Subject and Sent of the returned mail before it says whom it did not reach.
TO = re.compile(r"^[ \t>]*To:", re.IGNORECASE)
SUBJECT = re.compile(r"^[ \t>]*Subject:", re.IGNORECASE)
# Between the parts of a notice: after a reply, what follows is about something else.
SEPARATOR = re.compile(r"[ \t]*([*=_~-])\1{7,}[ \t]*$")
# "----- Transcript of session follows -----"
HEADING = re.compile(r"[ \t]*-{3,} ?[A-Z][\w ']{3,60} -{3,}[ \t]*$")
# A reply broken between its code and its words: "host mx.example.com said: 550", and the address on the next line.
ENDS_IN_CODE = re.compile(r"\b(?:[45]\d\d|[45]\.\d{1,3}\.\d{1,3})[ \t]*$")
# Exim: "SMTP error from remote mail server after MAIL FROM:<shop@example.com>:" is about the recipient above it.
COMMAND = re.compile(r"\bafter (?:initial connection|[A-Z]{4,8}\b|end of data)", re.IGNORECASE)
# Exim names the address that an alias led to, and under it the alias.
GENERATED = re.compile(r"\s*\(?generated (?:from|by)", re.IGNORECASE)
RETURNED_TO = re.compile(r"^[ \t>]{0,20}To:[ \t]*(?P<to>.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
# AOL until 2010: "Your mail to the following recipients could not be delivered …:", and the local part alone.
LOCAL = re.compile(
    r"\b(?:recipients?|address(?:es)?|users?)\b[^:@]{1,200}(?:@[^:@\s]{1,80})?:\s{0,9}\n\s{0,9}(?P<name>[A-Za-z0-9][\w.+-]{0,62})[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)
LONGEST = 4000
# A reply in a JSON string; a number alone there is a web server's status, a count, an id.
DOCUMENT = re.compile(r"\s{0,200}(?:\{\s{0,200}\"|\[\s{0,200}[{\[\"])")
IN_JSON = re.compile(r"[45]\d\d[ -]{1,3}(?:[45]\.\d{1,3}\.\d|[^\W\d])|[45]\.\d{1,3}\.\d{1,3} [A-Za-z<]")
MOST_LISTED = 400_000


class Block(msgspec.Struct):
    """Recipients named together, and the lines after them."""

    to: list[str]
    lines: list[str]
    lead: str = ""
    closed: bool = False
    begun: bool = False

    def add(self, line: str) -> None:
        """One more line; the block has begun with the first that holds words."""
        self.lines.append(line)
        self.begun = self.begun or bool(line.strip(" :-=*"))


def read(page: Page, *, fallback: bool = False) -> tuple[Finding, ...]:
    """A finding for each recipient a notice names, else one for each reply in the text.

    ``fallback``: also where a block holds words only; they may be what a report's fields leave out.
    """
    text = page.text
    if not page.asked and DOCUMENT.match(text) and not IN_JSON.search(text):
        return ()
    if page.mail or text.count("\n") > 1:
        found = [f for block in blocks(text) for f in about(block, text, page, fallback)]
        if found:
            return with_reply(one_each(found), text)
    found = one_each(each_line(text, page)) if "\n" in text else []
    if len({f.recipient for f in found}) > 1:
        return tuple(found)
    return bare(text, page)


def each_line(text: str, page: Page) -> list[Finding]:
    """A finding for each line that names a recipient and holds a refusing code: a list, or any program's log."""
    lines = [line for line in text[:MOST_LISTED].split("\n") if "@" in line]
    found = []
    for line in lines if len(lines) > 1 else []:
        reply = parse(line)
        if (reply.reply or reply.enhanced) and refuses(reply) and (to := first_address(line)):
            state, phase = told(line)
            found.append(
                Finding(
                    reply=reply.reply,
                    enhanced=reply.enhanced,
                    words=reply.words[:2000],
                    evidence=one_line(line)[:500],
                    state=state if state != "unknown" else page.state(reply.reply or reply.enhanced),
                    recipient=to,
                    host=host_of(line),
                    phase=phase,
                    dialect=name_of(page),
                    values=values_of(reply.words[:600]),
                )
            )
    return found


def one_each(found: list[Finding]) -> list[Finding]:
    """The findings without those that tell of the same again: a notice names a recipient in its words and in its details."""
    kept: dict[tuple[str | None, str | None, str | None], Finding] = {}
    coded = {f.recipient for f in found if f.reply or f.enhanced}
    for f in found:
        if f.reply or f.enhanced or f.recipient not in coded:
            key = (f.recipient, f.reply, f.enhanced)
            # "Status code: 550 5.1.10" says less than "Error: 550 5.1.10 RESOLVER.ADR…" further down.
            if key not in kept or not on_its_line(kept[key]):
                kept[key] = f
    return list(kept.values())


def on_its_line(found: Finding) -> bool:
    """Whether words follow the code in the line that holds it."""
    return not ENDS_IN_CODE.search(found.evidence)


def with_reply(found: list[Finding], text: str) -> tuple[Finding, ...]:
    """The findings, with the reply that a notice gives once, before it names the recipients."""
    if any(f.reply or f.enhanced for f in found):
        return tuple(found)
    reply = parse(text[:LONGEST])
    if not refuses(reply):
        return tuple(found)
    line = evidence(text, reply.reply or reply.enhanced)
    return tuple(
        msgspec.structs.replace(f, reply=reply.reply, enhanced=reply.enhanced, words=reply.words, evidence=line)
        for f in found
    )


def refuses(reply: Reply) -> bool:
    """Whether a reply holds a code that refuses or puts off; a 2xx in a notice is a size or a count."""
    return (reply.reply or reply.enhanced or "2")[0] in "45"


def blocks(text: str) -> list[Block]:
    """The notice cut at the lines that name a recipient; what comes before the first is dropped."""
    cut: list[Block] = []
    lines = text.split("\n")
    for before, line, following in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        quoted = HEADERISH.match(line) or (SUBJECT.match(following) and TO.match(line))
        m = ABOUT.match(line) if "@" in line and not quoted and not ENDS_IN_CODE.search(before) else None
        if m and COMMAND.search(line, 0, m.start("to")):
            m = None
        if m and not parse_codes(line[: m.start("to")]):
            rest = m["rest"].strip(" :.,")
            if cut and not cut[-1].begun:
                if not GENERATED.match(line):
                    cut[-1].to.append(m["to"])
            else:
                # Domino 4 puts the reason on the line above the address.
                cut.append(Block([m["to"]], [], one_line(line[: m.start("to")]) or one_line(before)))
            cut[-1].add(rest)
        elif cut and not cut[-1].closed:
            if SEPARATOR.match(line):
                cut[-1].closed = parse_codes("\n".join(cut[-1].lines))
            elif not HEADING.match(line):
                cut[-1].add(line)
    return cut


def parse_codes(text: str) -> bool:
    """Whether a code stands in a text: then the address after it belongs to a reply."""
    return bool(re.search(r"\b[45]\d\d\b|\b[45]\.\d\.\d", text))


def about(block: Block, text: str, page: Page, fallback: bool) -> list[Finding]:
    """What a block says of each of its recipients."""
    body = "\n".join(block.lines).strip()[:LONGEST]
    reply = parse(body)
    if not refuses(reply) or not (reply.reply or reply.enhanced):
        reply = Reply(None, None, f"{block.lead} {one_line(body)}".strip(" <>\"'(["))
    if not (reply.reply or reply.enhanced) and not (fallback or page.mail):
        return []
    state = state_of(body)
    told = Finding(
        reply=reply.reply,
        enhanced=reply.enhanced,
        words=reply.words[:2000],
        evidence=evidence(body, reply.reply or reply.enhanced),
        state=state if state != "unknown" else page.state(reply.reply or reply.enhanced),
        host=host_of(body),
        phase=phase_of(body),
        dialect=name_of(page),
        values=values_of(reply.words[:600]),
    )
    return [msgspec.structs.replace(told, recipient=to.strip(".")) for to in dict.fromkeys(block.to)]


def bare(text: str, page: Page) -> tuple[Finding, ...]:
    """A reply without a notice round it: one line, several lines of one reply, or a code in a question."""
    head = text[:LONGEST]
    reply = parse(head if page.mail else text[:40_000])
    if not (reply.reply or reply.enhanced):
        code = asked_about(text) if page.asked and len(text) < 300 and not page.mail else None
        if code is None and not page.mail and not server_words(text):
            return ()
        reply = msgspec.structs.replace(reply, reply=code.reply if code else None)
    return (
        Finding(
            reply=reply.reply,
            enhanced=reply.enhanced,
            words=reply.words[:2000],
            evidence=evidence(text, reply.reply or reply.enhanced),
            state=page.state(reply.reply or reply.enhanced),
            recipient=named_first(reply.words) or failed_recipient(page.mail) if page.mail else first_address(head),
            host=host_of(head),
            phase=page.told[1] if len(head) == len(text) else phase_of(head),
            dialect=name_of(page),
            values=values_of(reply.words[:600]),
        ),
    )


def named_first(words: str) -> str | None:
    """The address that a reply begins with, as in "550 <ann@example.com>... User unknown"; None where none does."""
    found = ADDRESS.match(words.lstrip("<"))
    return unkeyed(found[0]) if found else None


def name_of(page: Page) -> str:
    """A mail that tells about another one is a notice; anything else is prose."""
    return "notice" if page.mail and page.mail.is_report else "prose"


def failed_recipient(mail: Mail) -> str | None:
    """Whom a report without fields is about: the header that Exim and Gmail write, else the returned mail's only To."""
    named = addresses(mail.headers.get("x-failed-recipients", ""))
    for text in (mail.returned, mail.notice):
        to = None if named else RETURNED_TO.search(text)
        named = addresses(to["to"]) if to else named
    if not named and (local := LOCAL.search(mail.notice)):
        daemon = addresses(mail.headers.get("from", ""))
        named = [f"{local['name']}@{daemon[0].partition('@')[2].lower()}"] if daemon else []
    return named[0] if len(named) == 1 else None


def server_words(text: str) -> bool:
    """Whether a text without codes may still be a server's words: kept for the catalogue to decide."""
    return len(text) < 2000 and not statuses(text) and bool(text.strip())


def evidence(text: str, code: str | None) -> str:
    """The line that holds the code, with the lines that continue its reply, as one line of at most 500 characters."""
    if "\n" not in text:
        return one_line(text.strip(" \t>"))[:500]
    lines = [line.strip(" \t>") for line in text.split("\n") if line.strip()]
    at = next((n for n, line in enumerate(lines) if code and code in line), 0)
    kept = lines[at : at + 1]
    for line in lines[at + 1 : at + 12]:
        if not (code and line.startswith(code)):
            break
        kept.append(line)
    return one_line(" ".join(kept))[:500]
