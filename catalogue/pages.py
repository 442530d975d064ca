"""How the catalogue is laid out as pages to read: which entries stand on which, in which sections."""

from __future__ import annotations

import pathlib

import msgspec

from catalogue import Catalogue, Entry

SHELVES = {
    "replies": "Reply codes",
    "enhanced": "Enhanced status codes",
    "words": "Words of any server",
    "providers": "Mailbox providers",
    "filters": "Filters",
    "lists": "Blocklists",
    "mtas": "Mail servers",
    "services": "Sending services",
    "own": "Your own",
}
ABOUT = {
    "replies": "What a three-digit reply code alone says (RFC 5321 and its extensions), where no words tell more.",
    "enhanced": "What an enhanced status code alone says (RFC 3463 and the IANA registry), where no words tell more.",
    "words": "Wordings of servers of any make, whatever code stands before them.",
}
WHOLE = tuple(ABOUT)  # shelves that are one page, with a section for each of their files
SPELLED = {
    "common": "Everyday codes",
    "others": "Rare codes",
    "classes": "Any other code",
    "dns": "DNS",
    "tls": "TLS",
    "reverse_dns": "Reverse DNS and HELO",
}
CLASSES = "catalogue/classes.toml"


class Section(msgspec.Struct):
    """The entries of one file, under its own heading where a page has several; ``anchor`` is where links lead."""

    anchor: str
    title: str
    file: str
    entries: list[Entry]


class Page(msgspec.Struct):
    """One page of the reference: where it is written, on which shelf it stands, and its sections."""

    path: str
    shelf: str
    title: str
    about: str
    sections: list[Section]

    @property
    def entries(self) -> list[Entry]:
        """All its entries, in their order."""
        return [entry for section in self.sections for entry in section.entries]


def pages(catalogue: Catalogue) -> list[Page]:
    """All pages, shelf by shelf: one each for reply codes, enhanced codes and words, then one for each other group."""
    files: dict[str, list[Entry]] = {}
    for entry in catalogue.entries.values():
        files.setdefault(catalogue.origin[entry.id], []).append(entry)
    made: dict[str, Page] = {}
    for file, entries in files.items():
        shelf, name = shelf_of(file), pathlib.PurePosixPath(file).stem
        title = title_of(name, entries, catalogue, shelf)
        section = Section(f"group.{shelf}.{name}", title, file, ordered(shelf, entries))
        path = f"catalogue/{shelf}.md" if shelf in WHOLE else f"catalogue/{shelf}/{name}.md"
        front = SHELVES[shelf] if shelf in WHOLE else title
        page = made.setdefault(path, Page(path, shelf, front, about(shelf, entries, catalogue), []))
        page.sections.append(section)
    for page in made.values():
        page.sections.sort(key=lambda section: (section.file == CLASSES, section.file))
    shelves = list(SHELVES)
    return sorted(made.values(), key=lambda page: (shelves.index(page.shelf), page.title.casefold(), page.path))


def shelf_of(file: str) -> str:
    """The shelf of a file's entries: its folder in the catalogue, else a team's own."""
    if file == CLASSES:
        return "replies"
    home, _, rest = file.partition("/")
    folder = rest.partition("/")[0]
    return folder if home == "catalogue" and folder in SHELVES else "own"


def title_of(name: str, entries: list[Entry], catalogue: Catalogue, shelf: str) -> str:
    """What a group is called: the provider's name where it is one's, else its file's name."""
    if shelf not in WHOLE and (provider := catalogue.providers.get(entries[0].provider)):
        return provider.name
    return SPELLED.get(name) or name.replace("_", " ").capitalize()


def ordered(shelf: str, entries: list[Entry]) -> list[Entry]:
    """Entries of codes by their code, others as their file has them."""
    return (
        sorted(entries, key=lambda entry: [numbers(code) for code in entry.enhanced])
        if shelf == "enhanced"
        else entries
    )


def numbers(code: str) -> tuple[int, int, str]:
    """A code as a key to sort by: subject and detail before the class, so that 4.7.1 stands by 5.7.1."""
    first, *rest = code.split(".")
    subject, detail = [*map(int, rest), -1, -1][:2]
    return subject, detail, first


def about(shelf: str, entries: list[Entry], catalogue: Catalogue) -> str:
    """What a reader should know of a group before its entries, as plain text."""
    provider = catalogue.providers.get(entries[0].provider)
    if shelf in WHOLE or provider is None:
        return ABOUT.get(shelf, "")
    known = {
        "hosts": provider.hosts,
        "its replies hold": (*provider.tags, *provider.urls),
        "mailboxes": provider.domains,
    }
    marks = "; ".join(f"{what} {', '.join(literals)}" for what, literals in known.items() if literals)
    said = (
        provider.about,
        f"Known by: {marks}." if marks else "",
        f"Contact: {provider.contact}" if provider.contact else "",
    )
    return "\n\n".join(part for part in said if part)
