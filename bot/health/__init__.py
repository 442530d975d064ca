"""What an operator's tools ask over HTTP: whether the bot lives, whether it is ready, and its figures."""

from bot.health.metrics import Gauge
from bot.health.pages import Check, application

__all__ = ["Check", "Gauge", "application"]
