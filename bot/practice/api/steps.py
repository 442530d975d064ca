"""``functions.*``: how a step of Workflow Builder ends."""

from __future__ import annotations

from bot.practice.api.calls import Method, Refused, needed
from bot.practice.outgoing import listed
from bot.practice.people import JSON, TEAM_ID
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
    if ident in stage.shown_to:
        channel, user = stage.shown_to.pop(ident)
        stage.workspace.whisper(stage.workspace.channel(channel), user, by_workflow(how))


def by_workflow(how: JSON) -> JSON:
    """What a workflow of this one step would send to who started it: each output with its name, or the error."""
    lines = [f"*{name}:* {value}" for name, value in how.get("outputs", {}).items() if name != "json"]
    text = "\n".join(lines) or f"The step ended with an error: {how.get('error')}"
    profile = {"id": "B0WORKFLOW", "name": "Workflow", "app_id": "A0WORKFLOW", "team_id": TEAM_ID}
    return {
        "type": "message",
        "bot_id": profile["id"],
        "app_id": profile["app_id"],
        "text": text,
        "bot_profile": profile,
    }


STEPS: dict[str, Method] = {"functions.completeSuccess": succeed, "functions.completeError": fail}
