"""One entry, and one table, as Markdown that GitHub and any other reader shows as it is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from catalogue import Catalogue, Entry, Source

Link = Callable[[str], str]  # an anchor's address, as seen from the page that is written
PLAIN = re.compile(r"(?P<whole>`[^`\n]+`|https?://[^\s<>`\"]+[^\s<>`\".,;:!?)'])|(?P<special>[\\`*_\[\]<>|])")
WORDS = 8
KEPT = 200


def escaped(text: str) -> str:
    """Text whose letters all stand for themselves; commands in backticks stay, whole addresses become links."""

    def replace(found: re.Match[str]) -> str:
        whole = found["whole"]
        if not whole:
            return f"\\{found['special']}"
        if whole.startswith("`"):
            return whole.replace("|", "\\|")
        return code(whole) if "{" in whole else f"<{whole}>"

    return PLAIN.sub(replace, " ".join(text.split()))


def code(text: str) -> str:
    """Text as code, whatever backticks it holds."""
    text = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; its cells are Markdown already, and hold no bare ``|``."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def heading(level: int, anchor: str, title: str) -> str:
    """A heading with the mark that links lead to."""
    return f'{"#" * level} <a id="{anchor}"></a>{escaped(title)}'


def codes(entry: Entry) -> str:
    """An entry's codes as one reads them: ``550 5.1.1``."""
    return code(" ".join((*entry.reply, *entry.enhanced))) if entry.reply or entry.enhanced else ""


def block(entry: Entry, catalogue: Catalogue, level: int, link: Link) -> str:
    """An entry: heading, codes and id, what it looks like, the meaning, the advice, the steps, the sources."""
    parts = [
        heading(level, entry.id, entry.title),
        " · ".join(part for part in (codes(entry), escaped(entry.reason), code(entry.id)) if part),
        *(f"> {code(sample[:KEPT] + ('…' if len(sample) > KEPT else ''))}" for sample in entry.samples[:1]),
        said_by(entry, catalogue, link),
        "" if entry.meaning.rstrip(".") == entry.title.rstrip(".") else escaped(entry.meaning),
        advice(entry, catalogue),
        "\n".join(f"{number}. {escaped(step)}" for number, step in enumerate(entry.steps, 1)),
        f"**May be behind it:** {'; '.join(escaped(cause.rstrip('.')) for cause in entry.causes)}."
        if entry.causes
        else "",
        "\n".join(f"**Note:** {escaped(note)}" for note in catalogue.notes(entry.id)),
        f"Source: {'; '.join(map(source, entry.sources))}",
    ]
    return "\n\n".join(part for part in parts if part)


def said_by(entry: Entry, catalogue: Catalogue, link: Link) -> str:
    """The words by which an entry is recognised; those of the entry whose words it shares are not said twice."""
    model = catalogue.entries.get(entry.same_words_as)
    if model:
        return f"Recognised by the words of [{escaped(model.title)}]({link(model.id)}), with its own codes."
    words = [code(words) for words in (*entry.words, *entry.vague)]
    if len(words) > WORDS:
        words = [*words[:WORDS], f"and {len(words) - WORDS} more"]
    return f"Recognised by {', '.join(words)}" if words else ""


def advice(entry: Entry, catalogue: Catalogue) -> str:
    """Who acts, whether it clears, whether to retry and whether to keep the address."""
    label = catalogue.label
    who = "it depends on the full text" if entry.actor is None else label("actor", entry.actor)
    if entry.then_actor:
        who = f"{who}; then {label('actor', entry.then_actor)}"
    keep = label("suppress", entry.suppress)
    if entry.suppress_when:
        keep = f"{keep}; {entry.suppress_when[:1].lower()}{entry.suppress_when[1:].rstrip('.')}"
    return "<br>\n".join(
        (
            f"**Who acts:** {escaped(who)}",
            f"**Will it clear?** {escaped(label('outlook', entry.outlook))}",
            f"**Retry:** {escaped(entry.retry_advice)}",
            f"**The address:** {escaped(keep)}",
        )
    )


def source(one: Source) -> str:
    """A source as a link with its date."""
    name = escaped(one.title or one.url.removeprefix("https://").rstrip("/"))
    date = " (not checked)" if one.unchecked else f", seen {one.seen}" if one.seen else ""
    return f"[{name}]({one.url.replace(' ', '%20').replace(')', '%29')}){date}"
