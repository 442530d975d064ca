"""One entry of the catalogue in full, as ``catalogue show`` prints it."""

from __future__ import annotations

from bot.advice import who
from bot.cli.paper import Row
from catalogue import Catalogue, Entry, Source
from catalogue.export import crosswalk

OUTLOOKS = {
    "clears-with-time": "green",
    "permanent": "red",
    "resend-after-fix": "yellow",
    "temporary-needs-fix": "yellow",
}
KEEPING = {"no": "green", "after-confirming": "yellow", "yes": "red"}
NAMES = {"sisimai": "Sisimai", "sparkpost": "SparkPost", "powermta": "PowerMTA", "kumomta": "KumoMTA"}


def rows(entry: Entry, catalogue: Catalogue) -> list[Row]:
    """Everything that an entry says, label by label."""
    reason = catalogue.reason(entry.reason)
    others = [f"{NAMES[tool]} {name}" for tool, name in crosswalk(entry, catalogue).items() if name]
    provider = catalogue.providers.get(entry.provider)
    return [
        ("Who acts", who(entry.actor, entry.then_actor, catalogue), ""),
        ("Will it clear?", sentence(catalogue.label("outlook", entry.outlook)), OUTLOOKS.get(entry.outlook or "", "")),
        ("Retry", entry.retry_advice, ""),
        (
            "The address",
            keeping(catalogue.label("suppress", entry.suppress), entry.suppress_when),
            KEEPING[entry.suppress],
        ),
        *listed("May be", entry.causes),
        *listed("Steps", entry.steps, numbered=True),
        ("Ask for", entry.ask, ""),
        *(("Your note", note, "") for note in catalogue.notes(entry.id)),
        ("Reason", f"{entry.reason}: {reason.meaning}" if reason else entry.reason, ""),
        ("Elsewhere", ", ".join(others), ""),
        ("Whose", provider.name if provider else "", ""),
        *listed("Known by", (*entry.words, *entry.vague, *entry.patterns)),
        *listed("Looks like", entry.samples),
        *listed("Source", tuple(map(source, entry.sources))),
        ("Entry", f"{entry.id}, in {catalogue.origin[entry.id]}", "dim"),
    ]


def keeping(label: str, when: str) -> str:
    """Whether to keep the address, and when not."""
    return " ".join(part for part in (sentence(label), sentence(when)) if part)


def listed(label: str, items: tuple[str, ...], *, numbered: bool = False) -> list[Row]:
    """Several items under one label, each behind its number or a dash; a single one is said plainly."""
    if len(items) == 1 and not numbered:
        return [(label, items[0], "")]
    marks = (f"{number}." if numbered else "-" for number in range(1, len(items) + 1))
    return [
        (label if not at else "", f"{mark} {item}", "")
        for at, (mark, item) in enumerate(zip(marks, items, strict=True))
    ]


def source(one: Source) -> str:
    """Where a fact was read, and when."""
    date = "not checked" if one.unchecked else f"seen {one.seen}" if one.seen else ""
    return ", ".join(part for part in (one.title, one.url, date) if part)


def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last; "" stays ""."""
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
