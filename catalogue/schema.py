"""The JSON Schema of a catalogue file, for editors: made from the structs and the closed lists themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from catalogue.codes import ENTRY_ENHANCED, ENTRY_REPLY
from catalogue.entries import File, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Which closed list holds a key's values.
LISTED = {
    "reason": "reason",
    "actor": "actor",
    "then_actor": "actor",
    "outlook": "outlook",
    "retry": "retry",
    "suppress": "suppress",
}
WRITTEN = {"reply": ENTRY_REPLY.pattern, "enhanced": ENTRY_ENHANCED.pattern}


def schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that every file of entries fits, each key and value with its description."""
    made = msgspec.json.schema(File)
    defs: dict[str, Any] = made["$defs"]
    for definition in defs.values():
        for key, value in definition["properties"].items():
            definition["properties"][key] = plain(value)
    keys = defs["Entry"]["properties"]
    for key, of in LISTED.items():
        keys[key] = listed(keys[key], {term.id: term.meaning for term in getattr(vocabulary, of)})
    for key, pattern in WRITTEN.items():
        keys[key]["items"]["pattern"] = f"^(?:{pattern})$"
    keys["title"]["maxLength"] = 80
    top = defs.pop("File")
    return {"$schema": DIALECT, **top, "title": "A file of the smtp-bot catalogue", "$defs": defs}


def plain(key: dict[str, Any]) -> dict[str, Any]:
    """A key without "or null", which TOML cannot write."""
    options = [one for one in key.get("anyOf", ()) if one != {"type": "null"}]
    if len(options) != 1:
        return key
    return {**{name: value for name, value in key.items() if name not in ("anyOf", "default")}, **options[0]}


def listed(key: dict[str, Any], meanings: dict[str, str]) -> dict[str, Any]:
    """A key that takes one value of a closed list, each with its meaning, as an editor shows them."""
    lines = "\n".join(f"- {value}: {meaning}" for value, meaning in meanings.items())
    return {
        "type": "string",
        "enum": list(meanings),
        "description": f"{key['description']}\n\n{lines}",
        # Taplo (Even Better TOML) shows these beside the values it offers.
        "x-taplo": {"docs": {"main": key["description"], "enumValues": list(meanings.values())}},
    }


def written(vocabulary: Vocabulary) -> str:
    """The schema as the text of its file."""
    return msgspec.json.format(msgspec.json.encode(schema(vocabulary)), indent=2).decode() + "\n"
