"""The methods about the app itself, the workspace and its people."""

from __future__ import annotations

from bot.practice.api.calls import Method, Refused, needed
from bot.practice.people import APP_ID, BOT_ID, BOT_USER, JSON, TEAM_ID, TEAM_NAME
from bot.practice.stage import Stage


def auth_test(stage: Stage, args: JSON) -> JSON:
    """``auth.test``: whose token it is; without ``bot_id`` Bolt could not leave the bot's own messages alone."""
    return {
        "url": stage.base,
        "team": TEAM_NAME,
        "user": "smtp-bot",
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def connections_open(stage: Stage, args: JSON) -> JSON:
    """``apps.connections.open``: a single-use address for Socket Mode."""
    address = stage.base.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={stage.sockets.ticket()}&app_id={APP_ID}"}


def api_test(stage: Stage, args: JSON) -> JSON:
    """``api.test``: what was sent comes back."""
    return {"args": args}


def users_info(stage: Stage, args: JSON) -> JSON:
    """``users.info``: a person."""
    needed(args, "user")
    user = stage.workspace.users.get(str(args["user"]))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user.as_slack()}


def users_list(stage: Stage, args: JSON) -> JSON:
    """``users.list``: everybody."""
    members = [user.as_slack() for user in stage.workspace.users.values()]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def team_info(stage: Stage, args: JSON) -> JSON:
    """``team.info``: the workspace."""
    return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": "example-mail"}}


def bots_info(stage: Stage, args: JSON) -> JSON:
    """``bots.info``: the bot itself."""
    if args.get("bot") != BOT_ID:
        raise Refused("bot_not_found")
    return {"bot": {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER, "name": "smtp-bot", "deleted": False}}


REST: dict[str, Method] = {
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "api.test": api_test,
    "users.info": users_info,
    "users.list": users_list,
    "team.info": team_info,
    "bots.info": bots_info,
}
