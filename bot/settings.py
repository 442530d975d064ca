"""The environment read once into one frozen value: all that is wrong with it is said at the start, in one message."""

from __future__ import annotations

import ipaddress
import os
import pathlib
import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from catalogue.fixes import queues

SLACK = "https://slack.com/api/"
DATABASE = "sqlite:///smtp-bot.sqlite3"
MEMORY = "sqlite://"
KEYS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "SMTP_BOT_CHANNELS",
    "SMTP_BOT_APPS",
    "SMTP_BOT_DATABASE_URL",
    "SMTP_BOT_CATALOGUE",
    "SMTP_BOT_OUR_DOMAINS",
    "SMTP_BOT_OUR_NETWORKS",
    "SMTP_BOT_QUEUE",
    "SMTP_BOT_INCIDENT_HOURS",
    "SMTP_BOT_RETENTION_DAYS",
    "SMTP_BOT_FILE_MB",
    "SMTP_BOT_SWEEP_HOURS",
    "SMTP_BOT_LEASE_SECONDS",
    "SMTP_BOT_PRACTICE_PORT",
)
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")
CHANNEL_NAME = re.compile(r"[^\s,#@<>&!:./\\]{1,80}")
APP_ID = re.compile(r"[AB][A-Z0-9]{6,}")
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.IGNORECASE)

T = TypeVar("T")


class SettingsError(Exception):
    """Settings that the bot cannot start with; ``problems`` says of each what to do, and no secret's value."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        count = "one setting needs" if len(problems) == 1 else f"{len(problems)} settings need"
        super().__init__("\n".join((f"The bot cannot start: {count} mending.", *(f"  - {p}" for p in problems))))


class Settings(msgspec.Struct, frozen=True):
    """What a team chose. Without tokens the bot runs in the practice workspace (``practice``)."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    api_url: str = SLACK
    channels: tuple[str, ...] = ("email-ops",)
    apps: tuple[str, ...] = ()
    database_url: str = MEMORY
    catalogue: tuple[pathlib.Path, ...] = ()
    our_domains: tuple[str, ...] = ()
    our_networks: tuple[str, ...] = ()
    queue: str = ""
    incident_hours: int = 24
    retention_days: int = 180
    file_mb: int = 10
    sweep_hours: int = 2
    lease_seconds: int = 60
    practice_port: int = 8025

    @property
    def practice(self) -> bool:
        """Whether there is no Slack to connect to."""
        return not self.bot_token

    def __repr__(self) -> str:
        return f"Settings(practice={self.practice}, channels={self.channels!r})"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """The settings in ``environ`` (an empty value counts as none); raises SettingsError with all that is wrong."""
        given = Given({key: environ.get(key, "").strip() for key in KEYS})
        bot_token, app_token = tokens(given)
        settings = cls(
            bot_token=bot_token,
            app_token=app_token,
            signing_secret=signing_secret(given),
            api_url=given.read("SLACK_API_URL", api_url, SLACK),
            channels=given.each("SMTP_BOT_CHANNELS", channel) or ("email-ops",),
            apps=given.each("SMTP_BOT_APPS", app),
            database_url=given.read("SMTP_BOT_DATABASE_URL", database_url, DATABASE) if bot_token else MEMORY,
            catalogue=given.each("SMTP_BOT_CATALOGUE", folder, os.pathsep),
            our_domains=given.each("SMTP_BOT_OUR_DOMAINS", domain),
            our_networks=given.each("SMTP_BOT_OUR_NETWORKS", network),
            queue=given.read("SMTP_BOT_QUEUE", queue, ""),
            incident_hours=given.read("SMTP_BOT_INCIDENT_HOURS", hours, 24),
            retention_days=given.read("SMTP_BOT_RETENTION_DAYS", days, 180),
            file_mb=given.read("SMTP_BOT_FILE_MB", megabytes, 10),
            sweep_hours=given.read("SMTP_BOT_SWEEP_HOURS", swept, 2),
            lease_seconds=given.read("SMTP_BOT_LEASE_SECONDS", leased, 60),
            practice_port=given.read("SMTP_BOT_PRACTICE_PORT", port, 8025),
        )
        if given.problems:
            raise SettingsError(tuple(given.problems))
        return settings


class Given:
    """The values as they were given, and what turned out to be wrong with them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[str] = []

    def wrong(self, key: str, problem: str) -> None:
        """Notes what to mend about a key."""
        self.problems.append(f"{key} {problem}")

    def read(self, key: str, reader: Callable[[str], T], default: T) -> T:
        """A value as ``reader`` understands it; a ValueError of the reader's is what to mend."""
        try:
            return reader(self.values[key]) if self.values[key] else default
        except ValueError as wrong:
            self.wrong(key, str(wrong))
            return default

    def each(self, key: str, reader: Callable[[str], T], separator: str = "") -> tuple[T, ...]:
        """The values of a list (commas or blanks between them, or ``separator``), each once."""
        given = self.values[key].split(separator) if separator else re.split(r"[\s,]+", self.values[key])
        found: list[T] = []
        for one in given:
            try:
                found += [reader(one.strip())] if one.strip() else []
            except ValueError as wrong:
                self.wrong(key, str(wrong))
        return tuple(dict.fromkeys(found))


def tokens(given: Given) -> tuple[str, str]:
    """The two tokens of Socket Mode (docs.slack.dev, using-socket-mode): both, or neither to practise."""
    bot, app = given.values["SLACK_BOT_TOKEN"], given.values["SLACK_APP_TOKEN"]
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        given.wrong("SLACK_BOT_TOKEN", "and SLACK_APP_TOKEN are swapped: exchange the two values.")
        return bot, app
    if bot and not bot.startswith("xoxb-"):
        given.wrong(
            "SLACK_BOT_TOKEN",
            "does not start with xoxb-: copy the Bot User OAuth Token from your app's OAuth & Permissions page.",
        )
    if app and not app.startswith("xapp-"):
        given.wrong(
            "SLACK_APP_TOKEN",
            "does not start with xapp-: make an app-level token with connections:write on the Basic Information page.",
        )
    if bot and not app:
        given.wrong("SLACK_APP_TOKEN", "is missing: Socket Mode needs it beside SLACK_BOT_TOKEN. It starts with xapp-.")
    if app and not bot:
        given.wrong("SLACK_BOT_TOKEN", "is missing: it is needed beside SLACK_APP_TOKEN. It starts with xoxb-.")
    for key, token in (("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app)):
        if not token.isascii() or len(token.split()) > 1:
            given.wrong(key, "holds a blank or a letter that no token has: copy it again.")
    return bot, app


def signing_secret(given: Given) -> str:
    """The secret that proves HTTP requests; Socket Mode needs none."""
    secret = given.values["SLACK_SIGNING_SECRET"]
    if secret.startswith(("xoxb-", "xapp-", "xoxp-")):
        given.wrong(
            "SLACK_SIGNING_SECRET", "holds a token: copy the Signing Secret from Basic Information, or leave it empty."
        )
    return secret


def api_url(text: str) -> str:
    """The address of a Slack-compatible Web API, ending in a slash."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"is not an address: write it like {SLACK} (with http:// or https://).")
    return text if text.endswith("/") else f"{text}/"


def channel(text: str) -> str:
    """A channel's id, or its name without # in lower case."""
    bare = text.removeprefix("#")
    if CHANNEL_ID.fullmatch(bare):
        return bare
    if not CHANNEL_NAME.fullmatch(bare):
        raise ValueError(f"holds {text!r}, which is neither a channel's name (email-ops) nor its id (C0123456789).")
    return bare.lower()


def app(text: str) -> str:
    """Another app's id."""
    if not APP_ID.fullmatch(text):
        raise ValueError(f"holds {text!r}, which is no app's id: it looks like A0123456789 (or B0123456789 for a bot).")
    return text


def database_url(text: str) -> str:
    """Where answers and cases are kept, as SQLAlchemy writes it (docs.sqlalchemy.org, Engine Configuration)."""
    if not re.match(r"[a-z][a-z0-9+]*://", text):
        raise ValueError(
            f"is no database address: write it like {DATABASE} or postgresql+psycopg://user:password@host/name."
        )
    return text


def folder(text: str) -> pathlib.Path:
    """A folder with a team's own catalogue."""
    path = pathlib.Path(text).expanduser()
    if not path.is_dir():
        raise ValueError(
            f"names {text!r}, which is no folder here: make it, or take it out (several: {os.pathsep!r} between)."
        )
    return path


def domain(text: str) -> str:
    """One of the team's own domains, in lower case."""
    bare = text.removeprefix("@").rstrip(".").lower()
    if not DOMAIN.fullmatch(bare):
        raise ValueError(f"holds {text!r}, which is no domain: write example.com, without @ or https://.")
    return bare


def network(text: str) -> str:
    """One of the team's own networks (CIDR, RFC 4632)."""
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        pass
    try:
        hint = f"did you mean {ipaddress.ip_network(text, strict=False)}?"
    except ValueError:
        hint = "write it like 192.0.2.0/24, 192.0.2.7 or 2001:db8::/32."
    raise ValueError(f"holds {text!r}, which is no network: {hint}")


def queue(text: str) -> str:
    """The kind of server whose queue sends the team's mail: one that the catalogue knows retry times of."""
    if text.lower() not in queues():
        raise ValueError(f"is {text!r}: write one of {', '.join(queues())}, or leave it empty.")
    return text.lower()


def hours(text: str) -> int:
    """For how many hours the same incident gets a short card; 0: never."""
    return number(text, 0, 720, "a number of hours from 0 to 720, like 24")


def swept(text: str) -> int:
    """How far back the bot looks for bounces that were pasted while it was away."""
    return number(text, 0, 168, "a number of hours from 0 to 168, like 2")


def leased(text: str) -> int:
    """After how many seconds without a sign of life another process takes over what one was busy with."""
    return number(text, 2, 600, "a number of seconds from 2 to 600, like 60")


def days(text: str) -> int:
    """How many days answers and cases are kept."""
    return number(text, 1, 3650, "a number of days from 1 to 3650, like 180")


def megabytes(text: str) -> int:
    """How much of a shared file is read, unpacked."""
    return number(text, 1, 100, "a number of megabytes from 1 to 100, like 10")


def port(text: str) -> int:
    """The practice page's port."""
    return number(text, 1, 65535, "a port from 1 to 65535, like 8025")


def number(text: str, least: int, most: int, wanted: str) -> int:
    """A whole number within its bounds; raises ValueError saying what is ``wanted``."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError(f"is {text!r}: write {wanted}.")
    return int(text)
