"""A text as the dialects see it: cleaned, and where it is a mail, taken apart."""

from __future__ import annotations

from bot.reading import mail
from bot.reading.context import state_of_subject, told
from bot.reading.wrapped import unmarked, unwrapped
from bot.terms import Mode, State
from catalogue.entries import Phase

# How much of a text is looked through for what becomes of a mail: delay warnings may say it after a long list.
TELLING = 40_000
ESCAPE = "\x1b"


class Page:
    """One text to read: ``text`` where words may stand, ``low`` the same in lower case, ``mail`` its parts if it is one."""

    __slots__ = ("_told", "asked", "low", "mail", "mode", "text")

    def __init__(self, text: str, mode: Mode) -> None:
        self.mode = mode
        self.asked = mode == "asked"
        self.mail: mail.Mail | None = mail.innermost(text) if mail.is_mail(text) else None
        self.text = self.mail.notice if self.mail else mail.own_words(unwrapped(unmarked(text)))
        if ESCAPE in self.text:
            self.text = self.text.replace(ESCAPE, "")
        self.low = self.text.lower()
        self._told: tuple[State, Phase | None] | None = None

    @property
    def fields(self) -> str:
        """Where delivery-status fields may stand: the report's own parts, else the whole text."""
        return self.mail.status if self.mail and self.mail.status else self.text

    @property
    def told(self) -> tuple[State, Phase | None]:
        """What the words say of the mail, else its subject, else the header that only failures carry; and the phase."""
        if self._told is None:
            state, phase = told(self.text[:TELLING])
            if state == "unknown" and self.mail:
                state = state_of_subject(self.mail.headers.get("subject", ""))
                if state == "unknown" and "x-failed-recipients" in self.mail.headers:
                    state = "given-up"
            self._told = state, phase
        return self._told

    def state(self, code: str | None = None) -> State:
        """What becomes of the mail, for a reply with this code: a report of a permanent refusal is one of giving up."""
        state = self.told[0]
        if state == "unknown" and code and code[0] == "5" and self.mail and self.mail.is_report:
            return "given-up"
        return state
