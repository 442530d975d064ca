"""Somebody who uses Slack opens the practice page and needs no explanation."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.slack import Slack

BOUNCE = "550 5.1.1 <robin.lee@example.org>: Recipient address rejected: User unknown in local recipient table"

LINE = "mx1 postfix/smtp[1]: 4F{n}: to=<a{n}@example.net>, relay=mx.example.net[192.0.2.7]:25, dsn={dsn}, status=bounced (host mx.example.net[192.0.2.7] said: {said} (in reply to RCPT TO command))"
LOG = "\n".join(
    LINE.format(n=n, dsn=dsn, said=said)
    for n, dsn, said in (
        (1, "5.1.1", "550 5.1.1 User unknown"),
        (2, "5.1.1", "550 5.1.1 User unknown"),
        (3, "5.2.2", "552 5.2.2 Mailbox full"),
    )
)


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


def test_one_of_several_causes_opens_and_can_be_posted(slack: Slack) -> None:
    """A log with two causes gets a summary; the menu opens one for the reader, a button posts it in the thread."""
    slack.pastes(LOG)
    thread = slack.opens_thread_of("a1@example.net")
    summary = slack.card("2 causes in 3 deliveries")
    summary.get_by_role("button", name="Open a cause").click()
    slack.page.get_by_role("menuitem", name="mailbox is full").click()

    opened = slack.whisper("mailbox is full")
    opened.get_by_role("button", name="Post for all").click()
    posted = thread.locator(".message:not(.quiet)").filter(has_text="asked by")
    expect(posted).to_contain_text("mailbox is full")

    slack.replies("who must act?")
    expect(thread.locator(".message").last).to_contain_text("the recipient")
