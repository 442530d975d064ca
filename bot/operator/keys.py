"""Each setting as the doctor sees it: whether it is set and understood, and what it does; never a secret's value."""

from __future__ import annotations

from collections.abc import Mapping

from bot.operator.lines import Line, mend, note, ok
from bot.settings import KEYS, Settings, SettingsError

AREA = "Settings"
# A database's address may hold a password.
SECRET = frozenset(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SMTP_BOT_DATABASE_URL"))
MEANINGS = {
    "SLACK_BOT_TOKEN": "the bot's token; with SLACK_APP_TOKEN it connects to Slack, without it practises",
    "SLACK_APP_TOKEN": "opens the connection to Slack (Socket Mode)",
    "SLACK_SIGNING_SECRET": "proves that a request over HTTP is Slack's, where there is no SLACK_APP_TOKEN",
    "SLACK_API_URL": "another Slack-compatible server",
    "SMTP_BOT_CHANNELS": "channels that are read for bounces",
    "SMTP_BOT_APPS": "other apps whose messages are read",
    "SMTP_BOT_DATABASE_URL": "where answers and cases are kept",
    "SMTP_BOT_CATALOGUE": "folders with your own entries",
    "SMTP_BOT_OUR_DOMAINS": "your domains, so that a card can say you",
    "SMTP_BOT_OUR_NETWORKS": "your networks, so that a card can say you",
    "SMTP_BOT_QUEUE": "whose queue sends your mail, for its retry times",
    "SMTP_BOT_INCIDENT_HOURS": "how long the same incident gets a short card",
    "SMTP_BOT_DNS": "look-ups from a card",
    "SMTP_BOT_RETENTION_DAYS": "how long rows are kept",
    "SMTP_BOT_FILE_MB": "how much of a file is read",
    "SMTP_BOT_CONTACT": "who runs the bot, as it says where it is invited",
    "SMTP_BOT_REACTION": "the emoji that explains a message",
    "SMTP_BOT_SWEEP_HOURS": "how far back it looks after it was away",
    "SMTP_BOT_LEASE_SECONDS": "after how long another process takes over",
    "SMTP_BOT_HTTP": "where /healthz, /readyz and /metrics are served, and Slack's requests over HTTP",
    "SMTP_BOT_LOG": "how the log is written",
    "SMTP_BOT_PRACTICE_PORT": "the practice page's port",
}


def understood(environ: Mapping[str, str]) -> tuple[Settings, list[Line]]:
    """The settings as far as they can be read, and a line for each key."""
    problems: dict[str, str] = {}
    given = dict(environ)
    while True:
        try:
            settings = Settings.read(given)
            break
        except SettingsError as wrong:
            found: dict[str, str] = {}
            for key, _, text in (problem.partition(" ") for problem in wrong.problems):
                found[key] = f"{found[key]} {text}" if key in found else text
            if found.keys() <= problems.keys():
                # What is left depends on the two tokens, of which one alone is wrong too.
                found |= {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}
            problems = found | problems
            given |= dict.fromkeys(found, "")
    lines = [line(key, environ.get(key, "").strip(), problems.get(key, ""), used(settings, key)) for key in KEYS]
    return settings, lines


def used(settings: Settings, key: str) -> str:
    """A setting's value as it is used, "" where there is none or it may be secret."""
    value = None if key in SECRET else getattr(settings, key.removeprefix("SMTP_BOT_").removeprefix("SLACK_").lower())
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def line(key: str, value: str, problem: str, default: str) -> Line:
    """One setting; ``default`` is what is used where it is not set."""
    if problem:
        return mend(AREA, key, problem)
    if not value:
        return note(AREA, key, f"not set{f' ({default})' if default else ''}: {MEANINGS[key]}")
    return ok(AREA, key, f"{'set' if key in SECRET else value}: {MEANINGS[key]}")


def unknown(environ: Mapping[str, str]) -> list[Line]:
    """A line for each key that looks like one of ours and is none: a misspelt setting does nothing."""
    strange = [key for key in environ if key.startswith("SMTP_BOT_") and key not in KEYS]
    return [mend(AREA, key, "is no setting: look for its right name in .env.example.") for key in sorted(strange)]
