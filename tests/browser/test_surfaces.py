"""The page's other surfaces: files and mails, reactions and shortcuts, modals and the Home, two people, keyboard, phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.slack import Slack

DSN = (
    b"Reporting-MTA: dns; mx1.example.com\n\nFinal-Recipient: rfc822; lee@example.org\nAction: failed\nStatus: 5.1.1\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
)


def test_a_file_can_be_shared_and_is_shown(slack: Slack) -> None:
    """A chosen file is a chip that can be removed, then a message with a file, and it is answered."""
    with slack.page.expect_file_chooser() as chooser:
        slack.channel.get_by_role("button", name="Attach").click()
        slack.page.get_by_role("menuitem", name="Upload a file").click()
    chooser.value.set_files({"name": "report.eml", "mimeType": "message/rfc822", "buffer": DSN})
    expect(slack.channel.get_by_role("button", name="Remove report.eml")).to_be_visible()
    slack.page.keyboard.press("Enter")

    shared = slack.said(slack.channel, "report.eml")
    expect(shared).to_contain_text("Email (.eml)")
    expect(shared.get_by_role("button", name=re.compile("View thread"))).to_be_visible()


def test_a_file_can_be_dropped(slack: Slack) -> None:
    """A file dropped anywhere on the channel waits at the composer."""
    data = slack.page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['550 5.1.1 unknown'], 'mail.log')); return t; }"
    )
    for event in ("dragover", "drop"):
        slack.page.dispatch_event("#channel", event, {"dataTransfer": data})

    expect(slack.channel.get_by_role("button", name="Remove mail.log")).to_be_visible()


def test_a_mail_can_be_forwarded_to_the_channel(slack: Slack) -> None:
    """It arrives as Slackbot's email file, with subject and text."""
    slack.channel.get_by_role("button", name="Attach").click()
    slack.page.get_by_role("menuitem", name="Forward a mail").click()
    dialog = slack.page.get_by_role("dialog", name="Forward a mail to #email-ops")
    dialog.get_by_label("Subject").fill("Mail delivery failed")
    dialog.get_by_label("Text").fill("550 5.1.1 <lee@example.org>: User unknown")
    dialog.get_by_role("button", name="Forward").click()

    mail = slack.said(slack.channel, "Mail delivery failed").last
    expect(mail).to_contain_text("Slackbot")
    expect(mail).to_contain_text("User unknown")
    expect(dialog).to_be_hidden()


def test_the_shortcut_explains_a_message_to_one_person(slack: Slack) -> None:
    """ "Explain this bounce" in a message's menu answers its reader alone."""
    slack.goes("general")
    slack.pastes("552 5.2.2 mailbox full, says their server")
    message = slack.said(slack.channel, "says their server").last
    message.hover()
    message.get_by_role("button", name="More actions").click()
    slack.page.get_by_role("menuitem", name="Explain this bounce").click()

    expect(slack.whisper("mailbox is full")).to_contain_text("Only visible to you")


def test_a_reaction_is_added_and_taken_back(slack: Slack) -> None:
    """A press on one's own reaction takes it back."""
    slack.goes("general")
    slack.pastes("a message to react to")
    message = slack.said(slack.channel, "a message to react to").last
    message.hover()
    message.get_by_role("button", name="Add a reaction").click()
    slack.page.get_by_role("menuitem", name="eyes").click()
    reaction = message.get_by_role("button", name="eyes: alex")
    expect(reaction).to_have_attribute("aria-pressed", "true")
    reaction.click()

    expect(message.locator(".reaction")).to_have_count(0)


def test_a_message_can_be_edited_and_deleted(slack: Slack) -> None:
    """By its menu; Enter saves; a deletion is asked for once more."""
    slack.goes("general")
    slack.pastes("first words")
    message = slack.said(slack.channel, "first words").last
    message.hover()
    message.get_by_role("button", name="More actions").click()
    slack.page.get_by_role("menuitem", name="Edit message").click()
    slack.page.get_by_role("textbox", name="Edit message").fill("other words")
    slack.page.keyboard.press("Enter")
    edited = slack.said(slack.channel, "other words").last
    expect(edited).to_contain_text("(edited)")

    edited.hover()
    edited.get_by_role("button", name="More actions").click()
    slack.page.get_by_role("menuitem", name="Delete message").click()
    slack.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(slack.said(slack.channel, "other words")).to_have_count(0)


def test_what_cannot_be_done_is_said(slack: Slack) -> None:
    """A command in a thread is refused as Slack refuses it, and the words stay."""
    slack.pastes("550 5.1.1 <ann@example.org>: User unknown")
    slack.opens_thread_of("ann@example.org")
    slack.replies("/smtp 451")

    expect(slack.page.get_by_role("alert").filter(has_text="/smtp is not supported in threads")).to_be_visible()
    expect(slack.thread.get_by_role("textbox", name="Reply")).to_have_value("/smtp 451")


def test_a_command_is_completed(slack: Slack) -> None:
    """Typing a slash offers the commands; Tab completes; Escape puts them away."""
    box = slack.channel.get_by_role("textbox", name="Message")
    box.fill("/sm")
    expect(slack.channel.get_by_role("button", name="/smtp")).to_be_visible()
    slack.page.keyboard.press("Escape")
    expect(slack.channel.get_by_role("button", name="/smtp")).to_be_hidden()
    box.fill("/s")
    slack.page.keyboard.press("Tab")

    expect(box).to_have_value("/smtp ")


def test_a_new_line_does_not_send(slack: Slack) -> None:
    """Shift+Enter breaks the line; Enter sends both."""
    box = slack.channel.get_by_role("textbox", name="Message")
    box.fill("line one")
    slack.page.keyboard.press("Shift+Enter")
    slack.page.keyboard.type("line two")
    expect(box).to_have_value("line one\nline two")
    slack.page.keyboard.press("Enter")

    expect(slack.said(slack.channel, "line one").last.locator(".rich")).to_have_text("line one\nline two")


def test_a_thread_closes_with_escape_and_focus_comes_back(slack: Slack) -> None:
    """Who works by keyboard is where they were."""
    slack.pastes("550 5.1.1 <eve@example.org>: User unknown")
    slack.opens_thread_of("eve@example.org")
    expect(slack.thread.get_by_role("textbox", name="Reply")).to_be_focused()
    slack.page.keyboard.press("Escape")

    expect(slack.thread).to_be_hidden()
    message = slack.said(slack.channel, "eve@example.org").last
    expect(message.get_by_role("button", name=re.compile("View thread"))).to_be_focused()


def test_on_a_phone_the_channels_slide_in_and_the_thread_covers(slack: Slack) -> None:
    """At a phone's width nothing has to be scrolled sideways."""
    slack.pastes("550 5.1.1 <fay@example.org>: User unknown")
    expect(
        slack.said(slack.channel, "fay@example.org").get_by_role("button", name=re.compile("View thread"))
    ).to_be_visible()
    slack.page.set_viewport_size({"width": 390, "height": 844})
    slack.page.reload()
    slack.opens_thread_of("fay@example.org")
    expect(slack.channel).to_be_hidden()
    assert 390 == slack.page.evaluate("document.documentElement.scrollWidth")

    slack.page.get_by_role("button", name="Close the thread").click()
    slack.page.get_by_role("button", name="Channels").click()
    slack.goes("general")
    expect(slack.page.get_by_role("heading", name="general").first).to_be_visible()


def test_somebody_else_sees_the_workspace_their_way(slack: Slack) -> None:
    """Another person has messages of their own, and not what only the first one sees."""
    slack.pastes("/smtp 552")
    expect(slack.whisper("552")).to_be_visible()
    slack.page.get_by_role("button", name="You are Alex Rivera").click()
    slack.page.get_by_role("menuitem", name="Priya Nair").click()
    expect(slack.page.get_by_role("button", name="You are Priya Nair")).to_be_visible()
    expect(slack.page.locator(".message.quiet")).to_have_count(0)
    slack.goes("general")
    slack.pastes("hello from somebody else")

    expect(slack.said(slack.channel, "hello from somebody else").last).to_contain_text("Priya Nair")


def test_a_modal_keeps_what_was_typed_and_shows_errors(recorded: Slack) -> None:
    """A global shortcut opens a modal; an empty field is told at the field; a menu asks the app; Escape closes."""
    recorded.channel.get_by_role("button", name="Shortcuts").click()
    recorded.page.get_by_role("menuitem", name="Paste a bounce").click()
    modal = recorded.page.get_by_role("dialog", name="Paste a bounce")
    modal.get_by_label("Entry").fill("grey")
    expect(modal.locator("datalist option")).to_have_attribute("value", "greylisting")
    modal.get_by_role("button", name="Explain").click()
    expect(modal.get_by_text("Paste the reply first.")).to_be_visible()
    expect(modal.get_by_label("The reply")).to_be_focused()
    expect(modal.get_by_label("Entry")).to_have_value("grey")
    modal.get_by_label("The reply").fill("550 5.1.1 unknown")
    modal.get_by_role("button", name="Explain").click()
    expect(modal.get_by_text("Explained: 550 5.1.1 unknown")).to_be_visible()
    recorded.page.keyboard.press("Escape")

    expect(modal).to_be_hidden()


def test_the_home_tab_has_a_search(recorded: Slack) -> None:
    """The app's Home opens by its tab; Enter in its search publishes what was found."""
    recorded.goes("smtp-bot")
    recorded.page.get_by_role("tab", name="Home").click()
    home = recorded.page.get_by_role("tabpanel", name="Home")
    home.get_by_label("Words or a code").fill("451")
    recorded.page.keyboard.press("Enter")
    expect(home.get_by_text("Found for 451")).to_be_visible()
    recorded.page.get_by_role("tab", name="Messages").click()

    expect(recorded.channel.get_by_role("textbox", name="Message smtp-bot")).to_be_visible()


def test_a_case_is_handed_over_by_a_menu_of_people(slack: Slack) -> None:
    """The card's menu opens a window with the workspace's people; the line on the card says who has it."""
    slack.pastes("550 5.1.1 <gus@example.org>: User unknown")
    thread = slack.opens_thread_of("gus@example.org")
    card = slack.said(thread, "acts first")
    card.locator("[data-action='ask.menu']").click()
    slack.page.get_by_role("menuitem", name="Hand over").click()
    window = slack.page.get_by_role("dialog", name="Hand over")
    window.get_by_label("Who takes it?").select_option("Priya Nair")
    window.get_by_role("button", name="Hand over").click()

    expect(window).to_be_hidden()
    expect(card).to_contain_text("@priya")


def test_a_draft_can_be_changed_and_copied(slack: Slack) -> None:
    """ "Draft a message" opens a window with texts to change; it closes when it is done."""
    slack.pastes("550 5.1.1 <hal@example.org>: User unknown")
    thread = slack.opens_thread_of("hal@example.org")
    slack.said(thread, "acts first").locator("[data-action='ask.menu']").click()
    slack.page.get_by_role("menuitem", name="Draft a message").click()
    window = slack.page.get_by_role("dialog")
    first = window.get_by_role("textbox").first
    expect(first).not_to_have_value("")
    first.fill("Dear colleague")
    window.get_by_role("button", name="Done").click()

    expect(window).to_be_hidden()


def test_messages_are_walked_by_keyboard(slack: Slack) -> None:
    """Tab reaches the newest message, arrows the others, Tab again what can be done with one; Escape leads back."""
    slack.goes("general")
    for words in ("the older of two", "the newer of two"):
        slack.pastes(words)
        expect(slack.said(slack.channel, words)).to_be_visible()
    slack.page.keyboard.press("Shift+Tab")
    newer, older = (slack.said(slack.channel, f"the {age} of two") for age in ("newer", "older"))
    expect(newer).to_be_focused()
    slack.page.keyboard.press("ArrowUp")
    expect(older).to_be_focused()
    slack.page.keyboard.press("Tab")
    expect(older.get_by_role("button", name="Add a reaction")).to_be_focused()
    slack.page.keyboard.press("Shift+Tab")
    slack.page.keyboard.press("Escape")

    expect(slack.channel.get_by_role("textbox", name="Message")).to_be_focused()
