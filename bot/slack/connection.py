"""The app connected to Slack, by Socket Mode or by signed requests, from the first hello to the last answer."""

from __future__ import annotations

import threading

from slack_bolt import App
from starlette.routing import Route

from bot.delivery.desk import Desk
from bot.delivery.upkeep import Upkeep
from bot.slack.ending import Ending
from bot.slack.events import Me
from bot.slack.intake import Intake
from bot.slack.requests import Requests
from bot.slack.socket import Socket

# Supervisors wait 10 (docker stop) to 90 seconds (systemd) before they kill.
ENDING = 8.0


class Connection:
    """A connected app: by Socket Mode with an ``app_token``, else by requests signed with ``signing_secret``.

    Raises what the Web API raised where Slack refuses the token.
    ``ending`` hears when the connection is lost for good, or Slack takes the token back.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        desk: Desk,
        upkeep: Upkeep,
        *,
        me: Me,
        ending: Ending | None = None,
        signing_secret: str = "",
    ) -> None:
        self.app, self._desk, self._upkeep = app, desk, upkeep
        self.meter = desk.delivery.report.meter
        self._upkeep.live = lambda: self.live
        self.intake = Intake(app, desk.delivery, me, turned_away=upkeep.missed)
        self.source: Socket | Requests
        if app_token:
            self.source = Socket(
                app.client,
                app_token,
                self.intake.take,
                greeted=upkeep.connected,
                ending=ending or Ending(threading.Event()),
                meter=self.meter,
            )
        else:
            self.source = Requests(signing_secret, self.intake.take, greeted=upkeep.connected)
        self.source.start()
        self._upkeep.start()

    @property
    def live(self) -> bool:
        """Whether events come."""
        return self.source.live

    @property
    def depth(self) -> int:
        """How many messages are in hand or wait: to be claimed, or claimed and for their answer."""
        return self.intake.depth + self._desk.depth()

    @property
    def routes(self) -> tuple[Route, ...]:
        """What must be served over HTTP for Slack to reach the app; nothing in Socket Mode."""
        return self.source.routes if isinstance(self.source, Requests) else ()

    def close(self, seconds: float = ENDING) -> None:
        """Leaves Slack, and lets the answers that are on their way arrive, for so many seconds."""
        self.source.close()
        self.intake.close(seconds / 4)
        self._desk.close(seconds * 3 / 4)
        self._upkeep.stop()
