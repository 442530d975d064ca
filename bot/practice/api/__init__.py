"""Slack's Web API, the part that a bot for bounces uses, over Slack's wire format."""

from __future__ import annotations

from bot.practice.api.calls import Method, Refused
from bot.practice.api.chat import CHAT
from bot.practice.api.conversations import CONVERSATIONS
from bot.practice.api.rest import REST
from bot.practice.api.steps import STEPS
from bot.practice.api.uploads import UPLOADS
from bot.practice.api.views import VIEWS

METHODS: dict[str, Method] = {**REST, **CHAT, **CONVERSATIONS, **VIEWS, **UPLOADS, **STEPS}

__all__ = ["METHODS", "Method", "Refused"]
