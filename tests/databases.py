"""The databases that tests open: SQLite files, or PostgreSQL where SMTP_BOT_TEST_DATABASE_URL names a server."""

from __future__ import annotations

import os
import pathlib
import secrets

import sqlalchemy
from sqlalchemy.schema import CreateSchema

SERVER = os.environ.get("SMTP_BOT_TEST_DATABASE_URL", "")


def fresh(folder: pathlib.Path) -> str:
    """The address of a database that holds nothing yet: a file in the folder, or a schema of its own."""
    if not SERVER:
        return f"sqlite:///{folder}/bot.sqlite3"
    url, schema = sqlalchemy.make_url(SERVER), f"smtp_bot_test_{secrets.token_hex(6)}"
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    engine.dispose()
    return url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
