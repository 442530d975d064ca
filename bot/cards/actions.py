"""Buttons: their ids, and the case that travels in their values. Ids and the format's number survive an upgrade."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from bot.terms import Case

ASK = re.compile(r"^ask\.")
MENU = "ask.menu"
CAUSE = "ask.cause"
POST = "post.card"
SHARE = "share.answer"
CHECK = "check.dns"
# "quiet" is an option of a card's menu, SPEAK the button that ends it.
QUIET, SPEAK, SPEAK_MARK = "quiet", "quiet.off", "1"
EVENT = "smtp_bot_case"
FORMAT = "1"
VALUE = 2000
THREAD = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
OPTION = 150
SMALL = ("entry", "reply", "enhanced", "state", "basis", "outlook", "actor", "retry", "suppress")


# Made while the module is imported: see bot.slack.door on structs and threads.
CASES = msgspec.json.Decoder(Case)


class CaseError(Exception):
    """A button's value that is no case (any more); the message says what to do."""

    def __init__(self) -> None:
        super().__init__("This button is from a version that I no longer understand. Paste the bounce once more.")


def pack(case: Case) -> str:
    """A case as a button's value, at most 2,000 characters; the quote is cut where it must be, never the entry."""
    packed = written(case)
    while len(packed) > VALUE - 20 and case.quote:
        case = msgspec.structs.replace(case, quote=case.quote[: len(case.quote) // 2] if len(case.quote) > 40 else "")
        packed = written(case)
    if len(packed) > VALUE - 20:
        packed = written(msgspec.structs.replace(case, others=(), values=type(case.values)(), suppress_why=""))
    return packed


def written(case: Case) -> str:
    """A case as compact JSON behind the format's number."""
    return FORMAT + msgspec.json.encode(case).decode()


def unpack(value: str) -> Case:
    """The case in a value; raises CaseError where it is none, or of a format that is no longer known."""
    if value[:1] != FORMAT:
        raise CaseError
    try:
        return CASES.decode(value[1:].encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise CaseError from wrong


def pack_option(intent: str, case: Case) -> str:
    """What a menu's option carries in its 150 characters: the question, and the case without its values and quote."""
    fields = [FORMAT, intent, *(str(getattr(case, name) or "") for name in SMALL)]
    return ";".join(fields)[:OPTION]


def asked(action: str, value: str) -> tuple[Case, str]:
    """The case and the question of a button (``ask.retry`` with a packed case) or of a menu's option; raises CaseError."""
    if action not in (MENU, CAUSE):
        return unpack(value), action.partition(".")[2]
    number, _, rest = value.partition(";")
    intent, *fields = rest.split(";")
    if number != FORMAT or len(fields) != len(SMALL):
        raise CaseError
    try:
        return msgspec.convert({k: v for k, v in zip(SMALL, fields, strict=True) if v}, Case), intent
    except msgspec.ValidationError as wrong:
        raise CaseError from wrong


def share(case: Case, intent: str) -> str:
    """The value of [Share in the thread]: the question and its case."""
    return f"{intent}|{pack(case)}"


def unshare(value: str) -> tuple[Case, str]:
    """The case and the question that a share button carries; raises CaseError."""
    intent, _, packed = value.partition("|")
    return unpack(packed), intent


def look(case: Case, topic: str) -> str:
    """The value of [Check DNS]: the check that was spoken of ("" for those of the entry), and its case."""
    return f"{topic}|{pack(case)}"


def to_look(value: str) -> tuple[Case, str]:
    """The case and the check that [Check DNS] carries, also on cards from before, without a check; raises CaseError."""
    topic, _, packed = value.partition("|")
    return (unpack(packed), topic) if not topic or topic.isalpha() else (unpack(value), "")


def in_thread(case: Case, thread: str) -> str:
    """The value of a button that posts a case's card in a thread."""
    return f"{thread[:18]}|{pack(case)}"


def posting(value: str) -> tuple[str, Case]:
    """The thread ("" where it does not say) and the case of a button that posts a card; raises CaseError."""
    thread, bar, packed = value.partition("|")
    if bar and THREAD.fullmatch(thread):
        return thread, unpack(packed)
    return "", unpack(value)


def pasted(case: Case) -> str:
    """What somebody pasted, as far as a case has it: addresses in it are never made links."""
    return f"{case.quote} {case.values.url}"


def metadata(case: Case) -> dict[str, Any]:
    """What travels with a card in its message's metadata."""
    return {"event_type": EVENT, "event_payload": {"case": pack(case)}}


def case_in(found: Mapping[str, Any]) -> Case | None:
    """The case in a message's metadata; None where there is none that can be read."""
    packed = (found.get("event_payload") or {}).get("case")
    if found.get("event_type") != EVENT or not isinstance(packed, str):
        return None
    try:
        return unpack(packed)
    except CaseError:
        return None
