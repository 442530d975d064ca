"""Big files: read in pieces and summed up by cause, so that a log of any size takes the same memory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from bot.answer import Ours, explain
from bot.cli.explaining import Explanation, Found, found
from bot.reading import is_mail
from bot.terms import Diagnosis, Mode
from catalogue import Catalogue

PIECE = 256 * 1024
# A mail or a JSON document stays whole up to here; what a bounce says stands before the mail that it returns.
WHOLE = 2_000_000
SAMPLES = 3
MOST_CAUSES = 500
MBOX = re.compile(rb"^From \S+ {1,9}\w{3} \w{3} {1,2}\d{1,2} ", re.MULTILINE)


class Piece(msgspec.Struct, frozen=True):
    """A part of a file that is read by itself; ``size`` in bytes; ``cut`` whether something is missing at its end.

    A log's lines must look like a server's (``mode``); a mail was given to be explained.
    """

    text: str
    size: int
    mode: Mode = "channel"
    cut: bool = False


class Sum(msgspec.Struct):
    """One cause: its first diagnosis, the most careful advice, how often, and a few of those it was about."""

    diagnosis: Diagnosis
    count: int = 0
    recipients: tuple[str, ...] = ()


class Tally(msgspec.Struct):
    """What a big file says: causes by entry and state; how many lines were read; whether any was cut."""

    sums: dict[tuple[str, str], Sum] = {}
    lines: int = 0
    cut: bool = False

    @property
    def causes(self) -> list[Sum]:
        """The causes, refusals first, then by how often they were met."""
        rank = {"given-up": 0, "unknown": 1, "queued": 2, "delivered": 3}
        return sorted(self.sums.values(), key=lambda s: (rank[s.diagnosis.finding.state], -s.count))


class Counted(Found, frozen=True, gc=False, kw_only=True):
    """A cause as other programs get it: its first finding, and how often it was met."""

    count: int = 1


class Summary(Explanation, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """The explanation of a big file: a finding for each cause; ``cut`` where a cap left something out."""

    lines: int = 0
    cut: bool = False


def pieces(file: IO[bytes], begun: bytes = b"") -> Iterator[Piece]:
    """A file in pieces: a mailbox by mails, a mail or JSON document whole (up to WHOLE bytes), a log by whole lines."""
    begun += file.read(max(0, PIECE - len(begun)))
    start = begun[:6000].decode("utf-8", "replace")
    if MBOX.match(begun) and is_mail(start):
        yield from mails(file, begun)
    elif is_mail(start) or is_document(begun):
        begun += file.read(WHOLE - len(begun))
        more = len(file.read(1))
        yield piece(begun, "asked", cut=bool(more))
    else:
        yield from (piece(part, "channel", cut=cut) for part, cut in logged(file, begun))


def is_document(begun: bytes) -> bool:
    """Whether a file is one JSON value over many lines; JSON lines, an object each, can be read like a log."""
    first = begun.lstrip()[:1]
    line = begun.lstrip().partition(b"\n")[0].rstrip()
    return first == b"[" or (first == b"{" and not line.endswith(b"}"))


def logged(file: IO[bytes], rest: bytes) -> Iterator[tuple[bytes, bool]]:
    """The lines of a log, as many as fit into a piece; a line that is longer than that is cut there."""
    while part := file.read(PIECE):
        rest += part
        if len(rest) < PIECE:
            continue
        whole = rest.rfind(b"\n") + 1
        yield (rest[:whole], False) if whole else (rest, True)
        rest = rest[whole:] if whole else b""
    if rest:
        yield rest, False


def mails(file: IO[bytes], rest: bytes) -> Iterator[Piece]:
    """The mails of a mailbox (mbox), each cut after WHOLE bytes."""
    for part in itertools.chain(iter(lambda: file.read(PIECE), b""), [b""]):
        rest += part
        *done, rest = MBOX.split(rest) if part else [*MBOX.split(rest), b""]
        for mail in done:
            if mail:
                yield piece(mail.partition(b"\n")[2][:WHOLE], "asked", cut=len(mail) > WHOLE, size=len(mail))
        if len(rest) > 2 * WHOLE:
            rest = rest[:WHOLE] + rest[-100:]


def piece(data: bytes, mode: Mode, *, cut: bool, size: int = 0) -> Piece:
    """Bytes as a piece of text: as UTF-8, else as Latin-1."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return Piece(text, size or len(data), mode, cut)


def tally(parts: Iterable[Piece], catalogue: Catalogue, ours: Ours) -> Tally:
    """Everything that the pieces say, summed up; in memory stay the causes, not the findings."""
    made = Tally()
    for part in parts:
        answer = explain(part.text, part.mode, catalogue, ours, offers=False)
        made.lines += part.text.count("\n")
        made.cut = made.cut or part.cut
        for diagnosis in () if answer.silent else answer.diagnoses:
            add(made, diagnosis)
    return made


def add(made: Tally, diagnosis: Diagnosis) -> None:
    """Counts one diagnosis in; the advice on the address is the most careful that was given for its cause."""
    key = (diagnosis.entry.id, diagnosis.finding.state)
    if key not in made.sums:
        if len(made.sums) >= MOST_CAUSES:
            made.cut = True
            return
        made.sums[key] = Sum(diagnosis)
    one = made.sums[key]
    one.count += 1
    to = diagnosis.finding.recipient
    if to and len(one.recipients) < SAMPLES and to not in one.recipients:
        one.recipients += (to,)
    if one.diagnosis.suppress == "yes" and diagnosis.suppress != "yes":
        one.diagnosis = msgspec.structs.replace(
            one.diagnosis, suppress=diagnosis.suppress, suppress_why=diagnosis.suppress_why
        )


def summary(made: Tally) -> Summary:
    """A tally as other programs get it."""
    rows = [Counted(**msgspec.structs.asdict(found(s.diagnosis)), count=s.count) for s in made.causes]
    return Summary(silent=not rows, findings=list(rows), lines=made.lines, cut=made.cut)
