"""All that somebody can do in the workspace."""

from __future__ import annotations

from bot.practice.pressing import Pressing
from bot.practice.stage import Stage


class Acts(Pressing):
    """People and other apps in one workspace; everything they do reaches the app as Slack would send it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.workspace = stage.workspace
