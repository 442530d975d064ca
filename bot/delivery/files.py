"""Shared files in the use case: fetched, read with the message's text, and what to say where they tell nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answer import Ours, together
from bot.delivery.attached import Attached, attached
from bot.delivery.errors import code_of, trouble
from bot.delivery.fetching import Fetcher, FetchError
from bot.delivery.posted import Posted
from bot.delivery.recent import Recent
from bot.delivery.unpacking import texts, unpacked
from bot.delivery.work import Work
from bot.reading.decoding import lenient
from bot.terms import Mode
from catalogue import Catalogue

Trouble = Literal["login", "gone", "elsewhere", "outlook", "other"]
# A person is told once in so many seconds, not at each file.
TOLD_KEPT = 86_400.0

MEND = (
    "I may not open files here: my Slack app lacks files:read. Whoever runs me adds it under OAuth & Permissions and"
    " installs the app again. Until then, paste the text of the bounce."
)
OUTLOOK = (
    "I cannot read Outlook's .msg files. In Outlook for the web or the new Outlook, use ⋯ > Save as and share the"
    " .eml; in classic Outlook, open the bounce and paste its text, with the part for administrators."
)
TOLD: dict[Trouble, str] = {
    "login": MEND,
    "outlook": OUTLOOK,
    "gone": "That file is gone, or I may not see it. Please share it again, or paste the text.",
    "elsewhere": "That file is not on Slack's own servers, so I do not fetch it. Please paste the text.",
    "other": "I cannot read that kind of file. Share the bounce as .eml, .txt, .log, .json, .csv (or as .gz of these),"
    " or paste its text.",
}
NOTHING = (
    "I found no bounce in that file. Share the report as it came back (.eml), the log's lines, or paste the server's"
    " whole reply."
)
# What is also said to who only shared a file in a watched channel, privately and once.
UNASKED: tuple[Trouble, ...] = ("login", "outlook")

log = structlog.get_logger("bot.delivery")


class Heard(msgspec.Struct, frozen=True):
    """What a message's files gave: the work that is left (None: silence), and a word to whoever shared them."""

    work: Work | None
    aside: str = ""


class Files:
    """Reads the files of claimed messages; ``most`` is the cap in bytes, packed and unpacked."""

    def __init__(
        self,
        client: WebClient,
        most: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._fetcher = Fetcher(client.token or "", client.base_url, most, clock=clock, sleep=sleep)
        self._told: Recent[tuple[str, str], bool] = Recent(1_000, TOLD_KEPT, clock)

    def hear(self, posted: Posted, work: Work, *, asked: bool, catalogue: Catalogue, ours: Ours) -> Heard:
        """What to do about a message once its files are read; raises FetchError where Slack does not answer now."""
        mode: Mode = "asked" if asked else "channel"
        troubles: list[Trouble] = []
        read = [part for file in work.files for part in self._read(file, mode, troubles)]
        parts = [(text, how) for text, how, _ in read]
        if together(parts, catalogue, ours).silent:
            return self._nothing(posted, work, troubles, asked=asked)
        if work.answer is not None and work.answer.causes:
            parts.insert(0, (posted.text, mode))
        answer = msgspec.structs.replace(together(parts, catalogue, ours), cut=any(more for _, _, more in read))
        return Heard(Work("asked" if asked else "bounce", answer))

    def _nothing(self, posted: Posted, work: Work, troubles: list[Trouble], *, asked: bool) -> Heard:
        known = next((one for one in TOLD if one in troubles), None)
        if asked:
            answered = work.kind == "followup" or bool(work.answer and work.answer.causes)
            note = "" if answered else TOLD[known] if known else NOTHING
            return Heard(msgspec.structs.replace(work, files=(), note=note))
        left = msgspec.structs.replace(work, files=()) if work.kind != "file" else None
        aside = TOLD[known] if known in UNASKED and self._first(posted, known) else ""
        return Heard(left, aside)

    def _first(self, posted: Posted, trouble: Trouble) -> bool:
        """Whether this was not said yet: a missing scope once in a channel, Outlook's files once to a person."""
        key = (posted.channel, trouble if trouble == "login" else posted.user)
        if self._told.get(key):
            return False
        self._told.put(key, True)
        return True

    def _read(self, file: Attached, mode: Mode, troubles: list[Trouble]) -> Iterator[tuple[str, Mode, bool]]:
        """The texts of one file, how each is to be read, and whether a cap cut it; notes what went wrong."""
        try:
            file = self._informed(file) if file.kind == "hidden" else file
            if file.text:
                yield file.text, mode, False
            elif file.wanted:
                data, more = self._fetcher.fetch(file.url, page=file.page)
                if file.kind == "packed":
                    data, cut = unpacked(data, self._fetcher.most)
                    more = more or cut
                if file.head:
                    data = (file.head + lenient(data)).encode()
                for piece in texts(data, mode):
                    yield piece.text, piece.mode, more or piece.cut
            else:
                troubles.append("outlook" if file.kind == "outlook" else "other")
        except FetchError as wrong:
            if wrong.why == "later":
                raise
            log.warning("file_unread", why=wrong.why, mend=MEND if wrong.why == "login" else "")
            troubles.append(wrong.why)

    def _informed(self, file: Attached) -> Attached:
        """A file of a shared channel, in full."""
        try:
            found: dict[str, object] = self._client.files_info(file=file.id).get("file") or {}
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise FetchError("later") from None
            raise FetchError("login" if code_of(wrong) == "missing_scope" else "gone") from None
        except OSError:
            raise FetchError("later") from None
        full = attached(found)
        return msgspec.structs.replace(full, kind="other") if full.kind == "hidden" else full
