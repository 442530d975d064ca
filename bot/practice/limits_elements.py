"""Block Kit's limits on the parts of blocks: texts, buttons, menus, options, inputs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.practice.people import JSON

Problem = tuple[str, str]
TEXTS = ("plain_text", "mrkdwn")
SELECTS = frozenset(("static_select", "multi_static_select"))
EXTERNAL = frozenset(("external_select", "multi_external_select"))
PICKERS = frozenset(
    ("users_select", "conversations_select", "channels_select", "datepicker", "timepicker", "datetimepicker")
)
CHOICES = frozenset(("checkboxes", "radio_buttons"))
TYPED = frozenset(("plain_text_input", "email_text_input", "number_input", "url_text_input", "rich_text_input"))
# Typed inputs stand only in input blocks.
IN_ACTIONS = SELECTS | EXTERNAL | PICKERS | CHOICES | {"button", "overflow"}
ACCESSORIES = IN_ACTIONS | {"image"}
CONTEXT = frozenset((*TEXTS, "image"))
INPUTS = SELECTS | EXTERNAL | PICKERS | CHOICES | TYPED | {"file_input"}
STYLES = ("primary", "danger")
ICONS = ("trash",)


def within(value: object, at: str, most: int, *, least: int = 1) -> Iterator[Problem]:
    """A string of ``least`` to ``most`` characters."""
    if not isinstance(value, str):
        yield at, "must be a string" if value is not None else f"missing required field: {at.rpartition('/')[2]}"
    elif len(value) > most:
        yield at, f"must be less than {most + 1} characters"
    elif len(value) < least:
        yield at, f"must be more than {least - 1} characters"


def text_object(value: object, at: str, most: int, *, kinds: tuple[str, ...] = TEXTS) -> Iterator[Problem]:
    """A text object of one of these kinds, not empty and no longer than ``most``."""
    if not isinstance(value, dict):
        yield at, f"missing required field: {at.rpartition('/')[2]}" if value is None else "must be an object"
        return
    if str(value.get("type")) not in kinds:
        yield f"{at}/type", f"must be one of: {', '.join(kinds)}"
        return
    allowed = {"type", "text", "emoji"} if value["type"] == "plain_text" else {"type", "text", "verbatim"}
    for key in value.keys() - allowed:
        yield at, f"additional property {key} is not allowed"
    yield from within(value.get("text"), f"{at}/text", most)


def element(value: object, at: str, kinds: frozenset[str]) -> Iterator[Problem]:
    """An element of one of these kinds, with its own limits."""
    if not isinstance(value, dict):
        yield at, f"missing required field: {at.rpartition('/')[2]}" if value is None else "must be an object"
        return
    kind = value.get("type")
    if str(kind) not in kinds:
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    if kind in TEXTS:
        yield from text_object(value, at, 3000)
        return
    if "action_id" in value:
        yield from within(value["action_id"], f"{at}/action_id", 255)
    if "confirm" in value:
        yield from _confirm(value["confirm"], f"{at}/confirm")
    yield from _own(str(kind), value, at)


def _own(kind: str, value: JSON, at: str) -> Iterator[Problem]:
    if kind == "button":
        yield from _button(value, at)
    elif kind == "image":
        yield from within(value.get("image_url"), f"{at}/image_url", 3000)
        yield from within(value.get("alt_text"), f"{at}/alt_text", 2000)
    elif kind == "overflow":
        yield from _options(value.get("options"), f"{at}/options", 2, 5)
    elif kind in CHOICES:
        yield from _options(value.get("options"), f"{at}/options", 1, 10)
    elif kind in SELECTS:
        yield from _select(value, at)
    elif kind in EXTERNAL:
        yield from _external(value, at)
    elif kind in TYPED:
        yield from _typed(value, at)
    elif kind == "feedback_buttons":
        for key in ("positive_button", "negative_button"):
            yield from _feedback(value.get(key), f"{at}/{key}")
    elif kind == "icon_button":
        if str(value.get("icon")) not in ICONS:
            yield f"{at}/icon", f"must be one of: {', '.join(ICONS)}"
        yield from text_object(value.get("text"), f"{at}/text", 75, kinds=("plain_text",))


def _button(value: JSON, at: str) -> Iterator[Problem]:
    allowed = {"type", "text", "action_id", "value", "url", "style", "confirm", "accessibility_label"}
    for key in value.keys() - allowed:
        yield at, f"additional property {key} is not allowed"
    yield from text_object(value.get("text"), f"{at}/text", 75, kinds=("plain_text",))
    for key, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        if key in value:
            yield from within(value[key], f"{at}/{key}", most)
    if "url" in value and not str(value["url"]).startswith(("https://", "http://", "mailto:", "slack://")):
        yield f"{at}/url", "must be a valid URL"
    if "style" in value and str(value["style"]) not in STYLES:
        yield f"{at}/style", f"must be one of: {', '.join(STYLES)}"


def _feedback(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield at, f"missing required field: {at.rpartition('/')[2]}"
        return
    yield from text_object(value.get("text"), f"{at}/text", 75, kinds=("plain_text",))
    yield from within(value.get("value"), f"{at}/value", 2000)


def _select(value: JSON, at: str) -> Iterator[Problem]:
    if "placeholder" in value:
        yield from text_object(value["placeholder"], f"{at}/placeholder", 150, kinds=("plain_text",))
    if "option_groups" not in value:
        yield from _options(value.get("options"), f"{at}/options", 1, 100)
        return
    groups = value["option_groups"]
    if not isinstance(groups, list) or not 1 <= len(groups) <= 100:
        yield f"{at}/option_groups", "must have 1 to 100 items"
        return
    for number, group in enumerate(groups):
        yield from text_object(group.get("label"), f"{at}/option_groups/{number}/label", 75, kinds=("plain_text",))
        yield from _options(group.get("options"), f"{at}/option_groups/{number}/options", 1, 100)


def _external(value: JSON, at: str) -> Iterator[Problem]:
    if "placeholder" in value:
        yield from text_object(value["placeholder"], f"{at}/placeholder", 150, kinds=("plain_text",))
    if "options" in value or "option_groups" in value:
        yield at, "additional property options is not allowed"
    least = value.get("min_query_length", 3)
    if not isinstance(least, int) or least < 0:
        yield f"{at}/min_query_length", "must be a number of 0 or more"


def _typed(value: JSON, at: str) -> Iterator[Problem]:
    if "placeholder" in value:
        yield from text_object(value["placeholder"], f"{at}/placeholder", 150, kinds=("plain_text",))
    if isinstance(value.get("max_length"), int) and not 1 <= value["max_length"] <= 3000:
        yield f"{at}/max_length", "must be between 1 and 3000"
    if "initial_value" in value and isinstance(value["initial_value"], str):
        yield from within(value["initial_value"], f"{at}/initial_value", 3000, least=0)


def _options(options: object, at: str, least: int, most: int) -> Iterator[Problem]:
    if not isinstance(options, list):
        yield at, "missing required field: options"
        return
    if len(options) < least:
        yield at, f"must have at least {least} items"
    if len(options) > most:
        yield at, f"no more than {most} items allowed"
    for number, option in enumerate(options):
        where = f"{at}/{number}"
        if not isinstance(option, dict):
            yield where, "must be an object"
            continue
        yield from text_object(option.get("text"), f"{where}/text", 75)
        yield from within(option.get("value"), f"{where}/value", 150)
        if "description" in option:
            yield from text_object(option["description"], f"{where}/description", 75)
        if "url" in option:
            yield from within(option["url"], f"{where}/url", 3000)
    values = [option.get("value") for option in options if isinstance(option, dict)]
    if len(set(map(str, values))) < len(values):
        yield at, "option values must be unique"


def _confirm(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield at, "must be an object"
        return
    for key, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        kinds = TEXTS if key == "text" else ("plain_text",)
        yield from text_object(value.get(key), f"{at}/{key}", most, kinds=kinds)
