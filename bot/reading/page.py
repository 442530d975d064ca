"""A text as the dialects see it: cleaned, and where it is a mail, taken apart."""

from __future__ import annotations

import functools

from bot.reading import mail
from bot.reading.context import state_of, state_of_subject
from bot.terms import Mode, State


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
    def told(self) -> State:
        """What becomes of the mail: the notice's words, else its subject, else the header that only failures carry."""
        said = state_of(self.text)
        if said == "unknown" and self.mail:
            said = state_of_subject(self.mail.headers.get("subject", ""))
            if said == "unknown" and "x-failed-recipients" in self.mail.headers:
                return "given-up"
        return said

    def state(self, code: str | None = None) -> State:
        """What becomes of the mail, for a reply with this code: a report of a permanent refusal is one of giving up."""
        if self.told == "unknown" and code and code[0] == "5" and self.mail and self.mail.is_report:
            return "given-up"
        return self.told

    @functools.cached_property
    def fields(self) -> str:
        """Where delivery-status fields may stand: the report's own parts, else the whole text."""
        return self.mail.status if self.mail and self.mail.status else self.text

    @functools.cached_property
    def asked(self) -> bool:
        """Whether somebody put this text to the bot."""
        return self.mode == "asked"
