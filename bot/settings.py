"""The environment read once into one frozen value: all that is wrong with it is said at the start, in one message."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

import msgspec

from bot.written import (
    DATABASE,
    SLACK,
    address,
    api_url,
    app,
    channel,
    contact,
    database_url,
    days,
    domain,
    folder,
    hours,
    leased,
    log_form,
    megabytes,
    network,
    port,
    queue,
    reaction,
    swept,
    switch,
)

MEMORY = "sqlite://"
# Where Slack's requests are waited for unless SMTP_BOT_HTTP says otherwise: behind a proxy of this machine's.
SIGNED = ("127.0.0.1", 3000)
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
    "SMTP_BOT_DNS",
    "SMTP_BOT_RETENTION_DAYS",
    "SMTP_BOT_FILE_MB",
    "SMTP_BOT_CONTACT",
    "SMTP_BOT_REACTION",
    "SMTP_BOT_SWEEP_HOURS",
    "SMTP_BOT_LEASE_SECONDS",
    "SMTP_BOT_HTTP",
    "SMTP_BOT_LOG",
    "SMTP_BOT_PRACTICE_PORT",
)

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
    dns: bool = False
    retention_days: int = 180
    file_mb: int = 10
    contact: str = ""
    reaction: str = ""
    sweep_hours: int = 2
    lease_seconds: int = 60
    http: tuple[str, int] | None = None
    log: Literal["text", "json"] = "text"
    practice_port: int = 8025

    @property
    def signed(self) -> bool:
        """Whether Slack posts signed requests here, instead of a Socket Mode connection to it."""
        return bool(self.bot_token and self.signing_secret and not self.app_token)

    @property
    def listening(self) -> tuple[str, int] | None:
        """Where HTTP is served: the pages for operators, and Slack's requests where they come so; None: nowhere."""
        return self.http or (SIGNED if self.signed else None)

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
            dns=given.read("SMTP_BOT_DNS", switch, False),
            retention_days=given.read("SMTP_BOT_RETENTION_DAYS", days, 180),
            file_mb=given.read("SMTP_BOT_FILE_MB", megabytes, 10),
            contact=given.read("SMTP_BOT_CONTACT", contact, ""),
            reaction=given.read("SMTP_BOT_REACTION", reaction, ""),
            sweep_hours=given.read("SMTP_BOT_SWEEP_HOURS", swept, 2),
            lease_seconds=given.read("SMTP_BOT_LEASE_SECONDS", leased, 60),
            http=given.read("SMTP_BOT_HTTP", address, None),
            log=given.read("SMTP_BOT_LOG", log_form, "text"),
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
    """The two tokens of Socket Mode (docs.slack.dev, using-socket-mode): both, or neither to practise.

    With a signing secret the bot's own is enough: Slack then posts signed requests.
    """
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
    if bot and not app and not given.values["SLACK_SIGNING_SECRET"]:
        given.wrong(
            "SLACK_APP_TOKEN",
            "is missing: Socket Mode needs it beside SLACK_BOT_TOKEN. It starts with xapp-. (For requests over HTTP,"
            " give SLACK_SIGNING_SECRET instead.)",
        )
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
