"""The week of a channel on the page: a chart that is also told in words, a table, and a file for the one who asks."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.slack import Slack


def test_the_week_is_shown_to_the_one_who_asks(slack: Slack) -> None:
    """Its chart has a text for screen readers; its table begins with the counts; it can be had as a file."""
    slack.pastes("552 5.2.2 <sam@example.net>: Recipient address rejected: Mailbox is full / over quota")
    expect(slack.thread.locator(".message")).to_have_count(2)
    slack.pastes("/smtp week")
    week = slack.whisper("with bounces")

    expect(week.get_by_role("img", name=re.compile(r"Messages with bounces, by provider\. .+: \d+"))).to_be_visible()
    expect(week.get_by_role("columnheader").first).to_have_text("Seen")
    bars = week.locator(".chart-bar").first
    assert bars.evaluate("bar => bar.getBoundingClientRect().height") > 50

    week.get_by_role("button", name="As CSV").press("Enter")
    expect(slack.whisper("in our direct message")).to_be_visible()
    slack.goes("smtp-bot")
    expect(slack.said(slack.channel, ".csv").last).to_be_visible()
