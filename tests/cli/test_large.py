"""Big files are summed up by cause, in the memory of a piece."""

from __future__ import annotations

import io
import json
import pathlib
import subprocess
import sys
import tracemalloc

from bot.answer import Ours
from bot.cli.large import Tally, summary, tally
from bot.reading.pieces import PIECE, pieces
from catalogue import Catalogue

SENT = "250 2.0.0 Ok: queued", "2.0.0", "sent"
FULL = "host mx.example.net[192.0.2.40] said: 552 5.2.2 Mailbox full (in reply to RCPT TO command)", "5.2.2", "bounced"
GREY = (
    "host mx.example.net[192.0.2.40] said: 451 4.7.1 Greylisted, try later (in reply to RCPT TO command)",
    "4.7.1",
    "deferred",
)


def log(lines: int) -> bytes:
    """A Postfix log: of ten mails, seven are delivered, two refused and one put off."""
    kinds = (SENT,) * 7 + (FULL, FULL, GREY)
    rows = []
    for n in range(lines):
        said, dsn, status = kinds[n % 10]
        rows.append(
            f"Nov  6 09:00:01 mx1 postfix/smtp[812]: {n:010X}: to=<u{n}@example.net>, relay=mx.example.net[192.0.2.40]:25,"
            f" delay=1, dsn={dsn}, status={status} ({said})\n"
        )
    return "".join(rows).encode()


def summed(data: bytes, catalogue: Catalogue) -> Tally:
    """What a file says."""
    return tally(pieces(io.BytesIO(data)), catalogue, Ours())


def counts(made: Tally) -> list[tuple[str, str, int]]:
    """State, reason and count of each cause."""
    return [(s.diagnosis.finding.state, s.diagnosis.reason, s.count) for s in made.causes]


def test_a_log_is_summed_up_by_cause(catalogue: Catalogue) -> None:
    """Every refusal of a log is counted once, wherever the pieces end; deliveries are no causes."""
    made = summed(log(6000), catalogue)

    assert counts(made) == [("given-up", "mailboxfull", 1200), ("queued", "greylisting", 600)]
    assert (made.lines, made.cut) == (6000, False)
    assert made.causes[0].recipients == ("u7@example.net", "u8@example.net", "u17@example.net")


def test_nothing_is_lost_where_a_file_is_told_to_be_large(tmp_path: pathlib.Path) -> None:
    """Every line of a log of short lines is counted, also those that were read to see how large the file is."""
    lines = (f"550 5.1.1 <u{n}@example.net>: user unknown" for n in range(30_000))
    (tmp_path / "mail.log").write_text("\n".join(lines), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "bot", "explain", "--json", str(tmp_path / "mail.log")], capture_output=True, check=True
    )
    made = json.loads(said.stdout)

    assert (30_000, False) == (sum(one["count"] for one in made["findings"]), made.get("cut", False))


def peak(data: bytes) -> int:
    """The most memory that taking a file apart needs, in bytes."""
    tracemalloc.start()
    try:
        for _ in pieces(io.BytesIO(data)):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file() -> None:
    """A log four times as large takes the same memory."""
    data = log(40 * PIECE // 150)

    assert peak(data) < 1.2 * peak(data[: len(data) // 4]) < len(data) / 2


def test_every_mail_of_a_mailbox_is_read(catalogue: Catalogue) -> None:
    """A mailbox is read mail by mail; a line of a mail that begins with From is no new mail."""
    bounce = (
        "From MAILER-DAEMON Fri Nov  6 09:00:00 2026\nFrom: MAILER-DAEMON@mx.example.org\nTo: shop@example.com\n"
        "Subject: Undelivered Mail Returned to Sender\nDate: Fri, 6 Nov 2026 09:00:00 +0000\n\n"
        "From what we know, <ann@example.net> could not be reached:\n550 5.1.1 <ann@example.net>: no such user\n\n"
    )

    assert counts(summed((bounce * 40).encode(), catalogue)) == [("given-up", "userunknown", 40)]


def test_json_lines_are_read_like_a_log(catalogue: Catalogue) -> None:
    """Events of a sending service, an object a line."""
    event = '{"email":"u%d@example.net","event":"bounce","reason":"552 5.2.2 Mailbox full","type":"bounce"}\n'

    made = summed("".join(event % n for n in range(4000)).encode(), catalogue)

    assert counts(made) == [("given-up", "mailboxfull", 4000)]


def test_a_cap_that_cut_is_said(catalogue: Catalogue) -> None:
    """A line that is longer than a piece is read in parts, and the summary says that something may be missing."""
    made = summed(b"x" * (3 * PIECE) + b"\n" + log(10), catalogue)

    assert made.cut
    assert counts(made)[0] == ("given-up", "mailboxfull", 2)


def test_the_advice_is_the_most_careful_one(catalogue: Catalogue) -> None:
    """Many unknown users at one domain in one piece lower the advice for the cause in the whole file."""
    line = "Nov  6 09:00:01 mx1 postfix/smtp[8]: 4XkQ1F{n}: to=<u{n}@{domain}>, relay=mx[192.0.2.4]:25, dsn=5.1.1, status=bounced (host mx[192.0.2.4] said: 550 5.1.1 User unknown (in reply to RCPT TO command))\n"
    alone = line.format(n=1, domain="example.org")
    many = "".join(line.format(n=n, domain="example.net") for n in range(20))
    made = summed((alone + log(3 * PIECE // 150).decode() + many).encode(), catalogue)
    [unknown] = [s for s in made.causes if s.diagnosis.reason == "userunknown"]

    assert (unknown.count, unknown.diagnosis.suppress) == (21, "after-confirming")


def test_the_summary_as_json_keeps_the_contract(catalogue: Catalogue) -> None:
    """A finding a cause, with all the contract's keys, and how often it was met."""
    made = summary(summed(log(100), catalogue))

    assert [(f.reply, f.enhanced, f.state) for f in made.findings] == [
        ("552", "5.2.2", "given-up"),
        ("451", "4.7.1", "queued"),
    ]
    assert not made.silent


def test_a_big_file_on_the_command_line(tmp_path: pathlib.Path) -> None:
    """The command line sums a big file up: counts for people, JSON for programs, no progress bar where it is piped."""
    file = tmp_path / "mail.log"
    file.write_bytes(log(8000))
    for_people, for_programs = (
        subprocess.run([sys.executable, "-m", "bot", "explain", *words, str(file)], capture_output=True, check=False)
        for words in ((), ("--json",))
    )
    made = json.loads(for_programs.stdout)

    assert (for_people.returncode, for_people.stderr) == (0, b"")
    assert b"8,000 lines read, 2,400 refusals and delays, 2 causes" in for_people.stdout
    assert [f["count"] for f in made["findings"]] == [1600, 800]
    assert made["lines"] == 8000
