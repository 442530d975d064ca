"""The bot's processes: started as an operator starts them, killed and replaced at random moments."""

from __future__ import annotations

import os
import pathlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter

from bot.practice import Practice

PROJECT = pathlib.Path(__file__).parents[2]
WAYS = ("alone", "overlapping", "overlapping", "deploy")


class Processes:
    """One or two bots on one database; ``log`` gets what they write."""

    def __init__(self, practice: Practice, folder: pathlib.Path, seed: int) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "SMTP_BOT_"))}
        self._environment = kept | {
            "PYTHONPATH": str(PROJECT),
            "SLACK_BOT_TOKEN": practice.bot_token,
            "SLACK_APP_TOKEN": practice.app_token,
            "SLACK_API_URL": practice.api_url,
            "SMTP_BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite3'}",
            "SMTP_BOT_LEASE_SECONDS": "3",
            # Every paste gets an answer of its own, not a count on the card before.
            "SMTP_BOT_INCIDENT_HOURS": "0",
        }
        self.log = folder / "log"
        self._folder, self._chance = folder, random.Random(seed)
        self._running: list[subprocess.Popen[bytes]] = []
        self.count: Counter[str] = Counter()

    def start(self) -> None:
        """Starts one more."""
        with self.log.open("ab") as log:
            self._running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "bot"],
                    cwd=self._folder,
                    env=self._environment,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                )
            )
        self.count["started"] += 1

    def watch(self) -> None:
        """What a supervisor does: one that ended is started again."""
        for process in self._running[:]:
            if process.poll() is not None:
                self._running.remove(process)
                self.count[f"ended by itself ({process.returncode})"] += 1
        if not self._running:
            self.start()

    def strike(self) -> bool:
        """Kills the oldest: alone, or while a new one runs beside it; or ends it in good order, as a deploy does.

        Whether it was killed.
        """
        way = self._chance.choice(WAYS)
        if way != "alone":
            self.start()
            time.sleep(self._chance.uniform(0.5, 2.0))
        old = self._running.pop(0)
        old.send_signal(signal.SIGTERM if way == "deploy" else signal.SIGKILL)
        old.wait(30)
        self.count["deployed" if way == "deploy" else f"killed {way}"] += 1
        if way == "alone":
            time.sleep(self._chance.uniform(0.0, 1.0))
        self.watch()
        return way != "deploy"

    def end(self) -> None:
        """Ends all in good order."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(30)
