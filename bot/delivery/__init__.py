"""The use case that acts: claim → answer → post → record. Listeners, start and a second instance all go through it."""

from bot.delivery.delivery import Delivery
from bot.delivery.errors import DeliveryError, Undeliverable, Undelivered
from bot.delivery.jobs import Job, Press
from bot.delivery.posted import Posted
from bot.delivery.threads import Thread

__all__ = ["Delivery", "DeliveryError", "Job", "Posted", "Press", "Thread", "Undeliverable", "Undelivered"]
