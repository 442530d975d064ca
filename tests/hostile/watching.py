"""What counts as a find: an error in the log, a call that Slack refuses for what is in it, a second answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

from bot.practice import api
from bot.practice.api import METHODS, Refused
from bot.practice.people import JSON
from bot.practice.stage import Stage
from tests.hostile.room import POSTS

REFUSED = "refused"
# What Slack says of places, people and windows ("not_found") that do not exist (any more): no fault of what was sent.
ELSEWHERE = frozenset(
    ("channel_not_found", "not_in_channel", "is_archived", "thread_not_found", "message_not_found", "user_not_found",
     "user_not_in_channel", "already_reacted", "no_reaction", "cant_update_message", "cannot_reply_to_message",
     "function_execution_not_found", "function_execution_not_active", "file_not_found", "invalid_scheduled_message_id",
     "not_found")
)  # fmt: skip


class Finds(list[str]):
    """What was found since it was cleared."""

    def log(self, _logger: object, method: str, event: MutableMapping[str, Any]) -> str:
        """A structlog processor: errors and exceptions are finds; nothing is written."""
        wrong = event.get("exc_info")
        if method in ("error", "critical", "exception") or wrong:
            told = {key: value for key, value in event.items() if key not in ("exc_info", "reference")}
            self.append(f"log {told} {trace(wrong)}")
        raise structlog.DropEvent


class Handler(logging.Handler):
    """Errors that Slack's libraries log are finds too."""

    def __init__(self, finds: Finds) -> None:
        super().__init__(logging.ERROR)
        self._finds = finds

    def emit(self, record: logging.LogRecord) -> None:
        """Notes one."""
        wrong = record.exc_info[1] if record.exc_info else None
        self._finds.append(f"log of {record.name}: {record.getMessage()[:300].strip()} {trace(wrong)}")


def trace(wrong: object) -> str:
    """The kind and the places of an exception."""
    if not isinstance(wrong, BaseException):
        return ""
    frames, at = [], wrong.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        if "/bot/" in code.co_filename or "/catalogue/" in code.co_filename:
            frames.append(f"{code.co_filename.rpartition('/')[2]}:{at.tb_lineno}:{code.co_name}")
        at = at.tb_next
    return f"{type(wrong).__name__}: {str(wrong)[:200]} at {' > '.join(frames[-5:])}"


@contextmanager
def watching(stage: Stage) -> Iterator[Finds]:
    """The finds of all that happens meanwhile; the log is put back as it was."""
    finds, before, handler = Finds(), structlog.get_config(), None
    handler = Handler(finds)
    structlog.configure(
        processors=[finds.log],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=False,
    )
    logging.root.addHandler(handler)
    methods, post = dict(METHODS), stage.hooks.post
    METHODS.update({name: noting(name, method, finds) for name, method in methods.items()})

    def posted(key: str, body: JSON) -> tuple[int, str]:
        if key in stage.hooks._hooks:
            stage.hooks._hooks[key].used = 0
        status, said = post(key, body)
        if status != 200:
            # Nobody saw it: what is said in its place is the one answer.
            stage.calls.append((REFUSED, {}))
        if status != 200 and said != "expired_url":
            finds.append(f"response_url answers {status} {said}: {str(body)[:300]}")
        return status, said

    stage.hooks.post = posted  # type: ignore[method-assign]
    try:
        yield finds
    finally:
        METHODS.update(methods)
        stage.hooks.post = post  # type: ignore[method-assign]
        logging.root.removeHandler(handler)
        structlog.configure(**before)


def markup(value: object) -> Iterator[str]:
    """All texts of a call in which markup counts: its own text, and the mrkdwn in its blocks."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" or "blocks" in value:
            yield str(value.get("text") or "")
        for inner in value.values():
            yield from markup(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from markup(inner)


def noting(name: str, method: api.Method, finds: Finds) -> api.Method:
    """A method of the Web API whose refusals of what it is given are finds."""

    def called(stage: Stage, args: JSON) -> JSON:
        try:
            answer = method(stage, args)
        except Refused as refused:
            stage.calls.append((REFUSED, {}) if name in POSTS else ("", {}))
            if refused.answer["error"] not in ELSEWHERE:
                finds.append(f"{name} refused: {refused.answer} {str(args)[:300]}")
            raise
        if name == "chat.update":
            # A card that was refused as it came with a press, and then written as Slack has it.
            finds[:] = [find for find in finds if not find.startswith(f"{name} refused")]
        return answer

    return called
