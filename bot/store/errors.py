"""What can be wrong with the database, in sentences.

StoreError      the database cannot be opened, read or written; the message says what to mend
DatabaseAway    that may pass: a server that is starting, a lock, a full disk
"""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import exc

MENDED = (
    (
        "unable to open database file",
        "cannot be opened: make its folder, and let the bot write there.",
    ),
    ("readonly database", "may not be written: give the bot's user the right to write the file and its folder."),
    ("database is locked", "was locked by another program for seconds: close that program, or move to PostgreSQL."),
    ("file is not a database", "is no SQLite file: name another one in SMTP_BOT_DATABASE_URL, or move it away."),
    ("disk is full", "cannot grow: its disk is full."),
    ("no such table", "has lost its tables while the bot was running: start the bot again."),
)


class StoreError(Exception):
    """The database cannot be used; the message says what to do next and holds no password."""


class DatabaseAway(StoreError):
    """The database cannot be used now; another try, later, may find it well."""


# What may pass without anybody changing a setting.
PASSING = ("database is locked", "disk is full")


def explained(wrong: BaseException, url: sqlalchemy.URL) -> StoreError:
    """The sentence for what SQLAlchemy raised about the database at ``url``."""
    said = str(getattr(wrong, "orig", None) or wrong).lower()
    where = f"The database {url.render_as_string(hide_password=True)}"
    for sign, sentence in MENDED:
        if sign in said:
            return (DatabaseAway if sign in PASSING else StoreError)(f"{where} {sentence}")
    if isinstance(wrong, exc.OperationalError):
        return DatabaseAway(f"{where} cannot be reached: check host, name and password in SMTP_BOT_DATABASE_URL.")
    return StoreError(f"{where} failed ({type(wrong).__name__}): check that its version fits and its disk is sound.")
