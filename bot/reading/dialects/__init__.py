"""The dialects in which bounces are written, most authoritative first: the first that finds something has it.

A new dialect is a file here with one function ``read(page) -> tuple[Finding, ...]`` and one line in ``DIALECTS``.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.reading.dialects import (
    accounting,
    autoreply,
    dsn,
    exim,
    feedback,
    keyed,
    postfix,
    prose,
    qmail,
    queue,
    sendmail,
    webhook,
)
from bot.reading.page import Page
from bot.terms import Finding

DIALECTS: tuple[tuple[str, Callable[[Page], tuple[Finding, ...]]], ...] = (
    # RFC formats: fields with names
    ("webhook", webhook.read),
    ("dsn", dsn.read),
    ("feedback", feedback.read),
    ("queue", queue.read),
    # people's automatic answers, which are no bounces
    ("autoreply", autoreply.read),
    # log lines: one mail a line, with what became of it
    ("postfix", postfix.read),
    ("exim", exim.read),
    ("sendmail", sendmail.read),
    ("qmail", qmail.read),
    ("accounting", accounting.read),
    ("keyed", keyed.read),
    # words for people, and bare replies
    ("prose", prose.read),
)
