"""The manifests and the scopes: each is explained, and what is missing is said."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from bot.app import pointed_at, web_client
from bot.practice import Practice
from bot.settings import Settings
from bot.slack.scopes import CHOSEN, SCOPES, granted, missing

ROOT = pathlib.Path(__file__).parents[2]
# docs.slack.dev/reference/events: the scope that each event needs.
NEEDED = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "reaction_added": "reactions:read",
}


def manifest(name: str) -> dict[str, Any]:
    """A manifest of the project."""
    found: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return found


def scopes(name: str) -> list[str]:
    """The bot scopes that a manifest asks for."""
    asked: list[str] = manifest(name)["oauth_config"]["scopes"]["bot"]
    return asked


def test_every_scope_is_explained_and_asked_for() -> None:
    """The full manifest asks for what the table explains, and for nothing else."""
    assert sorted(SCOPES) == sorted(scopes("manifest.json"))


def test_the_documentation_explains_each_scope() -> None:
    """What it is for and what is missing without it, in the words that the bot uses, and which manifest asks for it."""
    told = (ROOT / "docs" / "scopes.md").read_text(encoding="utf-8")
    least = scopes("manifest-least.json")

    for name in scopes("manifest.json"):
        assert f"| `{name}` | {' | '.join(SCOPES[name])} | {'yes' if name in least else 'no'} |" in told


def test_the_least_manifest_reads_no_channel() -> None:
    """Commands, shortcuts, mentions and the files put to it; no history, and no event that needs more."""
    least = manifest("manifest-least.json")

    assert not [scope for scope in scopes("manifest-least.json") if "history" in scope]
    assert set(scopes("manifest-least.json")) < set(scopes("manifest.json"))
    assert least["features"]["shortcuts"] == manifest("manifest.json")["features"]["shortcuts"]


@pytest.mark.parametrize("name", ["manifest.json", "manifest-least.json"])
def test_a_manifest_keeps_slacks_limits_and_asks_for_what_its_events_need(name: str) -> None:
    """Slack refuses a manifest whose events lack a scope, or whose names are too long."""
    asked = manifest(name)
    about, features = asked["display_information"], asked["features"]
    events = asked["settings"]["event_subscriptions"]["bot_events"]

    assert {NEEDED[event] for event in events if event in NEEDED} <= set(scopes(name))
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in features["shortcuts"])


def test_what_is_missing_is_said() -> None:
    """A sentence for each scope, with what does not work without it; nothing where Slack does not tell."""
    lacking = missing(frozenset(scopes("manifest-least.json")))

    assert len(lacking) == len(SCOPES) - 4 - len(CHOSEN)
    assert all(sentence.startswith("Without ") and sentence.endswith(".") for sentence in lacking)
    assert any("SMTP_BOT_REACTION" in one for one in missing(frozenset(("commands",)), CHOSEN))
    assert missing(frozenset()) == missing(frozenset(SCOPES)) == ()


def test_the_scopes_are_read_from_slacks_answer() -> None:
    """Slack names them in a header of every answer."""
    with Practice() as practice:
        found = granted(web_client(pointed_at(practice, Settings())))

    assert {"commands", "chat:write", "files:read"} <= found
