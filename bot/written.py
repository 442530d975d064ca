"""How each setting is written: a text as its value, or ValueError with a sentence on what to write."""

from __future__ import annotations

import ipaddress
import os
import pathlib
import re
from typing import Literal
from urllib.parse import urlsplit

from catalogue.fixes import queues

SLACK = "https://slack.com/api/"
DATABASE = "sqlite:///smtp-bot.sqlite3"

CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}")
CHANNEL_NAME = re.compile(r"[^\s,#@<>&!:./\\]{1,80}")
APP_ID = re.compile(r"[AB][A-Z0-9]{6,}")
# Slack's names, custom ones too: https://api.slack.com/methods/emoji.list
EMOJI = re.compile(r"[\w+'-]{1,100}")
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.IGNORECASE)


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


def switch(text: str) -> bool:
    """Whether something is on."""
    if text.lower() not in ("on", "off"):
        raise ValueError(f"is {text!r}: write on or off.")
    return text.lower() == "on"


def log_form(text: str) -> Literal["text", "json"]:
    """How the log is written."""
    if text.lower() == "json":
        return "json"
    if text.lower() == "text":
        return "text"
    raise ValueError(f"is {text!r}: write text (for people) or json (one object a line).")


def swept(text: str) -> int:
    """How far back the bot looks for bounces that were pasted while it was away."""
    return number(text, 0, 168, "a number of hours from 0 to 168, like 2")


def leased(text: str) -> int:
    """After how many seconds without a sign of life another process takes over what one was busy with."""
    return number(text, 2, 600, "a number of seconds from 2 to 600, like 60")


def days(text: str) -> int:
    """How many days answers and cases are kept."""
    return number(text, 1, 3650, "a number of days from 1 to 3650, like 180")


def contact(text: str) -> str:
    """Who runs the bot: a user's id, or words like a name or a team's address."""
    if len(text) > 100 or not text.isprintable():
        raise ValueError("is too long: write a user's id (U0123456789), a name or an address, 100 characters at most.")
    return text


def reaction(text: str) -> str:
    """The emoji by which people ask for a message to be explained: its name without colons; "off" for none."""
    bare = text.strip(":").lower()
    if bare == "off":
        return ""
    if not EMOJI.fullmatch(bare):
        raise ValueError(f"is {text!r}, which is no emoji's name: write it without colons, like question or postbox.")
    return bare


def megabytes(text: str) -> int:
    """How much of a shared file is read, unpacked."""
    return number(text, 1, 100, "a number of megabytes from 1 to 100, like 10")


def address(text: str) -> tuple[str, int]:
    """Where to listen: a port of this machine's own, or host:port (an IPv6 host in brackets)."""
    host, _, number_ = text.rpartition(":")
    wanted = "a port like 9108 (this machine only), or an address and port like 0.0.0.0:9108 or [::1]:9108"
    if host.startswith("[") != host.endswith("]") or (":" in host and not host.startswith("[")) or " " in host:
        raise ValueError(f"is {text!r}: write {wanted}.")
    return host.strip("[]") or "127.0.0.1", number(number_, 1, 65535, wanted)


def port(text: str) -> int:
    """The practice page's port."""
    return number(text, 1, 65535, "a port from 1 to 65535, like 8025")


def number(text: str, least: int, most: int, wanted: str) -> int:
    """A whole number within its bounds; raises ValueError saying what is ``wanted``."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError(f"is {text!r}: write {wanted}.")
    return int(text)
