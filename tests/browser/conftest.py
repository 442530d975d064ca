"""A running bot, a browser, and a page of it for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import MissingChromium, chromium, running_bot
from tests.browser.slack import Slack

# What waits, waits so long at most: two cores may be shared by many tests.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests here; without it they fail, and say how to get it."""
    try:
        with chromium() as running:
            yield running
    except MissingChromium as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One bot for all tests here, started as a person starts it."""
    with running_bot(tmp_path_factory.mktemp("bot")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, loaded; a test fails where its scripts threw an error or asked another address."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    opened.goto(address)
    opened.locator("body[data-ready]").wait_for()
    yield opened
    context.close()

    assert [] == wrong


@pytest.fixture
def slack(page: Page) -> Slack:
    """The page in the words of somebody who uses Slack."""
    return Slack(page)
