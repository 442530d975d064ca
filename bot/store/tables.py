"""The tables. What people wrote stays in Slack: no column may hold a bounce's text or an address.

A test holds every column against an allow-list. Tables to come: sightings, watermarks, reminders, feedback, settings.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, UniqueConstraint

METADATA = MetaData()

answers = Table(
    "answers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("ts", String(80), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("lease", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("posted_ts", String(40), nullable=False),
    Column("claimed_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "ts", name="answers_once"),
    Index("answers_due", "state", "lease"),
)

cases = Table(
    "cases",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("entry", String(200), nullable=False),
    Column("version", String(80), nullable=False),
    Column("reply", String(10), nullable=False),
    Column("enhanced", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("basis", String(20), nullable=False),
    Column("provider", String(80), nullable=False),
    Column("outlook", String(40)),
    Column("actor", String(40)),
    Column("then_actor", String(40)),
    Column("retry", String(40), nullable=False),
    Column("suppress", String(40), nullable=False),
    Column("recipients", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("card_ts", String(40), nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "thread", name="cases_once"),
)
