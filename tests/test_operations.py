"""The operations chapter speaks of what there is: each figure, each line of the log, each setting, and no other."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest

from bot.cli.arguments import COMMANDS
from bot.health.metrics import COUNTERS
from bot.operations import measured
from bot.settings import KEYS

ROOT = pathlib.Path(__file__).parent.parent
CHAPTER = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ALERTS = (ROOT / "docs" / "alerts.yml").read_text(encoding="utf-8")
UNIT = (ROOT / "docs" / "smtp-bot.service").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIGURE = re.compile(r"smtp_bot_[a-z_]+[a-z]")


def figures() -> set[str]:
    """The names of all figures, as Prometheus shows them."""
    counters = {f"smtp_bot_{name}_total" for name in COUNTERS}
    gauges = {f"smtp_bot_{gauge.name}" for gauge in measured(None, None)}  # type: ignore[arg-type]
    return counters | gauges | {"smtp_bot_time_to_card_seconds", "smtp_bot_info"}


def logged(*levels: str) -> set[str]:
    """The events that the code logs at these levels."""
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in levels
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and re.fullmatch(r"[a-z]+(?:_[a-z]+)*", str(node.args[0].value))
            ):
                found.add(str(node.args[0].value))
    return found


def test_every_figure_is_explained() -> None:
    """All that /metrics shows is in the chapter."""
    assert set() == figures() - set(FIGURE.findall(CHAPTER))


@pytest.mark.parametrize("text", [CHAPTER, ALERTS, README], ids=["chapter", "alerts", "readme"])
def test_no_figure_is_invented(text: str) -> None:
    """What is spoken of is there; a histogram's buckets belong to it."""
    named = {name.removesuffix("_bucket") for name in FIGURE.findall(text)}

    assert set() == named - figures()
    assert named


def test_every_error_of_the_log_is_explained() -> None:
    """Each event that is for the operator is in the chapter's table, with what to do."""
    table = CHAPTER[CHAPTER.index("## The log") :]

    assert set() == logged("error") - set(re.findall(r"`([a-z_]+)`", table))


def test_no_line_of_the_log_is_invented() -> None:
    """Each event in the table is one that the code logs."""
    rows = [line for line in CHAPTER[CHAPTER.index("| event |") :].splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z]+(?:_[a-z]+)*)`", row.split(" | ")[0])}

    assert set() == named - logged("warning", "error", "info")


def test_every_alarm_is_explained() -> None:
    """Each rule has its line with what to do, and the other way round."""
    rules = set(re.findall(r"alert: (\w+)", ALERTS))
    explained = set(re.findall(r"^\| (SmtpBot\w+) \|", CHAPTER, re.MULTILINE))

    assert rules == explained
    assert len(rules) == ALERTS.count("expr: ") == ALERTS.count("summary: ")


def test_settings_and_commands_are_real() -> None:
    """Whatever is set or typed in the chapter exists."""
    text = CHAPTER + README + UNIT

    assert set() == set(re.findall(r"\bSMTP_BOT_[A-Z_]*[A-Z]\b", text)) - set(KEYS)
    assert set(re.findall(r"python -m bot (\w+)", CHAPTER)) <= set(COMMANDS)


def test_the_unit_starts_the_bot_again_but_not_with_a_wrong_setting() -> None:
    """Exit status 2 needs somebody; and the process has time to finish what is in hand."""
    assert "ExecStart=/opt/smtp-bot/.venv/bin/python -m bot\n" in UNIT
    assert "RestartPreventExitStatus=2\n" in UNIT
    assert int(re.findall(r"TimeoutStopSec=(\d+)", UNIT)[0]) > 10
