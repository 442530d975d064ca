"""How checks are mended, and when sending servers try again: two lists of facts, each with its source."""

from __future__ import annotations

import functools
import pathlib

import msgspec
import rtoml

from catalogue.entries import Source

HERE = pathlib.Path(__file__).parent / "thread"


class Fix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one check (SPF, DKIM …) is mended: who can, what must be true, and steps with records and commands."""

    id: str
    name: str
    who: str
    lead: str
    steps: tuple[str, ...]
    sources: tuple[Source, ...]


class Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a kind of sending server tries again by default, when it gives up, and which setting says so."""

    id: str
    name: str
    retries: str
    gives_up: str
    setting: str
    look: str
    sources: tuple[Source, ...]


@functools.cache
def fixes() -> dict[str, Fix]:
    """All fixes by the check's id."""
    data = rtoml.loads((HERE / "fixes.toml").read_text(encoding="utf-8"))
    return {fix.id: fix for fix in msgspec.convert(data["fix"], tuple[Fix, ...])}


@functools.cache
def queues() -> dict[str, Queue]:
    """All kinds of sending servers by their id."""
    data = rtoml.loads((HERE / "queues.toml").read_text(encoding="utf-8"))
    return {queue.id: queue for queue in msgspec.convert(data["queue"], tuple[Queue, ...])}


class Aside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is added to the answer to a question where the reason, or who has to act, is this one."""

    question: str
    text: str
    reason: str = ""
    actor: str = ""


@functools.cache
def asides() -> dict[tuple[str, str], str]:
    """All asides by question and by reason or actor."""
    data = rtoml.loads((HERE / "asides.toml").read_text(encoding="utf-8"))
    return {(a.question, a.reason or a.actor): a.text for a in msgspec.convert(data["aside"], tuple[Aside, ...])}


def aside(question: str, key: str) -> str:
    """The aside for a question and a reason or actor, or ""."""
    return asides().get((question, key), "")


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the field: by which names people ask for it, and what it means in a sentence."""

    names: tuple[str, ...]
    meaning: str


@functools.cache
def glossary() -> tuple[Term, ...]:
    """All terms."""
    data = rtoml.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data["term"], tuple[Term, ...])


def meaning(text: str) -> str:
    """What the longest term in a normalised text means, or ""."""
    words = f" {text.strip(' ?.!')} "
    found = [(len(name), term.meaning) for term in glossary() for name in term.names if f" {name} " in words]
    return max(found, default=(0, ""))[1]
