"""Coverage-guided fuzzing of the reader: ``pip install atheris``, then ``python -m tests.fuzz.reading -max_total_time=900``.

Each input is read in both modes: nothing may raise, take seconds, or name a code that is not in the text.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

from tests.reading.promises import broken

SHARDS = (
    "550 5.1.1 ", "550-5.7.26 ", "421 ", "4.4.7", "#5.1.1", "smtp;", "said: ", "<a@example.com>", "\n", "\n\n", "\r\n", "    ", "> ",
    "Final-Recipient: rfc822; ", "Action: failed\n", "Status: 5.1.1\n", "Diagnostic-Code: smtp; 550 ", "Reporting-MTA: dns; mx\n",
    "Content-Type: multipart/report; boundary=b\n", "--b\n", "--b--\n", "Content-Type: message/delivery-status\n\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "=35=35=30", "From: MAILER-DAEMON@x.example\n",
    "Subject: Undelivered\n", "To: b@example.com\n", "charset=iso-2022-jp", "charset=utf-7", "charset=idna", "charset=punycode",
    "dsn=5.1.1, status=bounced (host mx[192.0.2.1] said: ", "to=<b@example.com>, ", "stat=Deferred: ", " ** ", " == ", "1abcde-000abc-2D",
    "delivery 1: failure: ", "_550_no/", "b,2026-11-05 10:00:00,", ",FAIL,", '{"', '":', '"diagnosticCode":"', "[", "]", "}", "(", ")",
    "-> ", "returned '", "... while talking to ", "<<< ", ">>> DATA\n", "Feedback-Type: abuse\n", "Received: from x\n", "\u3000", "\x1b$B", "\0",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """Bytes as a text: below 128 they are letters, from 128 on they choose the shards of bounces."""
    return "".join(chr(byte) if byte < 128 else SHARDS[(byte - 128) % len(SHARDS)] for byte in data)


def one(data: bytes) -> None:
    """Reads one input; raises where a promise is broken."""
    text = text_of(data)
    if wrong := broken(text):
        raise AssertionError(f"{wrong}\n{text!r}")


def main() -> None:
    """Runs until libFuzzer's options say to stop."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["bot.reading"]):
        importlib.reload(importlib.import_module("bot.reading"))
    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
