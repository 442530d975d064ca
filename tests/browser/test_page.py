"""Somebody who uses Slack opens the practice page and needs no explanation."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.slack import Slack

BOUNCE = "550 5.1.1 <robin.lee@example.org>: Recipient address rejected: User unknown in local recipient table"


def test_a_pasted_bounce_gets_a_card_and_answers_questions(slack: Slack) -> None:
    """A paste in #email-ops is answered in its thread; a button and a follow-up get answers that know the bounce."""
    slack.pastes(BOUNCE)
    thread = slack.opens_thread_of("robin.lee@example.org")
    card = slack.said(thread, "acts first")

    expect(card).to_contain_text("Will it clear?")
    expect(card).to_contain_text("r…@example.org")
    expect(card).not_to_contain_text("robin.lee@example.org")

    card.get_by_role("button").first.click()
    expect(slack.whisper("Only visible to you")).to_be_visible()

    before = thread.locator(".message").count()
    slack.replies("do we retry?")
    expect(thread.locator(".message")).to_have_count(before + 2)
    expect(thread.locator(".message").last).to_contain_text("smtp-bot")


def test_the_answer_to_a_command_can_be_posted(slack: Slack) -> None:
    """`/smtp 451` is answered to the asker alone; "Post to channel" shows it to all, and says who asked."""
    slack.pastes("/smtp 451")
    answer = slack.whisper("451")
    expect(answer).to_contain_text("Only visible to you")

    answer.get_by_role("button", name="Post to channel").click()
    posted = slack.channel.locator(".message:not(.quiet)").filter(has_text="asked by")
    expect(posted).to_contain_text("asked by @alex")
