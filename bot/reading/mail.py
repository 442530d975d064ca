"""Takes a whole mail apart, only as far as a bounce needs: headers, notice, status fields, what was returned."""

from __future__ import annotations

import binascii
import html
import quopri
import re
from collections.abc import Iterator

import msgspec

HEADER = re.compile(r"[!-9;-~]+[ \t]*:")
MAIL_HEADERS = re.compile(
    r"^(?:Return-Path|Received|From|To|Date|Subject|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[\w-]+"
    r"|Auto-Submitted|Reply-To|Sender|Content-Transfer-Encoding|DKIM-Signature|Errors-To)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s;\"]+))", re.IGNORECASE)
GUESSED = re.compile(r"^--(\S.*?)[ \t]*\r?\n(?:Content-|MIME-)", re.MULTILINE | re.IGNORECASE)
RETURNED = re.compile(
    r"^[ \t>]{0,80}(?:"
    r"-{2,}[ \t]*(?:Below (?:this|the next) line is a copy|This is a copy of (?:the|your) message|Original message|"
    r"Unsent message|Returned (?:message|mail)|The header of the original|Original Message|Message (?:header|text) follows|"
    r"Begin (?:returned|original)|Headers? of (?:the )?original|The (?:body|headers?) of|Undelivered Message|The attached file|"
    r"Nachricht|Message d'origine|Mensaje original|Enclosed is|Included is|Here are the)"
    r"|Original message (?:follows|headers)|Message headers follow|The original message (?:follows|headers)"
    r"|Original message (?:headers|details):|Received:[ \t]*(?:from|by|\()|Below is a copy of the (?:original )?message"
    r"|[- ]{0,80}START OF RETURNED MESSAGE|Your (?:original )?message (?:follows|is (?:enclosed|attached))|\*+ (?:Start|Beginning) of (?:original|returned)"
    r"|The first \d+ lines of the|Text of your message follows|Mail-from:|Return-Path:|\[Message header follows\]"
    r").*$",
    re.IGNORECASE | re.MULTILINE,
)
TAGS = re.compile(r"<(?:!--.*?--|/?[a-z][^<>]{0,2000})>", re.IGNORECASE | re.DOTALL)
BREAKS = re.compile(r"<(?:br|/p|/tr|/div|/li|/h\d|/td)\b[^<>]{0,200}>", re.IGNORECASE)
HIDDEN = re.compile(r"<(style|script|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
REPORTER = re.compile(
    r"mailer-daemon|postmaster|mail[ _.-]?delivery|maildaemon|mail administrator|mdaemon|smtp-?gateway|mailer@"
    r"|^<>|mail system|bounce|exchange",
    re.IGNORECASE,
)
# Mail.ru's daemon marks its bounces as auto-replied, which people's automatic answers are (seen 2012).
DAEMON = re.compile(r"mailer-daemon@", re.IGNORECASE)
BOUNCE_SUBJECT = re.compile(
    r"undeliver|deliver(?:y|ed)?.{0,20}(?:fail|status|problem|error|notif|delay|warning|report)|returned mail|mail.{0,10}(?:fail|error|return)"
    r"|failure (?:notice|delivery|notification)|could ?n[o']t be (?:sent|delivered)|not delivered|bounce|non remis|unzustellbar|"
    r"no se (?:ha )?pud?o|échec|delivery to|nondeliverable|undeliverable|message (?:status|delay|undeliver)|spam report|abuse|complaint about",
    re.IGNORECASE,
)
TELLS = re.compile(
    r"could not be delivered|couldn't be delivered|unable to deliver|not able to deliver|delivery (?:has )?failed|wasn't delivered"
    r"|was not delivered|undeliverable|invalid user address|did not reach|cannot be delivered|送信できませんでした|no such user",
    re.IGNORECASE,
)
AUTOMATIC = re.compile(
    r"out of (?:the )?office|auto(?:matic|-)? ?(?:repl|response|answer)|^auto:|vacation|abwesen|absence|afwezig|fuera de la oficina"
    r"|respuesta autom|réponse automatique|risposta automatica|resposta autom|自動応答|自動返信|自动回复|автоответ",
    re.IGNORECASE,
)
CODED = re.compile(r"\b[45]\d\d[ -]|[45]\.\d{1,3}\.\d")
PREAMBLE = 300
LONGEST_HEADER = 8_000
NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
WORD = re.compile(r"=\?(?P<charset>[\w.:*-]{1,40})\?(?P<how>[BbQq])\?(?P<text>[^?\s]{0,500})\?=\s?")
REPORTING = re.compile(
    r"^[ \t>]*(?:Reporting-MTA|Final-Recipient|Original-Recipient)[ \t]*[:=]", re.IGNORECASE | re.MULTILINE
)
DEEPEST = 6
MOST_PARTS = 60


class Mail(msgspec.Struct):
    """A mail in pieces: ``notice`` the words for people, ``status`` the report's fields, ``returned`` the original."""

    headers: dict[str, str]
    notice: str = ""
    status: str = ""
    feedback: str = ""
    returned: str = ""

    @property
    def is_report(self) -> bool:
        """Whether the mail tells about another one: a report's parts, a mailer's name or a bounce's subject."""
        head = self.headers
        if (
            self.status
            or self.feedback
            or "x-failed-recipients" in head
            or "multipart/report" in head.get("content-type", "").lower()
        ):
            return True
        if self.answers:
            return False
        senders = " ".join(head.get(name, "") for name in ("from", "return-path", "sender"))
        if self.returned and TELLS.search(self.notice):
            return True
        return bool(REPORTER.search(senders) or BOUNCE_SUBJECT.search(head.get("subject", "")))

    @property
    def answers(self) -> bool:
        """Whether it is marked as somebody's automatic answer, by its subject or its header (RFC 3834)."""
        head = self.headers
        if AUTOMATIC.search(head.get("subject", "")):
            return True
        marked = head.get("auto-submitted", "").lower().startswith("auto-replied")
        return marked and not DAEMON.search(" ".join(head.get(name, "") for name in ("from", "return-path", "sender")))

    @property
    def is_automatic(self) -> bool:
        """Whether it is a person's automatic answer: marked so, and with no report in it."""
        return self.answers and not self.is_report


def is_mail(text: str) -> bool:
    """Whether a text begins as a mail does: with header lines, at least three of them known ones."""
    start = text.lstrip("\ufeff \r\n")[:6000]
    first = start[5 + start.find("\n", 0, 400) - 4 :] if start.startswith("From ") else start
    first = first.lstrip("\r\n")
    if not HEADER.match(first):
        return False
    head = first.partition("\n\n")[0].partition("\r\n\r\n")[0]
    return len(set(m.group().lower() for m in MAIL_HEADERS.finditer(head))) >= 3


def split(text: str) -> Mail:
    """A mail taken apart; never raises, whatever is broken in it."""
    text = text.lstrip("\ufeff \r\n").replace("\r\n", "\n")
    if text.startswith("From "):
        text = text.partition("\n")[2]
    head, _, body = text.partition("\n\n")
    headers = read_headers(head)
    headers |= {name: unworded(headers[name]) for name in ("subject", "from") if name in headers}
    found = Mail(headers)
    kind = headers.get("content-type", "text/plain")
    for sub_kind, content, raw_headers in parts(kind, body, headers, 0):
        place(found, sub_kind, content, raw_headers)
    return found


def innermost(text: str) -> Mail:
    """A mail taken apart; where it only encloses a report that says more than itself (a bounce of a bounce), that one."""
    found = split(text)
    if found.status or found.feedback or CODED.search(found.notice) or not is_mail(found.returned):
        return found
    inner = split(found.returned)
    return inner if inner.status or (inner.is_report and CODED.search(inner.notice)) else found


def place(found: Mail, kind: str, content: str, headers: dict[str, str]) -> None:
    """Puts one part where it belongs."""
    if "delivery-status" in kind or (
        "Final-Recipient" in content[:3000] and "rfc822" not in kind and "html" not in kind
    ):
        found.status += content + "\n\n"
        if "delivery-status" not in kind:  # the parts of a report whose MIME is broken stand in one text
            found.notice += REPORTING.split(content, maxsplit=1)[0] + "\n"
    elif "feedback-report" in kind:
        found.feedback += content + "\n"
    elif "rfc822" in kind or "global-headers" in kind:
        found.returned += content + "\n"
    elif "html" in kind:
        if not found.notice.strip():
            found.notice = plain(content)
    elif kind.startswith("text/") or not kind:
        words, _, rest = cut(content)
        found.notice += words + "\n"
        found.returned += rest


def own_words(text: str) -> str:
    """A pasted text up to where the returned original begins, if something stands before that."""
    if "\n" not in text:
        return text
    words, _, _ = cut(text.replace("\r\n", "\n"))
    return words if words.strip() else text


def cut(text: str) -> tuple[str, str, str]:
    """What a notice says, the line that ends it, and the returned mail after it."""
    for m in RETURNED.finditer(text):
        if text[: m.start()].strip():
            return text[: m.start()], m[0], text[m.end() :]
    return text, "", ""


def unworded(text: str) -> str:
    """A header's text with its encoded words (RFC 2047) undone."""
    return WORD.sub(lambda m: word(m["charset"], m["how"], m["text"]), text) if "=?" in text else text


def word(charset: str, how: str, text: str) -> str:
    """One encoded word as text, as far as it can be."""
    raw = text.encode("ascii", "replace")
    raw = from_base64(raw) if how in "bB" else quopri.decodestring(raw, header=True)
    return as_text(raw, charset.partition("*")[0])


def as_text(raw: bytes, charset: str) -> str:
    """Bytes in a charset as text; as UTF-8, else as Latin-1, where it is unknown or wrong."""
    for name in (charset or "utf-8", "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):  # ValueError: also what the codecs "idna" and "punycode" raise
            continue
    return raw.decode("latin-1")


def read_headers(head: str) -> dict[str, str]:
    """Header fields, unfolded, by their lower-case names; the first of a name wins."""
    fields: dict[str, str] = {}
    name = ""
    for line in head.split("\n"):
        if line[:1] in " \t" and name:
            if len(fields[name]) < LONGEST_HEADER:
                fields[name] += " " + line.strip()
        elif ":" in line:
            key, _, value = line.partition(":")
            key = key.strip().lower()
            name = key if key not in fields else ""
            if name:
                fields[name] = value.strip()
    return fields


def parts(kind: str, body: str, headers: dict[str, str], depth: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The leaves of a mail's tree as (type, decoded text, headers), also where the boundary is missing or wrong."""
    low = kind.lower()
    sections = sections_of(kind, body) if depth < DEEPEST else []
    if not sections:
        yield low.partition(";")[0].strip(), decoded(body, headers, kind), headers
        return
    for section in (
        raw.lstrip("\n") if raw.startswith("\n\n") else raw.removeprefix("\n") for raw in sections[:MOST_PARTS]
    ):
        head, blank, content = section.partition("\n\n")
        inner = read_headers(head) if HEADER.match(head) else {}
        if not inner:
            yield "text/plain", section, {}
            continue
        sub = inner.get("content-type", "text/plain")
        if sub.lower().startswith("multipart/"):
            yield from parts(sub, content, inner, depth + 1)
        else:
            yield sub.lower().partition(";")[0].strip(), decoded(content if blank else "", inner, sub), inner


def sections_of(kind: str, body: str) -> list[str]:
    """The sections between a multipart's boundaries: the declared one, else the one that the body shows."""
    declared = BOUNDARY.search(kind)
    boundary = next((g for g in declared.groups() if g), "") if declared else ""
    if not boundary or f"--{boundary}" not in body:
        guessed = GUESSED.search(body)
        if not guessed or ("multipart" not in kind.lower() and guessed.start() > PREAMBLE):
            return []
        boundary = guessed[1].removesuffix("--")
    preamble, *rest = ("\n" + body).split(f"\n--{boundary}")
    inner = [section for section in rest if not section.startswith("--")]
    return ([preamble] if "@" in preamble else []) + inner


def decoded(body: str, headers: dict[str, str], kind: str) -> str:
    """A part's text with its transfer encoding and charset undone, as far as they can be."""
    encoding = headers.get("content-transfer-encoding", "").lower()
    charset = CHARSET.search(kind)
    name = charset[1].lower() if charset else ""
    raw = as_bytes(body, name)
    if "quoted-printable" in encoding:
        raw = quopri.decodestring(raw)
    elif "base64" in encoding:
        raw = from_base64(raw)
    elif body.isascii() and "iso-2022" not in name:
        return body
    return as_text(raw, name).replace("\r\n", "\n")


def from_base64(raw: bytes) -> bytes:
    """Base64 undone, also where its end was cut off; the bytes as they are where they are none."""
    try:
        return binascii.a2b_base64(raw)
    except (binascii.Error, ValueError):
        letters = NO_BASE64.sub(b"", raw)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4]) if len(letters) > 0.9 * len(raw) else raw


def as_bytes(body: str, charset: str) -> bytes:
    """The bytes that a part's text was; where a file was read as Latin-1, in whatever charset they are."""
    if charset and not body.isascii():
        try:
            return body.encode("latin-1")
        except UnicodeEncodeError:  # somebody decoded it well: the charset that it says was undone
            return body.encode("utf-8", "surrogateescape")
    return body.encode("utf-8", "surrogateescape")


def plain(markup: str) -> str:
    """An HTML notice as text: tags gone, their line breaks kept."""
    bare = TAGS.sub("", BREAKS.sub("\n", HIDDEN.sub("", markup[:400_000])))
    return html.unescape(bare)
