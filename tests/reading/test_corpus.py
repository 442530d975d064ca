"""Each bounce of the project's own corpus is read as its expected file says, one dialect and trap a file."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from bot.answer import explain
from bot.cli.commands import decoded
from catalogue import Catalogue

CORPUS = pathlib.Path(__file__).parent.parent / "corpus"
GIVEN = sorted(path for path in CORPUS.glob("*/*") if not path.name.endswith(".expected.json"))


def expected(path: pathlib.Path) -> dict[str, Any]:
    """What must be found in a file."""
    made: dict[str, Any] = json.loads(path.with_name(path.stem + ".expected.json").read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: str(path.relative_to(CORPUS)))
def test_a_bounce_is_read(path: pathlib.Path, catalogue: Catalogue) -> None:
    """Codes, recipient, state and reason of each finding, in order; silence where nothing bounced."""
    want = expected(path)
    answer = explain(decoded(path.read_bytes(), path.name), "channel", catalogue)
    found = [
        {
            "reply": d.finding.reply,
            "enhanced": d.finding.enhanced,
            "recipient": d.finding.recipient,
            "state": d.finding.state,
            "reason": d.reason,
        }
        for d in answer.diagnoses
    ]
    if want.get("silent"):
        assert answer.silent, found
        return
    shown = [
        {key: value for key, value in row.items() if key in wanted}
        for row, wanted in zip(found, want["findings"], strict=False)
    ]

    assert not answer.silent
    assert want["findings"] == shown + found[len(shown) :]


def test_every_expected_file_has_its_bounce() -> None:
    """No expected file stands alone."""
    stems = {path.with_suffix("") for path in GIVEN}

    assert [
        p for p in CORPUS.glob("*/*.expected.json") if p.with_name(p.name.removesuffix(".expected.json")) not in stems
    ] == []
