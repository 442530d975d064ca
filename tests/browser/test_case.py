"""One case in a real browser, from paste to solved."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.slack import Slack

BOUNCE = (
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n"
    "550-5.7.26  DKIM = did not pass\n"
    "550-5.7.26  SPF [shop.example.com] with ip: [198.51.100.61] = did not pass\n"
    "550 5.7.26 https://support.google.com/mail/answer/81126 - gsmtp"
)


def led(slack: Slack, words: str) -> Locator:
    """The one step that is shown now, once it holds these words."""
    shown = slack.thread.locator(".message.quiet").last
    expect(shown).to_contain_text(words)
    return shown


def test_a_case_is_walked_from_paste_to_solved(slack: Slack) -> None:
    """Paste, a question, whose it is, the steps one by one, a draft, solved: the card and the paste's reaction follow."""
    slack.pastes(BOUNCE)
    thread = slack.opens_thread_of("shop.example.com")
    card = slack.card("Gmail refused it: neither SPF nor DKIM passed")
    expect(card).to_contain_text("Only after the fix")
    expect(card).to_contain_text("Keep the address")

    slack.replies("what do i put in dns for spf?")
    expect(thread.locator(".message").last).to_contain_text("ip4:198.51.100.61")

    card.get_by_role("button", name="I take it").click()
    expect(card).to_contain_text("Taken by @alex")
    paste = slack.said(slack.channel, "shop.example.com").last
    expect(paste.get_by_role("button", name="eyes")).to_be_visible()

    card.get_by_role("button", name="Next step").click()
    led(slack, "forwarded on the way").get_by_role("button", name="Directly").click()
    for number in (1, 2):
        led(slack, f"Step {number} of").get_by_role("button", name="Done, still failing").click()
    led(slack, "Step 3 of").get_by_role("button", name="Skip").click()
    end = led(slack, "turn to whoever can act")

    end.get_by_role("button", name="Draft a message").click()
    window = slack.page.get_by_role("dialog", name="Draft a message")
    expect(window.get_by_role("textbox").first).to_have_value(re.compile("^Hello"))
    slack.page.keyboard.press("Escape")
    expect(window).to_be_hidden()

    end.get_by_role("button", name="Done, it works").click()
    solving = slack.page.get_by_role("dialog", name="Solved")
    solving.get_by_label("What fixed it?").fill("the missing include is in the record")
    solving.get_by_role("button", name="Solved").click()

    expect(card).to_contain_text("Solved")
    expect(slack.said(thread, "What fixed it: the missing include is in the record")).to_be_visible()
    expect(paste.get_by_role("button", name="white check mark")).to_be_visible()
    expect(card.get_by_role("button", name="Reopen")).to_be_visible()
    expect(card.get_by_role("button", name="I take it")).to_be_hidden()
