"""Answers and replies as Slack messages: the only place with Block Kit. Pure."""

from bot.cards.arrival import arrival
from bot.cards.card import card, case_card, cause_card, private
from bot.cards.modal import read_only
from bot.cards.replies import found, help, marked, notice, notice_markup, plain_text, say, unsolved
from bot.cards.switches import paused, quieted, resumed, speaking, status, switched
from bot.cards.verdict import in_one_breath

__all__ = [
    "arrival",
    "card",
    "case_card",
    "cause_card",
    "found",
    "help",
    "in_one_breath",
    "marked",
    "notice",
    "notice_markup",
    "paused",
    "plain_text",
    "private",
    "quieted",
    "read_only",
    "resumed",
    "say",
    "speaking",
    "status",
    "switched",
    "unsolved",
]
