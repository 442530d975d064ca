"""A running bot, a browser, and a page of it for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.practice import Practice
from tests.browser.running import MissingChromium, chromium, running_bot
from tests.browser.slack import Slack
from tests.practice.app import MANIFEST, Recorder, recording

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
def page_of(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens a page; a test fails where its scripts threw an error or asked another address."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    wrong: list[str] = []

    def opened(address: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
        page.goto(address)
        page.locator("body[data-ready]").wait_for()
        return page

    yield opened
    context.close()

    assert [] == wrong


@pytest.fixture
def page(page_of: Callable[[str], Page], address: str) -> Page:
    """The bot's page, loaded."""
    return page_of(address)


@pytest.fixture
def slack(page: Page) -> Slack:
    """The page in the words of somebody who uses Slack."""
    return Slack(page)


@pytest.fixture(scope="package")
def connected() -> Iterator[Recorder]:
    """The small app, connected to a workspace of its own."""
    with Practice(manifest=MANIFEST) as server, recording(server) as recorder:
        yield recorder


@pytest.fixture
def recorded(connected: Recorder, page_of: Callable[[str], Page]) -> Slack:
    """The page of the small app, whose manifest has a Home and both kinds of shortcuts."""
    connected.afresh()
    return Slack(page_of(connected.practice.url))
