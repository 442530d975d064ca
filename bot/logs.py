"""The log: one line an event on standard error, and never a word of what people wrote, an address or a token.

What is logged is chosen where it happens (ids, codes, counts); what is below is the second line of defence.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

from bot.masking import mask

Form = Literal["text", "json"]
Event = MutableMapping[str, Any]

TOKEN = re.compile(r"\b(?:xox[a-z]|xapp|xwfp)(?:-|\.)[\w.-]+|hooks\.slack\.com/\S+|/hooks/\S+")
# Slack's client and Bolt write whole requests at DEBUG, and at INFO the body of what they cannot place.
QUIET = ("slack", "slack_sdk", "slack_bolt", "uvicorn", "asyncio", "urllib3")
ORDER = ("timestamp", "level", "logger", "event", "case", "team", "channel", "ts", "kind", "code", "mend")


def configure(stream: TextIO | None = None, level: int = logging.INFO, form: Form = "text") -> logging.Logger:
    """Sends all logs to ``stream`` (standard error) through one filter; the logger to give to Slack's libraries."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, masked, ordered, renderer(form)]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=[*shared, opening]))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    return logging.getLogger("slack")


def renderer(form: Form) -> structlog.typing.Processor:
    """How a line is written: ``key='value'`` for people, or one JSON object for programs."""
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.processors.KeyValueRenderer()


def crashes() -> None:
    """Has what ends a thread or the process logged like any other error: Python itself would print its message."""

    def thread(given: threading.ExceptHookArgs) -> None:
        told(given.exc_value)

    def process(_kind: type[BaseException], wrong: BaseException, _where: object) -> None:
        told(wrong)

    threading.excepthook, sys.excepthook = thread, process


def told(wrong: BaseException | None) -> None:
    """Logs what nobody caught; Ctrl-C is no error."""
    if isinstance(wrong, Exception):
        structlog.get_logger("bot").error("crashed", exc_info=wrong)


def frames_only(_logger: object, _method: str, event: Event) -> Event:
    """Turns an exception into its kind and its places: its message may hold what somebody pasted."""
    wrong = event.pop("exc_info", None)
    if isinstance(wrong, tuple):
        wrong = wrong[1]
    elif wrong is True:
        wrong = sys.exc_info()[1]
    if isinstance(wrong, BaseException):
        frames = traceback.extract_tb(wrong.__traceback__)
        event["exception"] = type(wrong).__name__
        event["at"] = " > ".join(f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames[-12:])
    return event


def opening(_logger: object, _method: str, event: Event) -> Event:
    """Keeps how a library's message begins: what follows a colon or a bracket may quote a request (slack_sdk 3.47)."""
    event["event"] = re.split(r"[:({\[\n]", str(event.get("event", "")), maxsplit=1)[0].strip()[:120]
    return event


def masked(_logger: object, _method: str, event: Event) -> Event:
    """Masks addresses and takes tokens and response URLs out of every value of an event that is no plain number."""
    for key, value in event.items():
        if value is not None and not isinstance(value, bool | int | float):
            event[key] = TOKEN.sub("(secret)", mask(str(value)))
    return event


def ordered(_logger: object, _method: str, event: Event) -> Event:
    """Puts what is read first at the front, and leaves out what is empty."""
    known = {key: event[key] for key in ORDER if event.get(key) not in (None, "")}
    return known | {key: value for key, value in event.items() if key not in ORDER}
