"""Reading calls of the Web API: made again where Slack was only busy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from bot.delivery.errors import retry_after, trouble
from bot.delivery.posting import FAILURES

T = TypeVar("T")
ATTEMPTS = 5
LONGEST = 60.0


def patiently(call: Callable[[], T], sleep: Callable[[float], None] = time.sleep) -> T:
    """What a call gives, asked up to five times; raises what the Web API raised last, or where it refuses."""
    for attempt in range(ATTEMPTS):
        try:
            return call()
        except FAILURES as wrong:
            kind = trouble(wrong)
            if kind == "refused" or attempt + 1 == ATTEMPTS:
                raise
            sleep(min(retry_after(wrong) if kind == "limited" else 0.5 * 2**attempt, LONGEST))
    raise AssertionError
