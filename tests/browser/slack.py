"""The practice page in the words of somebody who uses Slack."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class Slack:
    """What a person does and sees; all is found by role and label, as a screen reader would."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.channel = page.get_by_role("main")
        self.thread = page.get_by_role("complementary", name="Thread")

    def pastes(self, text: str) -> None:
        """Pastes into the channel's composer, by the clipboard's own event, and presses Enter."""
        self._paste(self.channel, text)

    def goes(self, place: str) -> None:
        """Opens a channel or a direct message."""
        self.page.get_by_role("navigation").get_by_role("button", name=re.compile(rf"^\W*{place}")).click()

    def replies(self, text: str) -> None:
        """Writes into the thread's composer and presses Enter."""
        self._paste(self.thread, text)

    def _paste(self, where: Locator, text: str) -> None:
        box = where.get_by_role("textbox", name="Message").or_(where.get_by_role("textbox", name="Reply"))
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        box.focus()
        self.page.keyboard.press("Control+V")
        expect(box).to_have_value(text)
        self.page.keyboard.press("Enter")

    def opens_thread_of(self, text: str) -> Locator:
        """Opens the thread of the newest message with this text, and gives the thread."""
        message = self.said(self.channel, text).last
        message.get_by_role("button", name="View thread").click()
        expect(self.thread).to_be_visible()
        return self.thread

    def said(self, where: Locator, text: str) -> Locator:
        """Messages with a text."""
        return where.locator(".message").filter(has_text=text)

    def card(self, title: str) -> Locator:
        """The newest message of the open thread with a heading."""
        return self.thread.locator(".message").filter(has=self.page.get_by_role("heading", name=title)).last

    def whisper(self, text: str) -> Locator:
        """The newest message that only this person sees, with a text."""
        return self.page.locator(".message.quiet").filter(has_text=text).last
