"""The catalogue as a reference to read: an index with the closed lists, every code, and each group's entries."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable

from catalogue import Catalogue, Entry, Term
from catalogue.codes import spelled_out
from catalogue.markdown import Link, block, code, escaped, heading, table
from catalogue.pages import SHELVES, Page, numbers, pages

INDEX = "catalogue.md"
CODES = "catalogue/codes.md"
LISTS = "catalogue/blocklists.md"
MADE = '<!-- Made from catalogue/*.toml by "make docs": mend an entry there, not here. -->'
HOW = """\
## How to read it

A code says little: one public manual has 24 different texts under `550 5.7.1`. So an entry is recognised by its words
first (a provider's own before anybody's), then by the enhanced code, then by the reply code, and last by the code's
class. Each gives its codes, its reason, its id, a reply as it looks, the words that it is recognised by, and the
advice. `…` in words stands for anything short; `{ip}`, `{domain}`, `{list}` and `{limit}` in steps for what the
reply names.

    python -m bot explain 550 5.7.1                 # what a code or a reply means
    python -m bot catalogue search mailbox full     # find entries by words
    python -m bot catalogue show reply.550          # one entry
    python -m bot catalogue export --format csv     # all of it as a table; json has every field"""
SPARKPOST = (
    "SparkPost's numbers: 1 Undetermined, 10 Invalid Recipient, 20 Soft Bounce, 21 DNS Failure, 22 Mailbox Full, "
    "23 Too Large, 24 Timeout, 25 Admin Failure, 40 Generic Bounce, 50 Mail Block, 51 Spam Block, 52 Spam Content, "
    "53 Prohibited Attachment, 54 Relaying Denied, 60 Auto-Reply. An empty cell: no class of theirs is near."
)
CLOSED = {
    "actor": "Who acts",
    "outlook": "Will it clear?",
    "retry": "Retry",
    "suppress": "The address",
}


class Book:
    """The pages of a catalogue, and where each of its entries and groups stands in them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.pages = pages(catalogue)
        self.places = {entry.id: page.path for page in self.pages for entry in page.entries}
        self.places |= {section.anchor: page.path for page in self.pages for section in page.sections}

    def files(self) -> dict[str, str]:
        """Every file of the reference by its path, the index first; links lead from file to file."""
        made = {INDEX: self.index(self.links(INDEX), CODES, LISTS), CODES: by_code(self.catalogue, self.links(CODES))}
        if self.catalogue.blocklists:
            made[LISTS] = blocklists(self.catalogue)
        made |= {page.path: self.page(page, self.links(page.path), 1) for page in self.pages}
        return {path: f"{MADE}\n\n{text}\n" for path, text in made.items()}

    def whole(self) -> str:
        """All of it as one text; links lead to places in it."""

        def link(anchor: str) -> str:
            return f"#{anchor}"

        parts = [self.index(link, "#codes", "#blocklists"), *(self.page(page, link, 2) for page in self.pages)]
        parts.append(by_code(self.catalogue, link, 2))
        if self.catalogue.blocklists:
            parts.append(blocklists(self.catalogue, 2))
        return "\n\n".join(parts) + "\n"

    def links(self, path: str) -> Link:
        """How a page refers to an anchor: by the way from its own file."""

        def link(anchor: str) -> str:
            place = self.places[anchor]
            way = posixpath.relpath(place, posixpath.dirname(path) or ".")
            return f"#{anchor}" if place == path else f"{way}#{anchor}"

        return link

    def index(self, link: Link, codes: str, lists: str) -> str:
        """The front page: what there is, how to read it, the reasons and what others call them, the closed lists."""
        groups = sum(len(page.sections) for page in self.pages)
        parts = [
            "# The catalogue",
            "What SMTP servers say, what it means, who must act and what to do next: "
            f"{len(self.catalogue.entries)} entries in {groups} groups.",
            HOW,
            "## Contents",
            f"- [All codes]({codes}), with whoever gives them a meaning of their own"
            + f"\n- [Blocklists]({lists}): what each lists, where to look up an IP, how a listing ends"
            * bool(self.catalogue.blocklists),
            *(self.contents(shelf, link) for shelf in SHELVES),
            "## Reasons",
            "Each entry has one reason. The other columns give the nearest class of other tools, so that an export can "
            "be joined to their figures.",
            self.reasons(),
            SPARKPOST,
            "## Closed lists",
            *(closed(title, getattr(self.catalogue.vocabulary, key)) for key, title in CLOSED.items()),
        ]
        return "\n\n".join(part for part in parts if part)

    def contents(self, shelf: str, link: Link) -> str:
        """One shelf's groups, each with how many entries it has and what they are most often about."""
        rows = [
            (f"[{escaped(section.title)}]({link(section.anchor)})", str(len(section.entries)), mostly(section.entries))
            for page in self.pages
            if page.shelf == shelf
            for section in page.sections
        ]
        return f"### {SHELVES[shelf]}\n\n{table(('group', 'entries', 'mostly about'), rows)}" if rows else ""

    def reasons(self) -> str:
        """The closed list of reasons with how many entries have each, and what other tools call it."""
        counted = Counter(entry.reason for entry in self.catalogue.entries.values())
        rows = [
            (
                code(one.id),
                escaped(one.meaning),
                str(counted[one.id]),
                one.sisimai,
                one.sparkpost,
                one.powermta,
                one.kumomta,
            )
            for one in self.catalogue.vocabulary.reason
        ]
        return table(("reason", "meaning", "entries", "Sisimai", "SparkPost", "PowerMTA", "KumoMTA"), rows)

    def page(self, page: Page, link: Link, level: int) -> str:
        """A page: who it is about, a table of its entries, then each entry under its section."""
        several = len(page.sections) > 1
        files = ", ".join(code(section.file) for section in page.sections)
        back = f" Back to [the catalogue]({'../' * page.path.count('/')}{INDEX})." if level == 1 else ""
        title = heading(level, f"page.{page.shelf}" if several else page.sections[0].anchor, page.title)
        parts = [title, escaped_paragraphs(page.about), f"From {files}.{back}", self.overview(page, link)]
        for section in page.sections:
            if several:
                parts.append(heading(level + 1, section.anchor, section.title))
            parts += [block(entry, self.catalogue, level + 1 + several, link) for entry in section.entries]
        return "\n\n".join(part for part in parts if part)

    def overview(self, page: Page, link: Link) -> str:
        """A page's entries in a table: codes, what happened, whether it clears, whether to keep the address."""
        label = self.catalogue.label
        rows = [
            (
                " ".join((*entry.reply, *entry.enhanced)),
                f"[{escaped(entry.title)}]({link(entry.id)})",
                label("outlook", entry.outlook),
                label("suppress", entry.suppress),
            )
            for entry in page.entries
        ]
        return table(("code", "what happened", "will it clear?", "the address"), rows)


def mostly(entries: list[Entry]) -> str:
    """The commonest reasons of some entries, commonest first."""
    return ", ".join(reason for reason, _ in Counter(entry.reason for entry in entries).most_common(3))


def escaped_paragraphs(text: str) -> str:
    """Plain paragraphs as Markdown."""
    return "\n\n".join(map(escaped, text.split("\n\n")))


def closed(title: str, terms: Iterable[Term]) -> str:
    """One closed list with what each value means."""
    rows = [(code(term.id), escaped(term.label), escaped(term.meaning)) for term in terms]
    return f"### {title}\n\n{table(('value', 'on cards', 'meaning'), rows)}"


def by_code(catalogue: Catalogue, link: Link, level: int = 1) -> str:
    """Every code that an entry names: what it says alone, and who gives it meanings of their own."""
    replies: dict[str, list[Entry]] = {}
    enhanced: dict[str, list[Entry]] = {}
    for entry in catalogue.entries.values():
        for one in entry.reply:
            replies.setdefault(one, []).append(entry)
        for one in spelled_out(entry.enhanced):
            enhanced.setdefault(one, []).append(entry)
    parts = [
        heading(level, "codes", "By code"),
        "What each code says alone, and whose replies give it meanings of their own: the words decide, not the code.",
    ]
    for title, index, key in (("Reply codes", replies, str), ("Enhanced status codes", enhanced, numbers)):
        rows = [
            (code(one), alone(index[one], link), theirs(index[one], catalogue, link)) for one in sorted(index, key=key)
        ]
        parts.append(f"{'#' * (level + 1)} {title}\n\n{table(('code', 'alone', 'more in'), rows)}")
    return "\n\n".join(parts)


def alone(entries: list[Entry], link: Link) -> str:
    """The entry of a code itself, as a link."""
    own = next((entry for entry in entries if not entry.worded and not entry.provider), None)
    return f"[{escaped(own.title)}]({link(own.id)})" if own else ""


def theirs(entries: list[Entry], catalogue: Catalogue, link: Link) -> str:
    """Whoever gives a code other meanings, with how many, each a link to the first."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.provider or entry.worded:
            groups.setdefault(catalogue.providers[entry.provider].name if entry.provider else "words", []).append(entry)
    return ", ".join(f"[{escaped(name)}]({link(found[0].id)}) {len(found)}" for name, found in groups.items())


def blocklists(catalogue: Catalogue, level: int = 1) -> str:
    """Each blocklist: what it lists, its zones, whether it is alive, where to look up an IP, how a listing ends."""
    rows = [
        (
            escaped(one.name) + ("" if one.alive else " (closed)"),
            escaped(one.lists),
            ", ".join(map(code, one.zones)),
            escaped(one.lookup),
            escaped(one.delisting),
        )
        for one in sorted(catalogue.blocklists.values(), key=lambda one: (not one.alive, one.name.casefold()))
    ]
    head = ("list", "lists", "zones", "look up", "how a listing ends")
    return f"{heading(level, 'blocklists', 'Blocklists')}\n\n{table(head, rows)}"
