"""A case and what was said about it: what to say. Pure, no Slack, no blocks."""

from bot.conversation.cases import case_of
from bot.conversation.replies import ask, reply

__all__ = ["ask", "case_of", "reply"]
