"""A text as the dialects see it: cleaned, and where it is a mail, taken apart."""

from __future__ import annotations

import functools

from bot.reading import mail
from bot.terms import Mode


class Page:
    """One text to read; what several dialects ask for is worked out once."""

    def __init__(self, text: str, mode: Mode) -> None:
        self.mode = mode
        self.mail: mail.Mail | None = mail.innermost(text) if mail.is_mail(text) else None
        self.text = mail.body_of(self.mail) if self.mail else mail.own_words(text)

    @functools.cached_property
    def low(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @functools.cached_property
    def fields(self) -> str:
        """Where delivery-status fields may stand: the report's own parts, else the whole text."""
        return self.mail.status if self.mail and self.mail.status else self.text

    @functools.cached_property
    def asked(self) -> bool:
        """Whether somebody put this text to the bot."""
        return self.mode == "asked"
