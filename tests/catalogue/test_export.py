"""The catalogue for other programs: JSON, a table, and what other tools call our reasons."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
import rtoml

from catalogue import Catalogue
from catalogue.export import COLUMNS, as_csv, as_json, cell
from catalogue.loading import HOME, files
from catalogue.schema import schema

SPARKPOST = {"1", "10", "20", "21", "22", "23", "24", "25", "26", "30", "40", "50", "51", "52", "53", "54", "60", "70", "80", "90", "100"}  # fmt: skip
POWERMTA = {
    "bad-configuration", "bad-connection", "bad-domain", "bad-mailbox", "content-related", "inactive-mailbox", "invalid-sender",
    "message-expired", "no-answer-from-host", "other", "policy-related", "protocol-errors", "quota-issues", "relaying-issues",
    "routing-errors", "spam-related", "virus-related",
}  # fmt: skip
KUMOMTA = {
    "InvalidRecipient", "DNSFailure", "SpamBlock", "SpamContent", "ProhibitedAttachment", "RelayDenied", "AutoReply",
    "TransientFailure", "Subscribe", "Unsubscribe", "ChallengeResponse", "BadConfiguration", "BadConnection", "BadDomain",
    "ContentRelated", "InactiveMailbox", "InvalidSender", "MessageExpired", "NoAnswerFromHost", "PolicyRelated",
    "ProtocolErrors", "QuotaIssues", "RelayingIssues", "RoutingErrors", "SpamRelated", "VirusRelated", "AuthenticationFailed",
    "TooManyRecipients", "Uncategorized",
}  # fmt: skip


def test_json_holds_every_entry_with_what_others_call_it(catalogue: Catalogue) -> None:
    """One object: each entry whole, its file and its cross-walk beside it."""
    whole = json.loads(as_json(catalogue))
    first = next(entry for entry in whole["entries"] if entry["reason"] == "mailboxfull")

    assert [entry["id"] for entry in whole["entries"]] == list(catalogue.entries)
    assert whole["version"] == catalogue.version
    assert first["also_called"]["sparkpost"] == "22"
    assert first["also_called"]["kumomta"] == "QuotaIssues"
    assert first["file"].endswith(".toml")


def test_the_table_has_a_line_for_each_entry(catalogue: Catalogue) -> None:
    """A header, then an entry a line, every cell filled as the header says."""
    head, *rows = list(csv.reader(io.StringIO(as_csv(catalogue))))

    assert head == list(COLUMNS)
    assert [row[0] for row in rows] == list(catalogue.entries)
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet takes every cell for text."""
    assert cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert cell(("550", "551")) == "550 | 551"
    assert cell(None) == ""


def test_the_cross_walk_names_classes_that_exist(catalogue: Catalogue) -> None:
    """Every class named is one that SparkPost, PowerMTA or KumoMTA has."""
    reasons = catalogue.vocabulary.reason

    assert {one.sparkpost for one in reasons} - {""} <= SPARKPOST
    assert {one.powermta for one in reasons} - {""} <= POWERMTA
    assert {one.kumomta for one in reasons} - {""} <= KUMOMTA


def test_the_cross_walk_suppresses_no_good_address(catalogue: Catalogue) -> None:
    """Only reasons about the address or its domain are joined to SparkPost's hard classes, which it suppresses."""
    hard = {one.id for one in catalogue.vocabulary.reason if one.sparkpost in ("10", "30", "90")}

    assert hard <= {"userunknown", "hasmoved", "suspend", "notaccept"}


def fits(value: Any, rule: dict[str, Any], defs: dict[str, Any]) -> bool:
    """Whether a value fits a rule, for the words of JSON Schema that ours uses."""
    rule = defs[rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool}
    if "type" in rule and not isinstance(value, kinds[rule["type"]]):
        return False
    if value not in rule.get("enum", [value]) or len(value if isinstance(value, str) else "") > rule.get(
        "maxLength", 999
    ):
        return False
    if isinstance(value, str):
        return re.search(rule.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(fits(one, rule["items"], defs) for one in value)
    if isinstance(value, dict):
        known = rule["properties"]
        return set(rule["required"]) <= value.keys() <= known.keys() and all(
            fits(v, known[k], defs) for k, v in value.items()
        )
    return True


# Closed lists and what the conversation knows: files of ours only, which no team writes.
NO_ENTRIES = {f"{name}.toml" for name in ("vocabulary", "questions", "asides", "fixes", "glossary", "queues", "talk")}


@pytest.mark.parametrize("path", [p for p in files(HOME) if p.name not in NO_ENTRIES], ids=lambda p: p.stem)
def test_our_own_files_fit_the_schema(path: Any, catalogue: Catalogue) -> None:
    """An editor that follows the schema finds nothing wrong with any file of ours."""
    whole = schema(catalogue.vocabulary)

    assert fits(rtoml.loads(path.read_text(encoding="utf-8")), {**whole, "required": []}, whole["$defs"])


def test_the_schema_refuses_what_the_loader_refuses(catalogue: Catalogue) -> None:
    """A wrong value, a wrong code, an unknown key and a missing one do not fit."""
    whole = schema(catalogue.vocabulary)
    good = {
        "id": "ours.a", "title": "A", "meaning": "A.", "reason": "blocked", "retry": "no", "retry_advice": "No.", "suppress": "no",
        "reply": ["550"], "sources": [{"url": "https://example.com"}],
    }  # fmt: skip

    assert fits(good, whole["$defs"]["Entry"], whole["$defs"])
    wrongs: tuple[dict[str, Any], ...] = (
        {"suppress": "never"},
        {"reply": ["55"]},
        {"reason": "greylist"},
        {"stepps": []},
        {"title": "A" * 81},
    )
    for wrong in wrongs:
        assert not fits({**good, **wrong}, whole["$defs"]["Entry"], whole["$defs"])
    assert not fits({"id": "ours.a"}, whole["$defs"]["Entry"], whole["$defs"])


def test_every_key_is_described(catalogue: Catalogue) -> None:
    """An editor shows a sentence for every key of an entry, provider, note, blocklist and source."""
    defs = schema(catalogue.vocabulary)["$defs"]

    assert [] == [
        f"{name}.{key}"
        for name, one in defs.items()
        for key, rule in one["properties"].items()
        if not rule.get("description")
    ]
