"""``python -m bot``: runs the bot, or explains something on the command line."""

from __future__ import annotations

import os
import pathlib
import sys

from bot.cli.commands import MISUSED, UsageError, parser, run


def main() -> int:
    """The exit status: 0 well, 1 nothing recognised, 2 bad usage, settings or catalogue."""
    options = parser().parse_args()
    if options.command is None:
        from bot.app import start

        return start(os.environ)
    from bot.answer import Ours
    from catalogue import CatalogueError, load

    folders = [pathlib.Path(p) for p in os.environ.get("SMTP_BOT_CATALOGUE", "").split(os.pathsep) if p]
    try:
        return run(options, load(*folders), Ours())
    except (UsageError, CatalogueError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return MISUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
