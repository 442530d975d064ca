"""The step of Workflow Builder: a text in, what to do out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import PASTE, Bot
from tests.slack.test_scopes import manifest


def ran(bot: Bot, **inputs: Any) -> dict[str, Any]:
    """Has a workflow reach the step, and gives how that ended."""
    execution = bot.practice.runs_step("explain_bounce", inputs)
    ended: dict[str, Any] = bot.practice.waits_for(lambda: bot.practice.stage.steps[execution])
    return ended


def test_a_bounce_is_explained_to_a_workflow(bot: Bot) -> None:
    """Verdict, actor, whether to keep the address, entry, and the same JSON as the command line's; nothing is posted."""
    posts = len(bot.practice.calls("chat.postMessage"))
    outputs = ran(bot, text=PASTE)["outputs"]
    [finding, *_] = json.loads(outputs["json"])["findings"]

    assert outputs["keep"] == "no"
    assert outputs["entry"] == finding["entry"]
    assert (outputs["actor"], "yes") == (finding["actor"], finding["suppress"])
    assert len(outputs["verdict"]) <= 300
    assert len(bot.practice.calls("chat.postMessage")) == posts


@pytest.mark.parametrize(
    ("text", "keep"),
    [
        ("552 5.2.2 &lt;kim@example.net&gt;: Mailbox full", "yes"),
        ("550 5.1.1 the address was refused", "after-confirming"),
        ("lunch at noon", "yes"),
        ("452 4.2.2 Mailbox full\n" * 400, "yes"),
    ],
)
def test_no_address_is_given_up_without_a_reason(bot: Bot, text: str, keep: str) -> None:
    """Where the text says nothing of a mailbox that is gone, or nothing at all, the workflow keeps the address."""
    assert ran(bot, text=text)["outputs"]["keep"] == keep


def test_several_causes_are_counted(bot: Bot) -> None:
    """The verdict is of the first, and says how many more there are; JSON has them."""
    outputs = ran(bot, text="550 5.1.1 <a@example.net>: User unknown\n552 5.2.2 <b@example.net>: Mailbox full")[
        "outputs"
    ]

    assert outputs["verdict"].endswith("The text has 1 more cause.")
    assert len(json.loads(outputs["json"])["findings"]) == 2


@pytest.mark.parametrize("inputs", [{}, {"text": ""}, {"text": " \n"}])
def test_without_a_text_the_step_fails_with_a_sentence(bot: Bot, inputs: dict[str, str]) -> None:
    """It says what to give it."""
    assert "give this step the bounce" in ran(bot, **inputs)["error"]


def test_a_step_that_came_twice_ends_once(bot: Bot) -> None:
    """Slack did not hear the acknowledgement, or answered with an error: it comes again, and nothing breaks."""
    bot.practice.lose_acks()
    assert ran(bot, text=PASTE)["outputs"]["keep"] == "no"
    bot.practice.idle()

    bot.practice.fail_next("functions.completeSuccess", 500)

    assert ran(bot, text=PASTE)["outputs"]["keep"] == "no"


def test_the_manifest_names_what_the_step_gives(bot: Bot) -> None:
    """Input and outputs are those of the manifest, and it asks for what Slack needs for steps."""
    step = manifest("manifest.json")["functions"]["explain_bounce"]
    settings = manifest("manifest.json")["settings"]

    assert list(step["input_parameters"]) == ["text"]
    assert list(step["output_parameters"]) == list(ran(bot, text=PASTE)["outputs"])
    assert settings["function_runtime"] == "remote"
    assert settings["org_deploy_enabled"] is True
    assert "function_executed" in settings["event_subscriptions"]["bot_events"]
