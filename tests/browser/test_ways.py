"""The ways in as a person uses them in the browser: the Home, the window, the emoji; by keyboard, and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.slack import Slack


def test_the_home_searches_and_switches(slack: Slack) -> None:
    """Enter answers under the field; a channel's switch says at once how it stands; all is reached by its name."""
    slack.goes("smtp-bot")
    slack.page.get_by_role("tab", name="Home").click()
    home = slack.page.get_by_role("tabpanel", name="Home")
    expect(home.get_by_role("heading", name="Open in your channels")).to_be_visible()
    home.get_by_label("Look up a code, words or a bounce").fill("greylisting")
    slack.page.keyboard.press("Enter")
    expect(home).to_contain_text("Greylisting")

    home.get_by_role("button", name="Read this channel: #ops").click()
    expect(home.get_by_role("button", name="Stop reading: #ops")).to_be_visible()
    home.get_by_role("button", name="Stop reading: #ops").press("Enter")
    expect(home.get_by_role("button", name="Read this channel: #ops")).to_be_visible()


def test_the_home_fits_a_phone(slack: Slack) -> None:
    """Nothing has to be scrolled sideways."""
    slack.goes("smtp-bot")
    slack.page.get_by_role("tab", name="Home").click()
    expect(slack.page.get_by_role("heading", name="About smtp-bot")).to_be_attached()
    slack.page.set_viewport_size({"width": 390, "height": 844})

    assert slack.page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_window_is_used_by_keyboard(slack: Slack) -> None:
    """The global shortcut opens it; what is pasted is answered in it; Escape closes."""
    slack.channel.get_by_role("button", name="Shortcuts").press("Enter")
    slack.page.get_by_role("menuitem", name=re.compile("^Explain a bounce")).press("Enter")
    window = slack.page.get_by_role("dialog", name="Explain a bounce")
    expect(window.get_by_label("The bounce")).to_be_focused()
    slack.page.keyboard.insert_text("552 5.2.2 <kim@example.net>: Mailbox full")
    window.get_by_role("button", name="Explain").press("Enter")
    answer = slack.page.get_by_role("dialog", name="What it says")
    expect(answer).to_contain_text("mailbox is full")
    slack.page.keyboard.press("Escape")

    expect(answer).to_be_hidden()


def test_a_step_of_a_workflow_is_run(slack: Slack) -> None:
    """On what is in the box: what it gives back is shown to the one who started it; an empty box is said."""
    slack.goes("ops")
    shortcuts, step = slack.channel.get_by_role("button", name="Shortcuts"), "Workflow: Explain a bounce"
    shortcuts.click()
    slack.page.get_by_role("menuitem", name=step).click()
    expect(slack.page.get_by_text("Paste a bounce into the box first")).to_be_visible()
    slack.channel.get_by_role("textbox").fill("552 5.2.2 <kim@example.net>: Mailbox full")
    shortcuts.click()
    slack.page.get_by_role("menuitem", name=step).click()

    expect(slack.said(slack.channel, "keep: yes").last).to_contain_text("mailbox is full")
    expect(slack.channel.get_by_role("textbox")).to_have_value("")


def test_an_emoji_has_a_message_explained(slack: Slack) -> None:
    """The question mark from the menu of reactions brings the card into the thread."""
    slack.goes("ops")
    slack.pastes("552 5.2.2 <uma@example.net>: Mailbox full")
    message = slack.said(slack.channel, "uma@example.net").last
    message.hover()
    message.get_by_role("button", name="Add a reaction").click()
    slack.page.get_by_role("menuitem", name="question").click()

    expect(message.get_by_role("button", name=re.compile("View thread"))).to_be_visible()
