"""Golden conversations over Socket Mode: one for each family of bounces, and each question on bounces that differ."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Bot

UNKNOWN = "550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in virtual mailbox table"
FULL = "452 4.2.2 <bob@example.com>: The recipient's mailbox is over quota"
SPF = (
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n"
    "550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n"
    "550-5.7.26  SPF [news.example.com] with ip: [203.0.113.9] = did not pass\n"
    "550 5.7.26 https://support.google.com/mail/answer/81126 - gsmtp"
)
PTR = "450 4.7.1 Client host rejected: cannot find your reverse hostname, [203.0.113.20]"
LISTED = "550 5.7.1 Service unavailable, Client host [192.0.2.77] blocked using zen.spamhaus.org"
GREY = (
    "450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted,"
    " see http://postgrey.schweikert.ch/help/example.com.html"
)
LARGE = "552 5.3.4 Message size exceeds fixed limit of 10485760"
RELAY = "554 5.7.1 <bob@example.com>: Relay access denied"

# Family, what is pasted, and the conversation: what the person says, and words of the right answer.
FAMILIES = {
    "A unknown user": (
        UNKNOWN,
        [
            ("do we supress the address?", "Yes, suppress it"),
            ("is it permanent?", "It is permanent: no fix lets this mail reach"),
        ],
    ),
    "B mailbox full": (
        FULL,
        [("do we suppress the address?", "No. Keep the address"), ("whose fault is it", "First the recipient")],
    ),
    "C disabled": (
        "550 5.2.1 The email account that you tried to reach is disabled. gsmtp",
        [
            ("should we remove him from the list?", "Not yet"),
            ("what do we tell the customer?", "the account will be used again"),
        ],
    ),
    "D rate": (
        "421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address"
        " 203.0.113.9. gsmtp",
        [("how do we fix this?", "Send fewer at once"), ("can we send from another ip?", "slow down instead")],
    ),
    "E blocklist": (
        LISTED,
        [
            ("who do we contact?", "check.spamhaus.org/results/?query=192.0.2.77"),
            ("one or many?", "All mail from this IP"),
        ],
    ),
    "F authentication": (
        SPF,
        [("how do we fix spf?", "add `ip4:203.0.113.9`"), ("how do i set up dkim", "_domainkey.news.example.com")],
    ),
    "G reverse DNS": (
        PTR,
        [
            ("who sets the rDNS for that ip?", "The owner of the IP sets it"),
            ("would ipv4 help?", "IPv6 address without PTR"),
        ],
    ),
    "H permission": (
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check"
        " failed because the sender was not authenticated when sending to this group",
        [("is it us or them?", "First the recipient's mail admin"), ("draft a reply", "we are asking its admin")],
    ),
    "I relay": (RELAY, [("what should we do first?", "Which server said it"), ("can we bypass it?", "on port 587")]),
    "J routing": (
        "Oct 10 10:00:00 mx postfix/smtp[12]: 4F2B3C1A2D: to=<bob@example.net>, relay=none, delay=30, dsn=4.4.1,"
        " status=deferred (connect to mx.example.net[198.51.100.7]:25: Connection timed out)",
        [("do we retry?", "still in the queue"), ("did it arrive?", "Not yet: it waits")],
    ),
    "K TLS": (
        "454 4.7.5 Certificate validation failure, Reason:UntrustedRoot",
        [("how do we fix the tls error?", "openssl s_client"), ("could we disable tls verification?", "Do not switch")],
    ),
    "L size": (LARGE, [("do we retry?", "Send it again smaller"), ("what do we tell the sender?", "smaller")]),
    "M greylisting": (
        GREY,
        [("who must act?", "Nobody has to act"), ("can we send from another ip?", "starts greylisting anew")],
    ),
    "N submission": (
        "535 5.7.8 Username and Password not accepted. For more information, go to"
        " https://support.google.com/mail/?p=BadCredentials",
        [("did it arrive?", "Nothing was sent"), ("is that permanent?", "Waiting does not help")],
    ),
    "O expired": (
        "550 4.4.7 QUEUE.Expired; message expired in unreachable destination queue. The reason is: 451 4.7.1 Greylisting"
        " in action, please come back later",
        [("what happened?", "second attempt"), ("do we retry?", "retries nothing")],
    ),
    "P wrapper": (
        "550 5.0.350 Remote server returned an error -> 554 5.7.1 Service unavailable; Client host [198.51.100.9]"
        " blocked using zen.spamhaus.org",
        [("what happened?", "Spamhaus"), ("who do we contact?", "query=198.51.100.9")],
    ),
}

# The same question on two bounces: words of each right answer.
TWICE = {
    "permanent": ("is it permanent?", (UNKNOWN, "It is permanent"), (FULL, "It passes with time")),
    "retry": ("do we retry?", (GREY, "The queue retries by itself"), (UNKNOWN, "Do not retry")),
    "actor": ("who must act?", (GREY, "Nobody has to act"), (FULL, "First the recipient")),
    "steps": ("how do we fix this?", (UNKNOWN, "address"), (PTR, "203.0.113.20")),
    "fix": ("how do we fix SPF?", (SPF, "news.example.com"), (FULL, "This reply is not about SPF")),
    "contact": ("who do we contact?", (LISTED, "spamhaus"), (GREY, "Nobody yet")),
    "draft": ("what do we tell the sender?", (LARGE, "smaller"), (UNKNOWN, "check the address")),
    "suppress": ("do we suppress?", (UNKNOWN, "Yes, suppress"), (LISTED, "No. Keep the address")),
    "code": (
        "what does 5.7.1 mean?",
        (LISTED, "The sending IP is on Spamhaus"),
        (UNKNOWN, "This bounce has 550 5.1.1"),
    ),
    "still": ("still failing", (SPF, "the old record's TTL"), (UNKNOWN, "must be another one")),
    "scope": ("is it only this recipient?", (FULL, "This one mailbox"), (LISTED, "All mail from this IP")),
    "arrived": ("did it arrive?", (UNKNOWN, "No: this attempt was refused"), (FULL, "Not at this attempt")),
    "phishing": ("is this phishing?", (UNKNOWN, "550 5.1.1"), (LISTED, "550 5.7.1")),
    "bypass": ("can we bypass it?", (UNKNOWN, "nothing to get round"), (RELAY, "port 587")),
    "history": ("how often did this happen?", (UNKNOWN, "first time"), (UNKNOWN, "Seen 2 times")),
    "why": ("how do you know?", (UNKNOWN, "postfix.recipient.unknown"), (LISTED, "spamhaus.zen")),
    "happened": ("what happened?", (UNKNOWN, "No such mailbox"), (PTR, "no reverse DNS")),
}


def asked(bot: Bot, ts: str, said: str) -> str:
    """What the bot answers to a question in a thread; its text and blocks."""
    before = len(bot.answers(ts))
    bot.practice.says(said, thread_ts=ts)
    answers = bot.answers(ts)
    assert len(answers) == before + 1, said
    return str(answers[-1]["text"]) + str(answers[-1]["blocks"])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_conversation_about_each_family(bot: Bot, family: str) -> None:
    """The paste gets a card, each question the answer that is right for it, and a person's word in between silence."""
    paste, talk = FAMILIES[family]
    ts = bot.practice.says(paste)
    assert len(bot.answers(ts)) == 1
    bot.practice.says("thanks, I'll tell Ben", thread_ts=ts)
    for question, words in talk:
        assert words in asked(bot, ts, question)


@pytest.mark.parametrize("intent", [name for name in TWICE if name != "history"])
def test_the_same_question_has_another_answer_on_another_bounce(bot: Bot, intent: str) -> None:
    """Answers come from this bounce, never from a generic page."""
    question, *bounces = TWICE[intent]
    said = []
    for paste, words in bounces:
        ts = bot.practice.says(paste)
        bot.answers(ts)
        said.append(asked(bot, ts, question))
        assert words in said[-1]

    assert said[0] != said[1]


def test_history_is_the_channels_own(alone: Bot) -> None:
    """ "How often?" counts what this channel has seen."""
    alone.start()
    question, *bounces = TWICE["history"]
    for paste, words in bounces:
        ts = alone.practice.says(paste)
        alone.answers(ts)
        assert words in asked(alone, ts, question)


def test_not_understood_but_named_gets_one_line_with_buttons(bot: Bot) -> None:
    """Silence for what is not understood; a line and what can be asked, where the bot was named."""
    ts = bot.practice.says(UNKNOWN)
    bot.answers(ts)
    bot.practice.says("purple monkey dishwasher", thread_ts=ts)
    assert len(bot.answers(ts)) == 1
    answer = asked(bot, ts, "@smtp-bot purple monkey dishwasher")

    assert "I did not understand that" in answer
    assert "ask.retry" in answer


def test_a_question_to_a_person_is_left_to_them(bot: Bot) -> None:
    """People first, whatever the words."""
    ts = bot.practice.says(UNKNOWN)
    bot.answers(ts)
    for text in ("<@U0PRIYA> do we retry?", "Ben, is it permanent?", "did you already contact them?"):
        bot.practice.says(text, thread_ts=ts)

    assert len(bot.answers(ts)) == 1
