"""The door: what Slack sends comes in, whatever it holds; what only somebody else would send does not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.door import Door, kind_of
from bot.slack.payloads import carried

DOOR = Door("https://slack.com/api/")
HOOK = "https://hooks.slack.com/commands/T1/2/x"
MESSAGE: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T1",
    "event": {"type": "message", "channel": "C1", "ts": "1700000000.000100", "user": "U1", "text": "hello"},
}
COMMAND = {
    "command": "/smtp",
    "text": "451",
    "channel_id": "C1",
    "user_id": "U1",
    "team_id": "T1",
    "response_url": HOOK,
}
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T1", "domain": "x"},
    "enterprise": None,
    "channel": {"id": "C1", "name": "email-ops"},
    "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1", "is_ephemeral": False},
    "message": {"ts": "1700000000.000100", "text": "card", "blocks": [{"type": "divider", "block_id": "b"}]},
    "actions": [{"type": "button", "action_id": "case.take", "block_id": "b", "value": "1"}],
    "response_url": HOOK,
    "trigger_id": "1.2.x",
}
SUBMITTED: dict[str, Any] = {
    "type": "view_submission",
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "view": {"id": "V1", "type": "modal", "callback_id": "case.solved", "private_metadata": "T1|C1|1.2", "state": {}},
}
RAN: dict[str, Any] = {
    "type": "function_executed",
    "function": {"callback_id": "explain_bounce"},
    "function_execution_id": "Fx1",
    "inputs": {},
}


def event(**fields: Any) -> dict[str, Any]:
    """The message event with other fields; None takes one away."""
    kept = {key: value for key, value in (MESSAGE["event"] | fields).items() if value is not None}
    return MESSAGE | {"event": kept}


def without(payload: dict[str, Any], key: str) -> dict[str, Any]:
    """A payload less one of its keys."""
    return {name: value for name, value in payload.items() if name != key}


@pytest.mark.parametrize(
    "payload",
    [
        MESSAGE,
        event(text=None, user=None, bot_id="B1"),
        event(text=None, blocks=[], files=[{"id": 7}], attachments=None),
        event(thread_ts="1700000000.000100", subtype="thread_broadcast"),
        event(text="\ud800\x00" * 20_000),
        MESSAGE | {"authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": "U1", "is_bot": True}]},
        MESSAGE | {"event": {"type": "channel_rename", "channel": {"id": "C1", "name": "x", "created": 1}}},
        MESSAGE | {"event": {"type": "user_change", "user": {"id": "U1", "profile": {}}}},
        COMMAND,
        COMMAND | {"text": "x" * 40_000, "enterprise_id": "E1", "is_enterprise_install": "false"},
        PRESS,
        PRESS | {"enterprise": {"id": "E1", "name": "Example"}},
        SUBMITTED,
        MESSAGE | {"event": RAN},
    ],
)
def test_what_slack_sends_comes_in(payload: dict[str, Any]) -> None:
    """Any text, and any event, as long as places and people are named as Slack names them."""
    assert DOOR.opens(payload)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "event_callback",
        {},
        {"type": ["event_callback"]},
        {"type": "nothing_known"},
        MESSAGE | {"event": None},
        MESSAGE | {"team_id": {"id": "T1"}},
        event(channel=None),
        event(channel="C1\nC2"),
        event(channel="C\ud800"),
        event(channel="C" * 41),
        event(ts="yesterday"),
        event(ts="1700000000.000100\n"),
        event(ts=1700000000.0001),
        event(ts="١٧٠٠٠٠٠٠٠٠.000100"),
        event(thread_ts="1' OR '1'='1"),
        COMMAND | {"user_id": ""},
        COMMAND | {"response_url": None},
        PRESS | {"actions": []},
        PRESS | {"user": {"name": "nobody"}},
        PRESS | {"channel": None},
        PRESS | {"container": {"type": "message"}},
        PRESS | {"message": {"ts": "1.2", "blocks": "none"}},
        PRESS | {"trigger_id": ""},
        without(PRESS, "trigger_id"),
        {"type": "shortcut", "callback_id": "explain_paste", "user": {"id": "U1"}, "team": {"id": "T1"}},
        SUBMITTED | {"view": without(SUBMITTED["view"], "type")},
        SUBMITTED | {"view": SUBMITTED["view"] | {"id": ""}},
        SUBMITTED | {"view": SUBMITTED["view"] | {"blocks": [{"element": {"options": [{"text": "no value"}]}}]}},
        MESSAGE | {"event": RAN | {"function_execution_id": ""}},
        MESSAGE | {"event": without(RAN, "inputs")},
    ],
)
def test_what_slack_would_not_send_stays_outside(payload: object) -> None:
    """No id, no time, no shape of another kind gets as far as a listener."""
    assert not DOOR.opens(payload)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://hooks.slack.com.evil.example.com/x",
        "https://slack.com@evil.example.com/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("payload", [COMMAND, PRESS])
def test_a_response_url_elsewhere_is_never_called(payload: dict[str, Any], url: str) -> None:
    """Answers go to Slack's servers or to the Web API's own, whoever made the payload."""
    assert not DOOR.opens(payload | {"response_url": url})
    assert Door("http://127.0.0.1:9/api/").opens(payload | {"response_url": "http://127.0.0.1:9/hooks/x"})


def test_the_log_holds_nothing_of_a_refused_payload(capsys: pytest.CaptureFixture[str]) -> None:
    """The place that is wrong is named, what stands there is not."""
    DOOR.opens(event(channel="hush@example.com"))
    said = capsys.readouterr().out

    assert "payload_refused" in said
    assert "$.channel" in said
    assert "hush" not in said


def test_lists_in_lists_without_end_stay_outside() -> None:
    """What is nested deeper than Python goes is refused, not an error."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]

    assert not DOOR.opens(MESSAGE | {"authorizations": deep})
    while deep:
        deep = deep[0]


AT_ONCE = """
import sys, threading
from bot.slack.door import Door
sys.setswitchinterval(1e-6)
door, ready, opened = Door("https://slack.com/api/"), threading.Barrier(16), []
def first():
    ready.wait()
    opened.append(door.opens({"type": "shortcut", "callback_id": "x", "user": {"id": "U1"}, "trigger_id": "1.x"}))
threads = [threading.Thread(target=first) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(opened.count(True))
"""


def test_the_first_payloads_may_come_at_once() -> None:
    """Sixteen threads that are the first at the door of a new process all get their answer, and it lives."""
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (0, "16\n")


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*MESSAGE, *PRESS, "id", "x"]), inner),
    max_leaves=12,
)


@given(JSONS)
def test_no_json_can_make_the_door_raise(payload: object) -> None:
    """Whatever comes, the answer is yes or no."""
    assert DOOR.opens(json.loads(json.dumps(payload))) in (True, False)
    assert isinstance(kind_of(payload), str)


@pytest.mark.parametrize("text", ["", "T1", "T1|C1", "T1|C1|1.2|x", "T1|C1|yesterday", "T\x001|C1|1.2", "T1|C1|1.2\n"])
def test_a_window_carries_a_place_or_nothing(text: str) -> None:
    """A window's private_metadata that was tampered with leads nowhere."""
    assert carried("T1|C1|1700000000.000100") is not None
    assert carried(text) is None
