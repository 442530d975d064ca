"""Recognises a follow-up question in a card's thread, and answers it for this bounce. Pure."""

from bot.conversation.cases import case_of
from bot.conversation.comparing import compared, difference
from bot.conversation.matter import Facts, plural
from bot.conversation.recognising import understood
from bot.conversation.replies import ask, reply

__all__ = ["Facts", "ask", "case_of", "compared", "difference", "plural", "reply", "understood"]
