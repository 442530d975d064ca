"""The key of the keyed hashes: made once, kept beside the SQLite file for its owner alone, or in PostgreSQL for all."""

from __future__ import annotations

import os
import pathlib
import secrets

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql

from bot.store.errors import StoreError
from bot.store.tables import keys

SIZE = 32


def key_of(engine: Engine) -> bytes:
    """The key that belongs to a database; raises StoreError where its file cannot be read or made."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            return shared(connection)
    if engine.url.database in (None, "", ":memory:"):
        return secrets.token_bytes(SIZE)
    return beside(pathlib.Path(f"{engine.url.database}.key"))


def beside(path: pathlib.Path) -> bytes:
    """The key in a file, made where there is none: whole from its first moment, so that two starts agree on one."""
    try:
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(SIZE))
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as wrong:
        mend = "let the bot read and write it, or delete it: then what was seen before is forgotten"
        raise StoreError(f"The key file {path} cannot be used ({type(wrong).__name__}): {mend}.") from None


def shared(connection: Connection) -> bytes:
    """The key that all instances on one PostgreSQL share."""
    fresh = postgresql.insert(keys).values(id=1, value=secrets.token_hex(SIZE))
    connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))
    return bytes.fromhex(connection.execute(select(keys.c.value).where(keys.c.id == 1)).scalar_one())
