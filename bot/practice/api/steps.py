"""``functions.*``: how a step of Workflow Builder ends."""

from __future__ import annotations

from bot.practice.api.calls import Method, Refused, needed
from bot.practice.outgoing import listed
from bot.practice.people import JSON
from bot.practice.stage import Stage


def succeed(stage: Stage, args: JSON) -> JSON:
    """``functions.completeSuccess``: with the step's outputs."""
    needed(args, "function_execution_id")
    outputs = listed(args.get("outputs") or {})
    if not isinstance(outputs, dict):
        raise Refused("invalid_arguments")
    _end(stage, args, {"outputs": outputs})
    return {}


def fail(stage: Stage, args: JSON) -> JSON:
    """``functions.completeError``: with what went wrong."""
    needed(args, "function_execution_id", "error")
    _end(stage, args, {"error": str(args["error"])})
    return {}


def _end(stage: Stage, args: JSON, how: JSON) -> None:
    ident = str(args["function_execution_id"])
    if ident not in stage.steps:
        raise Refused("function_execution_not_found")
    if stage.steps[ident]:
        raise Refused("function_execution_not_active")
    stage.steps[ident] = how


STEPS: dict[str, Method] = {"functions.completeSuccess": succeed, "functions.completeError": fail}
