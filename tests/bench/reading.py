"""How fast the reader is: beside flufl.bounce and two regular expressions, and how its time grows with hostile texts.

``python -m tests.bench.reading`` prints ratios of one run; they are noisy on a busy machine, so compare several.
"""

from __future__ import annotations

import email
import email.message
import json
import math
import pathlib
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import msgspec
from flufl.bounce import scan_message

from bot.answer import Ours
from bot.explained import Given, explanation
from bot.reading import read
from bot.terms import Mode
from catalogue import load

CORPUS = pathlib.Path(__file__).parent.parent / "corpus"
REPLY = re.compile(r"\b[245]\d\d\b")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
ROUNDS = 5
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
# A text of which one reading takes longer than this is not read at the next size.
PATIENCE = 1.0
SHOWN = 20


def hostile(kind: str, size: int) -> str:
    """A text of about this size that is made to be slow to read."""
    return (HOSTILE[kind] * (size // len(HOSTILE[kind]) + 1))[:size]


NOTICE = "From: MAILER-DAEMON@a.example\nTo: b@example.com\nSubject: Undelivered\nMessage-ID: <1@a.example>\n"
HOSTILE = {
    "nested quotes": "> " * 40 + "\n",
    "one line of quotes": ">" * 100,
    "opening brackets": "<" * 100,
    "square brackets": "[" * 100,
    "long digits": "5501234567",
    "codes without a space": "550550550 ",
    "dotted digits": "5.1.",
    "reply codes": "550 ",
    "reply codes and words": "550 5.1.1 no ",
    "continuation lines": "550-5.1.1 no\n",
    "nearly a pair": "550 5.1.x ",
    "at signs": "@",
    "nearly an address": "a.b-c@",
    "addresses": "a@b.example ",
    "an address a line": "ann@example.com\n",
    "dots and names": "a.b.c.d.",
    "nearly a host": "host mx.example.com ",
    "brackets with addresses": "mx.example.com [192.0.2.1] ",
    "nearly a Postfix line": "to=<a@b.example>, relay=x, status ",
    "Postfix without an end": "to=<a@b.example>, dsn=5.1.1, status=bounced (",
    "nearly a Sendmail line": "to=<a@b.example>, relay=x, stat ",
    "Sendmail lines": "to=a@b.example, dsn=5.1.1, stat=User unknown\n",
    "Exim marks": "1tAbCd-0001aB-2C ** ",
    "Exim rejections": "H=x rejected RCPT ",
    "nearly a delivery of qmail": "delivery 1: failure ",
    "commas": ",",
    "nearly a tracking row": "2026-11-06T09:00:00Z,,,,,,,,FAIL",
    "said": "said: said: ",
    "host said": "host a[b] said: ",
    "arrows": "-> => ",
    "headers": "X-A: b\n",
    "headers that go on": "X-A: b\n ",
    "a mail with endless headers": "Received: x\n",
    "status fields": "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n",
    "nearly status fields": "Final-Recipient\n",
    "a base64 wall": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZn\n",
    "line ends": "\n",
    "spaces": " ",
    "tabs and line ends": "\t\n",
    "rules": "--------",
    "boundaries": "--b\n",
    "nested JSON": "[",
    "nested objects": '{"a":',
    "JSON strings": '{"event": "bounce", "reason": "550 ',
    "quotation marks": "\"'",
    "opening quotation marks": "“550 ",
    "encoded words": "=?utf-8?q?a?= ",
    "nearly encoded words": "=?utf-8?q?a",
    "tags": "<a ",
    "style": "<style>",
    "sums of money": "550 EUR, ",
    "times": "in 5 minutes ",
    "IPv6": "1:2:3:4:",
    "IPv4": "192.0.2.1.",
    "checks": "SPF [a] with ip: [b] = ",
    "limits": "limit limit ",
    "generated from": "(generated from ",
    "mailq": "(host said 550 no)\n a@b.example\n",
    "zero-width": "\u200b5",
}
MAILS = {
    "a mail of it": NOTICE + "\n",
    "a multipart without an end": NOTICE
    + "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/plain\n\n",
    "a base64 part of it": NOTICE + "Content-Transfer-Encoding: base64\n\n",
    "a quoted-printable part of it": NOTICE + "Content-Transfer-Encoding: quoted-printable\n\n",
    "HTML of it": NOTICE + "Content-Type: text/html\n\n",
}
INSIDE = ("headers", "reply codes and words", "tags", "spaces", "rules", "boundaries")


def shaped(name: str, size: int) -> str:
    """The hostile text of a kind, or of a mail round one kind: "a mail of it: headers"."""
    frame, _, kind = name.rpartition(": ")
    return MAILS.get(frame, "") + hostile(kind, size)


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def slope(name: str, mode: Mode, sizes: Sequence[int] = SIZES) -> tuple[float, float]:
    """How log time grows with log size (least squares over the sizes), and the seconds of the largest text."""
    points: list[tuple[float, float]] = []
    took = 0.0
    for size in sizes:
        text = shaped(name, size)
        took = min(seconds(partial(read, text, mode)) for _ in range(3 if size < 1_000_000 else 1))
        points.append((math.log(size), math.log(took)))
        if took > PATIENCE:
            break
    return statistics.linear_regression(*zip(*points, strict=True)).slope, took


def slopes(sizes: Sequence[int] = SIZES) -> list[tuple[float, float, str, Mode]]:
    """Slope and seconds of every kind in both modes, the steepest first."""
    names = [*HOSTILE, *(f"{frame}: {kind}" for frame in MAILS for kind in INSIDE)]
    modes: tuple[Mode, Mode] = ("asked", "channel")
    return sorted(((*slope(name, mode, sizes), name, mode) for name in names for mode in modes), reverse=True)


def different(texts: Sequence[str], count: int, mode: Mode) -> list[bytes]:
    """As many rows as asked for, no two the same."""
    rows = ({"id": str(n), "text": f"{texts[n % len(texts)]} (ref {n:x})", "mode": mode} for n in range(count))
    return [json.dumps(row).encode() for row in rows]


def two_regexes(rows: Iterable[bytes]) -> None:
    """The yardstick: the first numbers that look like codes."""
    for row in rows:
        text = json.loads(row)["text"]
        found: list[Any] = [m and m[0] for m in (REPLY.search(text), ENHANCED.search(text))]
        json.dumps({"findings": found})


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as fast ours is: the median of pairs that run in turn."""
    return statistics.median(seconds(theirs) / seconds(ours) for _ in range(ROUNDS))


def main() -> None:
    """Prints the ratios, then the slopes."""
    catalogue, none = load(), Ours()
    decode, encode = msgspec.json.Decoder(Given).decode, msgspec.json.Encoder().encode

    def explained(rows: Iterable[bytes]) -> None:
        for row in rows:
            encode(explanation(decode(row), catalogue, none))

    mails = [path.read_bytes().decode("utf-8", "replace") for path in sorted(CORPUS.glob("*/*.eml"))]
    records = CORPUS.joinpath("scraps.txt").read_text(encoding="utf-8").split("\n%% ")[1:]
    lines = [record.partition("\n")[2] for record in records]
    chat = CORPUS.joinpath("talk.txt").read_text(encoding="utf-8").splitlines()[1:]
    raw = [f"{mails[n % len(mails)]}\n(ref {n:x})" for n in range(20 * len(mails))]
    rows = [msgspec.json.encode(Given(text)) for text in raw]
    parsed: list[email.message.Message] = [email.message_from_string(text) for text in raw]
    yardsticks: dict[str, tuple[list[bytes], Callable[[], object]]] = {
        "mails, flufl.bounce parsing and scanning": (
            rows,
            lambda: [scan_message(email.message_from_string(t)) for t in raw],
        ),
        "mails, flufl.bounce scanning parsed mails": (rows, lambda: [scan_message(mail) for mail in parsed]),
    }
    kinds: tuple[tuple[str, list[str], Mode], ...] = (("lines", lines, "asked"), ("chat", chat, "channel"))
    for kind, texts, mode in kinds:
        given = different(texts, 5_000, mode)
        yardsticks[f"{kind}, two regular expressions"] = given, partial(two_regexes, given)
    print("times as fast as theirs (more is faster)")
    for name, (given, theirs) in yardsticks.items():
        print(f"  {ratio(partial(explained, given), theirs):6.2f}  {name}")
    print(
        f"slope of time over size, {SIZES[0]:,} to {SIZES[-1]:,} characters (1 is linear), the steepest kinds of hostile text"
    )
    for steep, took, name, mode in slopes()[:SHOWN]:
        print(f"  {steep:5.2f}  {took:7.3f} s  {mode:8} {name}")


if __name__ == "__main__":
    main()
