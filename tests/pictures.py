"""Takes the pictures of the documentation in the practice workspace: ``make pictures``."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from bot.practice.samples import SAMPLES
from tests.browser.history import bot_with_history
from tests.browser.running import PROJECT, MissingChromium, chromium, running_bot
from tests.browser.slack import Slack
from tests.png import smaller

DOCS = PROJECT / "docs"
LARGEST = 200_000
WIDE, PHONE = (1280, 860), (390, 780)
# The page's bars above and below a thread's messages.
AROUND = 215


class Album:
    """Takes pictures of one running bot."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def opened(self, size: tuple[int, int], *, dark: bool = False) -> Slack:
        """The page at twice the size, in light or dark."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.goto(self.address)
        page.locator("body[data-ready]").wait_for()
        return Slack(page)

    def case(self) -> None:
        """One conversation, from a pasted bounce to the solved case: four pictures."""
        slack = self.opened(WIDE)
        slack.pastes(sample("Gmail: no SPF, no DKIM"))
        self.thread(slack, 2, "card")
        slack.page.set_viewport_size({"width": WIDE[0], "height": 2600})
        messages = slack.page.locator(".thread .message")

        slack.replies("what do I put in DNS for SPF?")
        messages.nth(3).wait_for()
        excerpt(slack.page, messages.nth(2), messages.nth(3), "follow-up")

        card = messages.nth(1)
        card.get_by_role("button", name="Next step").click()
        slack.whisper("forwarded on the way").get_by_role("button", name="Directly").click()
        step = slack.whisper("Step 1 of")
        step.wait_for()
        excerpt(slack.page, step, step, "step")

        step.get_by_role("button", name="Done, it works").click()
        window = slack.page.get_by_role("dialog")
        window.get_by_label("What fixed it?").fill("The sending service's include was missing in the SPF record.")
        window.get_by_role("button", name="Solved").click()
        card.get_by_role("button", name="Reopen").wait_for()
        slack.said(slack.thread, "What fixed it:").wait_for()
        excerpt(slack.page, card, card, "solved")

    def causes(self) -> None:
        """A log with several causes, and its summary."""
        slack = self.opened(WIDE)
        slack.pastes(sample("Three causes in a log"))
        self.thread(slack, 2, "causes")

    def command(self) -> None:
        """The answer to ``/smtp 451``, which only its asker sees."""
        slack = self.opened((1000, 860))
        slack.goes("ops")
        slack.pastes("/smtp 451")
        answer = slack.whisper("451")
        answer.wait_for()
        taken(slack.page, answer, "command")

    def window(self) -> None:
        """The window with a draft to change and copy."""
        slack = self.opened(WIDE)
        slack.pastes(sample("Listed at Spamhaus"))
        slack.page.locator(".thread .message").nth(1).locator("[data-action='ask.menu']").click()
        slack.page.get_by_role("menuitem", name="Draft a message").click()
        window = slack.page.get_by_role("dialog")
        window.wait_for()
        # The caret is at the text's end: show its beginning.
        window.get_by_role("textbox").first.evaluate("field => field.scrollTo(0, 0)")
        taken(slack.page, window, "draft")
        slack.page.keyboard.press("Escape")
        window.wait_for(state="hidden")

    def workspace(self) -> None:
        """The whole page in dark."""
        slack = self.opened(WIDE, dark=True)
        slack.pastes(sample("Greylisting"))
        slack.page.locator(".thread .message").nth(1).wait_for()
        taken(slack.page, None, "dark")

    def phone(self) -> None:
        """A card on a phone."""
        slack = self.opened(WIDE)
        slack.pastes(sample("No such user"))
        slack.page.locator(".thread .message").nth(1).wait_for()
        slack = self.opened(PHONE)
        slack.opens_thread_of("robin.lee@example.org")
        taken(slack.page, None, "phone")

    def home(self) -> None:
        """The Home with open cases and switches: wide, and on a phone in the dark."""
        slack = self.opened(WIDE)
        for name in ("Mailbox full", "Listed at Spamhaus"):
            slack.pastes(sample(name))
        slack.page.locator(".thread .message").nth(1).wait_for()
        for size, dark, name in ((WIDE, False, "home"), (PHONE, True, "home-phone")):
            slack = self.opened(WIDE, dark=dark)
            slack.goes("smtp-bot")
            slack.page.get_by_role("tab", name="Home").click()
            slack.page.get_by_role("heading", name="About smtp-bot").wait_for()
            slack.page.set_viewport_size({"width": size[0], "height": size[1]})
            taken(slack.page, None, name)

    def paste(self) -> None:
        """The window in which somebody pastes privately, answered."""
        slack = self.opened(WIDE)
        slack.channel.get_by_role("button", name="Shortcuts").click()
        slack.page.get_by_role("menuitem", name=re.compile("^Explain a bounce")).click()
        slack.page.get_by_role("dialog").get_by_label("The bounce").fill(sample("Mailbox full"))
        slack.page.get_by_role("dialog").get_by_role("button", name="Explain").click()
        window = slack.page.get_by_role("dialog", name="What it says")
        window.wait_for()
        taken(slack.page, window, "paste")
        slack.page.keyboard.press("Escape")
        window.wait_for(state="hidden")

    def shortcut(self) -> None:
        """The shortcut of a message in a channel that is not read: message and private answer."""
        slack = self.opened((1000, 860))
        slack.goes("general")
        slack.pastes(sample("Mailbox full"))
        message = slack.said(slack.channel, "Mailbox is full").last
        message.hover()
        message.get_by_role("button", name="More actions").click()
        slack.page.get_by_role("menuitem", name="Explain this bounce").click()
        answer = slack.whisper("mailbox is full").last
        answer.wait_for()
        excerpt(slack.page, message, answer, "shortcut")

    def emoji(self) -> None:
        """A message with the emoji that has it explained, and the card in its thread."""
        slack = self.opened((1000, 860))
        slack.goes("ops")
        slack.pastes(sample("Greylisting"))
        message = slack.said(slack.channel, "reylist").last
        message.hover()
        message.get_by_role("button", name="Add a reaction").click()
        slack.page.get_by_role("menuitem", name="question").click()
        message.get_by_text("1 reply").wait_for()
        excerpt(slack.page, message, message, "emoji")

    def step(self) -> None:
        """What the step of a workflow gives back."""
        slack = self.opened((1000, 860))
        slack.goes("ops")
        slack.channel.get_by_role("textbox").fill(sample("No such user"))
        slack.channel.get_by_role("button", name="Shortcuts").click()
        slack.page.get_by_role("menuitem", name="Workflow: Explain a bounce").click()
        answer = slack.whisper("entry:").last
        answer.wait_for()
        excerpt(slack.page, answer, answer, "workflow")

    def week(self) -> None:
        """The week of a channel that has some behind it."""
        slack = self.opened((1000, 860))
        slack.pastes("/smtp week")
        answer = slack.whisper("The week")
        answer.wait_for()
        slack.page.set_viewport_size({"width": 1000, "height": 1400})
        taken(slack.page, answer, "week")

    def thread(self, slack: Slack, messages: int, name: str) -> None:
        """The thread once it has so many messages, as high as it is."""
        slack.page.locator(".thread .message").nth(messages - 1).wait_for()
        slack.page.set_viewport_size({"width": WIDE[0], "height": 2000})
        used = int(slack.page.evaluate("document.querySelector('#thread-messages').offsetHeight"))
        slack.page.set_viewport_size({"width": WIDE[0], "height": used + AROUND})
        taken(slack.page, slack.page.locator("#thread"), name)


def sample(name: str) -> str:
    """The text of the sample of this name."""
    return next(str(one["text"]).strip() for one in SAMPLES if one["name"] == name)


def excerpt(page: Page, first: Locator, last: Locator, name: str) -> None:
    """Keeps a picture of some messages, from the first to the last."""
    page.mouse.move(0, 0)
    above, below = first.bounding_box(), last.bounding_box()
    assert above is not None
    assert below is not None
    height = below["y"] + below["height"] - above["y"]
    kept(page.screenshot(animations="disabled", clip={**above, "height": height}), name)


def taken(page: Page, what: Locator | None, name: str) -> None:
    """Keeps a picture of a part of the page, or of all."""
    page.mouse.move(0, 0)
    kept(what.screenshot(animations="disabled") if what else page.screenshot(animations="disabled"), name)


def kept(shot: bytes, name: str) -> None:
    """Writes a picture; raises ValueError where it is too large to be shown in a README."""
    path = DOCS / f"{name}.png"
    path.write_bytes(smaller(shot))
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}: crop it.")


def main() -> int:
    """Takes all pictures; the exit status."""
    DOCS.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder, running_bot(Path(folder)) as address, chromium() as browser:
            album = Album(browser, address)
            album.command()
            album.workspace()
            album.case()
            album.causes()
            album.shortcut()
            album.emoji()
            album.step()
            album.window()
            album.phone()
            album.paste()
            album.home()
            with bot_with_history(Path(folder)) as older:
                Album(browser, older).week()
    except MissingChromium as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
