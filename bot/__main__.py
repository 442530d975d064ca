"""``python -m bot``: runs the bot, or does on the command line what can be done without Slack."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Mapping

from dotenv import dotenv_values

from bot import __version__
from bot.cli.arguments import parser
from bot.cli.commands import MISUSED, UsageError, run
from bot.settings import Settings, SettingsError

TEAM = ("SMTP_BOT_CATALOGUE", "SMTP_BOT_OUR_DOMAINS", "SMTP_BOT_OUR_NETWORKS")
INTERRUPTED = 130


def main() -> int:
    """The exit status: 0 well, 1 nothing recognised, 2 bad usage, settings or catalogue."""
    options = parser(__version__).parse_args()
    if options.command is None:
        from bot.app import start

        return start(os.environ)
    if sys.stdout is None:  # closed, as >&- leaves it: the exit status is all that is wanted
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may know fewer letters than a bounce has
    try:
        status = command(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output, head for one, has enough
        silence()
        return 0
    except OSError as wrong:
        silence()
        sys.stderr.write(f"The answer cannot be written: {wrong.strerror or wrong}.\n")
        return MISUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def silence() -> None:
    """Lets what is left of the output go nowhere, so that the interpreter's end does not complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def command(options: argparse.Namespace) -> int:
    """A command's exit status; what stops it is said in a line or a few on standard error."""
    from catalogue import CatalogueError, load

    if options.command in ("doctor", "forget"):
        return operated(options)
    try:
        team = settings(os.environ)
        if options.command == "catalogue":
            from bot.cli.catalogue import run as look

            return look(options, team.catalogue)
        from bot.answer import Ours

        return run(options, load(*team.catalogue), Ours(team.our_domains, team.our_networks))
    except (UsageError, CatalogueError, SettingsError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED


def operated(options: argparse.Namespace) -> int:
    """What an operator asked for; what stops it is said in a line or a few on standard error."""
    from bot import logs
    from bot.app import web_client
    from bot.operator import doctor, forgetting
    from bot.store import StoreError

    logs.configure()
    try:
        do = doctor.run if options.command == "doctor" else forgetting.run
        return do(options, given(os.environ), web_client)
    except (SettingsError, StoreError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED


def given(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment and, beneath it, a .env file here."""
    return {**{key: value or "" for key, value in dotenv_values(".env").items()}, **environ}


def settings(environ: Mapping[str, str]) -> Settings:
    """What a team set about its catalogue and itself, in the environment or a .env file here; no token is looked at."""
    found = given(environ)
    return Settings.read({key: found.get(key, "") for key in TEAM})


if __name__ == "__main__":
    sys.exit(main())
