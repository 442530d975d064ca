"""What can be looked at without Slack: the database, the catalogue, the optional libraries."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from bot.checks import Lookup, Unavailable
from bot.operator.lines import Line, mend, note, ok
from bot.settings import Settings
from bot.store import StoreError
from bot.store.examining import Examined, examined
from catalogue import CatalogueError, load

DATABASE, CATALOGUE, EXTRAS = "Database", "Catalogue", "Extras"


def database(settings: Settings) -> tuple[list[Line], tuple[str, ...]]:
    """Whether it can be written, with tables of this version; and the channels that it says are read by choice."""
    if settings.practice:
        return [note(DATABASE, "database", "in memory, as long as the bot practises")], ()
    try:
        found = examined(settings.database_url)
    except StoreError as wrong:
        return [mend(DATABASE, "database", str(wrong))], ()
    return list(judged(found)), found.watched


def judged(found: Examined) -> Iterator[Line]:
    """The lines of a database that can be used."""
    if not found.exists:
        yield ok(DATABASE, "file", f"{found.where} will be made at the first start")
        return
    yield ok(DATABASE, "database", f"{found.where} can be written")
    if found.lacking:
        yield note(DATABASE, "schema", f"from an older version; the next start adds {', '.join(found.lacking)}")
    else:
        yield ok(DATABASE, "schema", "as this version writes it")
    if found.journal:
        good = found.journal == "wal"
        said = "WAL" if good else f"{found.journal}; the next start sets WAL"
        yield (ok if good else note)(DATABASE, "journal", said)
    if found.oldest > 600:
        yield mend(
            DATABASE,
            "unanswered",
            f"{found.unanswered} messages wait, the oldest for {found.oldest / 60:.0f} minutes: start the bot, or look"
            " for answer_failed in its log.",
        )


def catalogue(settings: Settings) -> Iterator[Line]:
    """Whether ours and the team's own load."""
    try:
        ours = load()
    except CatalogueError as wrong:
        yield mend(CATALOGUE, "ours", f"{wrong}: install the bot again.")
        return
    yield ok(CATALOGUE, "ours", f"{len(ours.entries)} entries, version {ours.version}")
    for folder in settings.catalogue:
        yield own(folder, len(ours.entries))


def own(folder: pathlib.Path, ours: int) -> Line:
    """A folder with the team's own entries."""
    try:
        found = load(folder)
    except CatalogueError as wrong:
        return mend(CATALOGUE, str(folder), str(wrong))
    return ok(CATALOGUE, str(folder), f"loads; {len(found.entries) - ours} entries beside ours")


def extras(settings: Settings) -> Iterator[Line]:
    """The optional libraries that settings ask for."""
    if not settings.dns:
        yield note(EXTRAS, "dns", "look-ups are off (SMTP_BOT_DNS)")
        return
    try:
        Lookup()
    except Unavailable as wrong:
        yield mend(EXTRAS, "dns", str(wrong))
    else:
        yield ok(EXTRAS, "dns", "look-ups are on")
