"""The tables. What people wrote stays in Slack: no column may hold a bounce's text or an address.

A test holds every column against an allow-list. A column that came later has a server default: older files get it when
they are opened (bot.store.opening).
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
    Column("asker", String(40), nullable=False, server_default=""),
    UniqueConstraint("team", "channel", "ts", name="answers_once"),
    Index("answers_due", "state", "lease"),
    Index("answers_asked", "team", "asker", "claimed_at"),
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
    Column("owner", String(40), nullable=False, server_default=""),
    Column("moved_by", String(40), nullable=False, server_default=""),
    Column("moved_at", Float, nullable=False, server_default="0"),
    Column("before", String(60), nullable=False, server_default=""),
    Column("fixed_ts", String(40), nullable=False, server_default=""),
    Column("used", Integer, nullable=False, server_default="0"),
    Column("cause", String(40), nullable=False, server_default=""),
    Column("incident", String(40), nullable=False, server_default=""),
    UniqueConstraint("team", "channel", "thread", name="cases_once"),
    Index("cases_card", "team", "channel", "card_ts"),
)

# When a cause was seen: keyed hashes, which say nothing to who has no key.
sightings = Table(
    "sightings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("cause", String(40), nullable=False),
    Column("incident", String(40), nullable=False),
    Column("domain", String(40), nullable=False),
    Column("seen_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "ts", name="sightings_once"),
    Index("sightings_incident", "team", "channel", "incident", "seen_at"),
    Index("sightings_cause", "team", "channel", "cause", "seen_at"),
)

# What the weeks of a channel are counted from: a row a message and cause, in ids and numbers.
tallies = Table(
    "tallies",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("entry", String(200), nullable=False),
    Column("provider", String(80), nullable=False),
    Column("bounces", Integer, nullable=False),
    Column("seen_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "ts", "entry", "provider", name="tallies_once"),
    Index("tallies_seen", "team", "channel", "seen_at"),
    Index("tallies_lately", "team", "seen_at"),
)

# Causes that rose far above their usual rate: since when the incident is told, and when it was last so.
surges = Table(
    "surges",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("entry", String(200), nullable=False),
    Column("provider", String(80), nullable=False),
    Column("since", Float, nullable=False),
    Column("last", Float, nullable=False),
    UniqueConstraint("team", "channel", "entry", "provider", name="surges_once"),
)

# Which channels want their week told, when, and when it is due next.
weeklies = Table(
    "weeklies",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("by", String(40), nullable=False),
    Column("due_at", Float, nullable=False),
    UniqueConstraint("team", "channel", name="weeklies_once"),
    Index("weeklies_due", "team", "due_at"),
)

# The one key of PostgreSQL; SQLite has it in a file beside (bot.store.keys).
keys = Table("keys", METADATA, Column("id", Integer, primary_key=True), Column("value", String(80), nullable=False))

reminders = Table(
    "reminders",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("user", String(40), nullable=False),
    Column("scheduled", String(40), nullable=False),
    Column("due_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "scheduled", name="reminders_once"),
    Index("reminders_thread", "team", "channel", "thread"),
)

# What was marked right or wrong, or not recognised: a pointer to the message, never its words.
feedback = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("entry", String(200), nullable=False),
    Column("user", String(40), nullable=False),
    Column("given_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "ts", "user", name="feedback_once"),
)

# What a channel chose (thread ""), or somebody for one thread.
settings = Table(
    "settings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread", String(40), nullable=False),
    Column("watch", String(10), nullable=False),
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("by", String(40), nullable=False),
    Column("greeted", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    UniqueConstraint("team", "channel", "thread", name="settings_once"),
)

# How far each channel was read.
watermarks = Table(
    "watermarks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("team", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("began", Float, nullable=False),
    Column("reached", Float, nullable=False),
    UniqueConstraint("team", "channel", name="watermarks_once"),
)
