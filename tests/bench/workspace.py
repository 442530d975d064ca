"""A practice server in a process of its own, and what is measured from its side."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from bot.practice import Practice
from bot.practice.people import JSON

PASTES = (
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
    "550-5.1.1 double-checking the recipient's email address for typos.\n"
    "550 5.1.1 https://support.google.com/mail/?p=NoSuchUser 5-20020a - gsmtp",
    "<ann@example.com>: host mx.example.com[192.0.2.25] said: 550 5.7.1 Service unavailable; client [198.51.100.7]"
    " blocked using Spamhaus (in reply to RCPT TO command)",
    "451 4.7.1 Greylisting in action, please come back later",
    "552 5.2.2 <bob@example.org>: Mailbox full, quota exceeded",
)
CHAT = (
    "good morning :wave:",
    "has anyone seen the dashboard? p99 is 450 ms since 9:30",
    "deploy of 5.4.1 is through, port 587 is open again",
    "lunch at 12?",
    "The campaign goes out at 15:00, 120,000 recipients, two waves",
    "can you have a look at https://status.example.com/incidents/550 please",
    "HTTP 503 from the load balancer, retrying",
    "Ticket 4421: the customer says that mails arrive late, I asked for headers",
    "thanks!",
    "I changed the DKIM selector to s2, DNS should be out within the hour",
    "ok, and the SPF record?",
    "it had 11 lookups, I took the old relay out\nnow it has 9",
)
# Where people write: nearly all in one channel, or in all of these.
CHANNELS = ("email-ops", *(f"email-ops-{n}" for n in range(2, 21)))
QUIET = 0.4
STARTING = 30.0
# People paste seconds apart: what an app does after its card is not part of the next one's time.
REST = 0.05


class Workspace:
    """The server from the measuring process: each call is carried out over there."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        self.environment: dict[str, str] = self._pipe.recv()

    def ask(self, what: str, *given: Any) -> Any:
        """Carries out one of ``ORDERS`` and gives its result; raises RuntimeError with what went wrong there."""
        self._pipe.send((what, given))
        good, value = self._pipe.recv()
        if not good:
            raise RuntimeError(f"The practice server could not do {what}: {value}")
        return value

    def close(self) -> None:
        """Ends the server."""
        self._pipe.send(("stop", ()))
        self._process.join(15)


def serve(pipe: Connection) -> None:
    """The server's process: carries out orders until told to stop."""
    # A burst waits in the app's queue: nothing may be delivered a second time meanwhile.
    with Practice(ack_within=300.0) as practice:
        for name in CHANNELS[1:]:
            practice.adds_channel(name)
        pipe.send(
            {
                "SLACK_BOT_TOKEN": practice.bot_token,
                "SLACK_APP_TOKEN": practice.app_token,
                "SLACK_API_URL": practice.api_url,
            }
        )
        while (order := pipe.recv())[0] != "stop":
            try:
                pipe.send((True, ORDERS[order[0]](practice, *order[1])))
            except (TimeoutError, KeyError) as wrong:
                pipe.send((False, f"{type(wrong).__name__}: {wrong}"))


def connected(practice: Practice) -> float:
    """Waits for the app; when its connection was there (time.time). Raises TimeoutError where none comes."""
    end = time.monotonic() + STARTING
    while not practice.stage.sockets.connections:
        if time.monotonic() > end:
            raise TimeoutError(f"no app has connected within {STARTING:.0f} seconds: its log says why")
        time.sleep(0.002)
    return time.time()


def left(practice: Practice) -> None:
    """Waits until no app is connected."""
    practice.waits_for(lambda: not practice.stage.sockets.connections, 30)


def latency(practice: Practice, count: int) -> list[float]:
    """Seconds from a paste to its card in the thread, ``count`` times, each when the one before is all done."""
    return [to_card(practice, PASTES[n % len(PASTES)]) for n in range(count)]


def to_card(practice: Practice, text: str) -> float:
    """Seconds from one paste to its card."""
    began = time.perf_counter()
    ts = practice.says(text)
    practice.waits_for(lambda: len(practice.channel("email-ops").replies.get(ts, ())), 30)
    seconds = time.perf_counter() - began
    time.sleep(REST)
    return seconds


def load(practice: Practice, count: int, seed: int) -> float:
    """Messages a second: ``count`` at once, one in twenty a bounce, until all is acknowledged and answered."""
    texts = mixed(count, seed)
    before = len(practice.calls("chat.postMessage"))
    wire, began = practice.stage.wire, time.monotonic()
    for text in texts:
        practice.says(text)
    bounces, posted = sum(text in PASTES for text in texts), 0
    # An app that has acknowledged all may still be at its answers, on a busy machine for longer than QUIET.
    while posted < bounces or wire.quiet_for() < QUIET or practice.stage.busy:
        time.sleep(0.01)
        posted = len(practice.calls("chat.postMessage")) - before
        if time.monotonic() - began > 120:
            raise TimeoutError(f"the app did not get through: {bounces} bounces, {posted} answers")
    ended = time.monotonic() - wire.quiet_for()
    practice.stage.calls.clear()
    if posted != bounces:
        raise TimeoutError(f"{bounces} bounces, {posted} answers")
    return count / (ended - began)


def steady(practice: Practice, rate: float, seconds: float, seed: int, channels: int = 1) -> list[float]:
    """Seconds from paste to card of every bounce, at ``rate`` messages a second for ``seconds``, in so many channels."""
    texts = mixed(int(rate * seconds), seed)
    asked: dict[str, float] = {}
    seen: dict[str, float] = {}

    def look(change: JSON) -> None:
        message = change.get("message") or {}
        if message.get("bot_id") and message.get("thread_ts") in asked:
            seen.setdefault(message["thread_ts"], time.perf_counter())

    unwatch = practice.workspace.watch(look)
    try:
        began = time.perf_counter()
        for n, text in enumerate(texts):
            time.sleep(max(0.0, began + n / rate - time.perf_counter()))
            said = time.perf_counter()
            with practice.workspace.changed:
                ts = practice.says(text, CHANNELS[n % channels])
                if text in PASTES:
                    asked[ts] = said
        practice.waits_for(lambda: len(seen) == len(asked), 60)
    finally:
        unwatch()
    return [seen[ts] - asked[ts] for ts in asked]


def mixed(count: int, seed: int) -> list[str]:
    """Messages of a working day: one in twenty is a bounce."""
    chance = random.Random(seed)
    texts = [PASTES[n % len(PASTES)] if n % 20 == 0 else CHAT[n % len(CHAT)] for n in range(count)]
    chance.shuffle(texts)
    return texts


ORDERS: dict[str, Callable[..., Any]] = {
    "connected": connected,
    "left": left,
    "latency": latency,
    "load": load,
    "steady": steady,
}
