"""``doctor``: looks over settings, Slack, database, catalogue and clock, and says of each how to mend it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping

from slack_sdk import WebClient

from bot.operator import keys, machine, slack
from bot.operator.lines import Line, as_json, shown, status
from bot.settings import Settings

TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


def run(options: argparse.Namespace, environ: Mapping[str, str], client: Callable[[Settings], WebClient]) -> int:
    """Prints what was found, for people or (``--json``) for programs; 0 where nothing must be mended, else 1."""
    lines = examined(environ, client)
    if options.json:
        sys.stdout.buffer.write(as_json(lines))
    else:
        sys.stdout.write(shown(lines))
    return status(lines)


def examined(
    environ: Mapping[str, str], client: Callable[[Settings], WebClient], clock: Callable[[], float] = time.time
) -> list[Line]:
    """A line for each thing that was looked at; no token is in them."""
    settings, lines = keys.understood(environ)
    database, watched = machine.database(settings)
    meant = any(environ.get(key) for key in TOKENS)
    return [
        *lines,
        *keys.unknown(environ),
        *slack.examined(settings, client(settings), clock, watched=watched, meant=meant),
        *database,
        *machine.catalogue(settings),
        *machine.extras(settings),
    ]
