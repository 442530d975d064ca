"""``views.*``: modals, and the App Home."""

from __future__ import annotations

import json

from bot.practice import limits
from bot.practice.api.calls import Method, Refused, needed
from bot.practice.outgoing import identified, listed
from bot.practice.people import APP_ID, BOT_ID, JSON, TEAM_ID
from bot.practice.stage import Stage
from bot.practice.workspace import new_id

# docs.slack.dev/surfaces/modals: at most three views on the stack.
STACK = 3


def open_view(stage: Stage, args: JSON) -> JSON:
    """``views.open``: a modal for the one who pressed; the trigger works once, for three seconds."""
    needed(args, "trigger_id")
    checked = _checked(args)
    return {"view": created(stage, checked, _spent(stage, args), None)}


def push(stage: Stage, args: JSON) -> JSON:
    """``views.push``: a modal on top of the one that is open."""
    needed(args, "trigger_id")
    checked = _checked(args)
    user = _spent(stage, args)
    below = stack(stage, user)
    if not below or len(below) >= STACK:
        raise Refused("push_limit_reached")
    return {"view": created(stage, checked, user, below[-1])}


def stack(stage: Stage, user: str) -> list[JSON]:
    """The modals before a person, the upper one last."""
    return [view for view in stage.workspace.views.values() if view["user"] == user]


def publish(stage: Stage, args: JSON) -> JSON:
    """``views.publish``: a person's App Home."""
    needed(args, "user_id")
    user = str(args["user_id"])
    if user not in stage.workspace.users:
        raise Refused("user_not_found")
    if not stage.manifest.home:
        raise Refused("not_enabled")
    checked = _checked(args, "home")
    before = stage.workspace.homes.get(user)
    if args.get("hash") and (before is None or args["hash"] != before["hash"]):
        raise Refused("hash_conflict")
    home = _home(checked) | _stamped(before["id"] if before else new_id("V"), user)
    stage.workspace.homes[user] = home
    stage.workspace.publish({"type": "home", "user": user, "view": home})
    return {"view": home}


def update(stage: Stage, args: JSON) -> JSON:
    """``views.update``: other contents for an open modal; a ``hash`` that is no longer its own is refused."""
    checked = _checked(args)
    view = _open(stage, args)
    if args.get("hash") and args["hash"] != view["hash"]:
        raise Refused("hash_conflict")
    return {"view": replaced(stage, view, checked)}


def replaced(stage: Stage, view: JSON, fresh: JSON) -> JSON:
    """An open modal with other contents."""
    view.update(_kept(fresh), hash=new_id("h"))
    stage.workspace.show(view, view["user"])
    return view


def created(stage: Stage, fresh: JSON, user: str, below: JSON | None) -> JSON:
    """A new modal, kept and shown."""
    view_id = new_id("V")
    view = _kept(fresh) | _stamped(view_id, user)
    if below is not None:
        view |= {"root_view_id": below["root_view_id"], "previous_view_id": below["id"]}
    else:
        cleared(stage, user)
    stage.workspace.views[view_id] = view
    stage.workspace.show(view, user)
    return view


def cleared(stage: Stage, user: str) -> None:
    """Takes all modals before a person away."""
    for view in stack(stage, user):
        del stage.workspace.views[view["id"]]


def _stamped(view_id: str, user: str) -> JSON:
    return {
        "id": view_id,
        "team_id": TEAM_ID,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "hash": new_id("h"),
        "state": {"values": {}},
        "root_view_id": view_id,
        "previous_view_id": None,
        "user": user,
    }


def _spent(stage: Stage, args: JSON) -> str:
    user, wrong = stage.spend(str(args["trigger_id"]))
    if wrong:
        raise Refused(wrong)
    return user


def _checked(args: JSON, kind: str = "modal") -> JSON:
    view = listed(args.get("view"))
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    if view.get("type") != kind:
        messages = [f"[ERROR] must be one of: {kind} [json-pointer:/view/type]"]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    if messages := limits.view_problems(view):
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise Refused("view_too_large")
    return view


def _open(stage: Stage, args: JSON) -> JSON:
    found = stage.workspace.views.get(str(args.get("view_id") or ""))
    outside = str(args.get("external_id") or "")
    if found is None and outside:
        found = next((v for v in stage.workspace.views.values() if v["external_id"] == outside), None)
    if found is None:
        raise Refused("not_found")
    return found


def _home(view: JSON) -> JSON:
    kept = {key: view.get(key, "") for key in ("callback_id", "external_id", "private_metadata")}
    return {"type": "home", "blocks": identified(view["blocks"]), **kept}


def _kept(view: JSON) -> JSON:
    return {
        "type": "modal",
        "title": view["title"],
        "submit": view.get("submit"),
        "close": view.get("close"),
        "blocks": identified(view["blocks"]),
        "callback_id": view.get("callback_id", ""),
        "external_id": view.get("external_id", ""),
        "private_metadata": view.get("private_metadata", ""),
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
    }


VIEWS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
