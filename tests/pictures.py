"""Takes the pictures of the documentation in the practice workspace: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bot.practice.samples import SAMPLES
from tests.browser.running import PROJECT, MissingChromium, chromium, running_bot
from tests.browser.slack import Slack
from tests.png import smaller

DOCS = PROJECT / "docs"
LARGEST = 200_000
WIDE = {"width": 1280, "height": 900}


def opened(browser: Browser, address: str, viewport: dict[str, int], scheme: str = "light") -> Page:
    """The page at twice the size, in light or dark."""
    page = browser.new_context(
        viewport={"width": viewport["width"], "height": viewport["height"]},
        device_scale_factor=2,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        permissions=["clipboard-read", "clipboard-write"],
    ).new_page()
    page.goto(address)
    page.locator("body[data-ready]").wait_for()
    return page


def card(browser: Browser, address: str) -> None:
    """A pasted bounce and its card: the thread, as high as it is."""
    page = opened(browser, address, WIDE)
    slack = Slack(page)
    slack.pastes(str(SAMPLES[0]["text"]).strip())
    page.locator(".thread .message").nth(1).wait_for()
    page.set_viewport_size({"width": 1280, "height": 2000})
    used = page.evaluate("document.querySelector('#thread-messages').offsetHeight")
    page.set_viewport_size({"width": 1280, "height": int(used) + 38 + 49 + 14 + 110})
    page.mouse.move(0, 0)
    taken(page, "card")


def taken(page: Page, name: str) -> None:
    """Keeps the picture of the thread; raises ValueError where it is too large to be shown in a README."""
    path = DOCS / f"{name}.png"
    path.write_bytes(smaller(page.locator("#thread").screenshot(animations="disabled")))
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}: crop it.")


def main() -> int:
    """Takes all pictures; the exit status."""
    DOCS.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder, running_bot(Path(folder)) as address, chromium() as browser:
            card(browser, address)
    except MissingChromium as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
