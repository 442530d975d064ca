"""The step "Explain a bounce" of Workflow Builder (docs.slack.dev/workflows/workflow-steps; needs a paid plan)."""

from __future__ import annotations

from typing import Any

import msgspec
import structlog
from slack_bolt import Ack, App, Complete, Fail
from slack_sdk.errors import SlackApiError

from bot.delivery import Delivery
from bot.delivery.errors import code_of, trouble
from bot.delivery.step import outcome
from bot.slack.text import plain

STEP = "explain_bounce"
EMPTY = "There was no text to explain: give this step the bounce, or the variable that holds it."

log = structlog.get_logger("bot.slack")


def register(app: App, delivery: Delivery) -> None:
    """Adds the listener to the app."""

    def explain(ack: Ack, inputs: dict[str, Any], complete: Complete, fail: Fail) -> None:
        """A workflow reaches the step, which ends before the event is acknowledged: after a crash it comes again."""
        text = plain(str(inputs.get("text") or "")).strip()
        try:
            if text:
                complete(outputs=msgspec.structs.asdict(outcome(delivery, text)))
            else:
                fail(error=EMPTY)
        except SlackApiError as wrong:
            if trouble(wrong) != "refused":
                raise
            # It came twice and has ended, or the workflow was stopped meanwhile.
            log.info("step_over", code=code_of(wrong))
        ack()

    app.function(STEP, auto_acknowledge=False)(explain)
