"""The log: one line an event on standard error, and never a word of what people wrote, an address or a token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from bot.masking import mask

TOKEN = re.compile(r"\b(?:xox[a-z]|xapp)-[\w-]+")
# Slack's client and Bolt write whole requests at DEBUG, and at INFO the body of what they cannot place.
QUIET = ("slack", "slack_sdk", "slack_bolt", "uvicorn", "asyncio", "urllib3")


def configure(stream: TextIO = sys.stderr, level: int = logging.INFO) -> logging.Logger:
    """Sends all logs to ``stream`` through the same filter; the logger to give to Slack's libraries."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        masked,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    line = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "logger", "event"], drop_missing=True)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=line, foreign_pre_chain=shared))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    return logging.getLogger("slack")


def frames_only(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
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


def masked(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Masks addresses and takes tokens out of every text of an event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("(token)", mask(value))
    return event
