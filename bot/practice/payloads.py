"""Payloads of what people press, type and submit, as Slack sends them to the app."""

from __future__ import annotations

from bot.practice.people import APP_ID, JSON, TEAM_ID, Channel, User

TEAM = {"id": TEAM_ID, "domain": "example-mail"}
# What a picker's choice is called in payloads.
PICKED = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "timepicker": "selected_time",
}
# What a payload says of an element besides its type and ids.
SAID = ("text", "value", "style", "url")


def person(user: User) -> JSON:
    """A person in an interactive payload."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}


def command(name: str, text: str, channel: Channel, user: User, *, token: str, trigger: str, response_url: str) -> JSON:
    """A slash command: flat fields; no thread, for Slack has no commands in threads."""
    return {
        "token": token,
        "team_id": TEAM_ID,
        "team_domain": "example-mail",
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def interactive(kind: str, user: User, *, token: str, trigger: str) -> JSON:
    """What every interactive payload has."""
    return {
        "type": kind,
        "user": person(user),
        "api_app_id": APP_ID,
        "token": token,
        "team": TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger,
    }


def of_message(message: JSON, channel: Channel) -> JSON:
    """The part of a payload that says where the element was; Slack leaves out a message that only one person sees."""
    hidden = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": hidden}
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    where: JSON = {"container": container, "channel": {"id": channel.id, "name": named(channel)}}
    return where if hidden else where | {"message": dict(message), "state": {"values": {}}}


def named(channel: Channel) -> str:
    """A channel's name in interactive payloads."""
    return "directmessage" if channel.kind == "im" else channel.name


def action(element: JSON, block_id: str, option: JSON | None, ts: str) -> JSON:
    """What was pressed or chosen."""
    pressed: JSON = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": ts,
        **{key: element[key] for key in SAID if key in element},
    }
    if option is not None and element["type"] in ("overflow", "static_select", "radio_buttons"):
        pressed["selected_option"] = option
        pressed.pop("text", None)
    if option is not None and element["type"] == "feedback_buttons":
        pressed |= {"text": option["text"], "value": option["value"]}
    return pressed


def elements(blocks: list[JSON]) -> list[tuple[JSON, str]]:
    """The interactive elements of blocks, each with its block's id."""
    found: list[tuple[JSON, str]] = []
    for block in blocks:
        inside = block.get("elements", []) if block["type"] in ("actions", "context_actions") else []
        inside = [*inside, *(block[key] for key in ("accessory", "element") if isinstance(block.get(key), dict))]
        found += [(element, block["block_id"]) for element in inside if "action_id" in element]
    return found


def choices(element: JSON) -> list[JSON]:
    """The options of a menu; of feedback buttons their two buttons."""
    if element["type"] == "feedback_buttons":
        return [element["positive_button"], element["negative_button"]]
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]


def pick(blocks: list[JSON], wanted: str) -> tuple[JSON, str, JSON | None]:
    """The element, its block's id and the option that somebody means by an action_id, a text or an option's value.

    Raises LookupError naming what there is to press.
    """
    there: list[str] = []
    for element, block_id in elements(blocks):
        for option in choices(element):
            label = option["text"]["text"]
            there.append(label)
            if wanted in (label, option.get("value")):
                return element, block_id, option
        label = element.get("text", {}).get("text", "")
        there += [one for one in (element["action_id"], label) if one]
        if wanted in (element["action_id"], label):
            return element, block_id, None
    raise LookupError(f"There is nothing like {wanted!r} to press. There are: {', '.join(there) or 'no buttons'}")


def state_values(blocks: list[JSON], given: JSON) -> JSON:
    """A modal's ``state.values`` from what was filled in, by action_id; inputs left alone keep what they began with."""
    values: JSON = {}
    for element, block_id in elements(blocks):
        if element["type"] in ("button", "overflow"):
            continue
        values.setdefault(block_id, {})[element["action_id"]] = _filled(element, given.get(element["action_id"]))
    return values


def _filled(element: JSON, given: object) -> JSON:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        chosen = next((option for option in choices(element) if option["value"] == given), None)
        return {"type": kind, "selected_option": chosen if given is not None else element.get("initial_option")}
    if kind in ("checkboxes", "multi_static_select"):
        wanted = given if isinstance(given, list) else []
        several = [option for option in choices(element) if option["value"] in wanted]
        return {"type": kind, "selected_options": several if given is not None else element.get("initial_options", [])}
    if kind in PICKED:
        return {"type": kind, PICKED[kind]: given or element.get(f"initial_{PICKED[kind].removeprefix('selected_')}")}
    if kind == "datepicker":
        return {"type": kind, "selected_date": given or element.get("initial_date")}
    if kind == "external_select":
        return {"type": kind, "selected_option": given if isinstance(given, dict) else element.get("initial_option")}
    return {"type": kind, "value": (given if given is not None else element.get("initial_value")) or None}
