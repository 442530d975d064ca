"""The bot as a person starts it, and Chromium as a person opens it; used by the tests and by the pictures."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
MISSING = "Chromium is missing: install it (Debian: apt-get install chromium), or put its path into CHROMIUM."


class MissingChromium(Exception):
    """There is no browser to test in; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def executable() -> str:
    """The path of Chromium; raises MissingChromium with what to install."""
    wanted = os.environ.get("CHROMIUM")
    found = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise MissingChromium
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        yield browser
        browser.close()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_bot(folder: Path, **settings: str) -> Iterator[str]:
    """``python -m bot`` without tokens, with a database of its own in ``folder``; gives the page's address."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "SMTP_BOT_"))}
    own = {
        "PYTHONPATH": str(PROJECT),
        "SMTP_BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite3'}",
        "SMTP_BOT_PRACTICE_PORT": str(free_port()),
    }
    command = [sys.executable, "-m", "bot"]
    with subprocess.Popen(command, cwd=folder, env=kept | own | settings, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            greeting = process.stdout.readline()
            address = re.search(r"http://\S+", greeting)
            if address is None:
                raise RuntimeError(f"The bot did not start: {greeting}{process.stdout.read()}")
            yield address[0]
        finally:
            process.terminate()
