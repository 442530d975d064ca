"""The app on its Socket Mode connection, from the first hello to the last answer."""

from __future__ import annotations

import threading

from slack_bolt import App

from bot.delivery.desk import Desk
from bot.delivery.upkeep import Upkeep
from bot.slack.ending import Ending
from bot.slack.events import Me
from bot.slack.intake import Intake
from bot.slack.socket import Socket

# Supervisors wait 10 (docker stop) to 90 seconds (systemd) before they kill.
ENDING = 8.0


class Connection:
    """A connected app; raises what the Web API raised where Slack refuses the token.

    ``ending`` hears when the connection is lost for good, or Slack takes the token back.
    """

    def __init__(
        self, app: App, app_token: str, desk: Desk, upkeep: Upkeep, *, me: Me, ending: Ending | None = None
    ) -> None:
        self.app, self._desk, self._upkeep = app, desk, upkeep
        self.meter = desk.delivery.report.meter
        self._upkeep.live = lambda: self.live
        self.intake = Intake(app, desk.delivery, me, turned_away=upkeep.missed)
        self.socket = Socket(
            app.client,
            app_token,
            self.intake.take,
            greeted=upkeep.connected,
            ending=ending or Ending(threading.Event()),
            meter=self.meter,
        )
        self.socket.start()
        self._upkeep.start()

    @property
    def live(self) -> bool:
        """Whether events come."""
        return self.socket.live

    @property
    def depth(self) -> int:
        """How many messages wait to be claimed, or are claimed and wait for their answer."""
        return self.intake.waiting + self._desk.depth()

    def close(self, seconds: float = ENDING) -> None:
        """Leaves Slack, and lets the answers that are on their way arrive, for so many seconds."""
        self.socket.close()
        self.intake.close(seconds / 4)
        self._desk.close(seconds * 3 / 4)
        self._upkeep.stop()
