"""Many unknown users at one domain at once are that domain's trouble, not dead mailboxes."""

from __future__ import annotations

import pytest

from bot import cards
from bot.answer import explain
from bot.conversation import ask, case_of
from bot.suppression import OUTAGE
from bot.terms import CONFIRM_FIRST
from catalogue import Catalogue

UNKNOWN = "550 5.1.1 <{0}@example.org>: Recipient address rejected: User unknown (in reply to RCPT TO command)"


def test_one_unknown_user_is_taken_at_its_word(catalogue: Catalogue) -> None:
    """One refused address may go."""
    assert "yes" == explain(UNKNOWN.format("ann"), "asked", catalogue).diagnoses[0].suppress


@pytest.mark.parametrize("count", [OUTAGE, 40])
def test_many_at_one_domain_are_an_outage(count: int, catalogue: Catalogue) -> None:
    """Several recipients of one domain are kept, and the card says why."""
    text = "\n".join(
        f"to=<a{n}@example.org>, status=bounced (host mx.example.org[203.0.113.9] said: {UNKNOWN.format(f'a{n}')})"
        for n in range(count)
    )
    answer = explain(text, "asked", catalogue)
    first = answer.diagnoses[0]
    message = cards.card(answer, catalogue, case_of(answer, catalogue.version))

    assert {"after-confirming"} == {d.suppress for d in answer.diagnoses}
    assert (None, "receiving-admin", "later") == (first.outlook, first.actor, first.retry)
    assert f"{count} unknown users at example.org" in first.suppress_why
    assert f"{count} unknown users at example.org" in str(message.blocks)


def test_many_at_many_domains_are_a_bad_list(catalogue: Catalogue) -> None:
    """One address at each of many domains: no domain's outage."""
    text = "\n".join(f"550 5.1.1 <ann@d{n}.example>: user unknown" for n in range(8))

    assert {"yes"} == {d.suppress for d in explain(text, "asked", catalogue).diagnoses}


@pytest.mark.parametrize(
    "said",
    [
        "400 recipients at example.org bounce since 10:00:",
        "90% of our mail there fails with",
        "All our contacts at example.org get",
        "we see this 30x today",
    ],
)
def test_a_count_in_the_text_is_heard(said: str, catalogue: Catalogue) -> None:
    """People count in words; one quoted reply stands for many then."""
    found = explain(f"{said}\n{UNKNOWN.format('ann')}", "asked", catalogue).diagnoses[0]

    assert "after-confirming" == found.suppress
    assert "outage" in found.suppress_why


@pytest.mark.parametrize(
    "said", ["2 of our users ask about this", "since 10:30, ticket 4711:", "delay=3, queue id 90A%"]
)
def test_other_numbers_are_no_count(said: str, catalogue: Catalogue) -> None:
    """A time, a ticket or a couple of people do not make an outage."""
    assert "yes" == explain(f"{said}\n{UNKNOWN.format('ann')}", "asked", catalogue).diagnoses[0].suppress


def test_questions_about_an_outage_do_not_contradict_its_card(catalogue: Catalogue) -> None:
    """Asked whether to retry, nobody hears "later" and "do not retry" in one answer."""
    text = "\n".join(UNKNOWN.format(f"a{n}") for n in range(OUTAGE))
    answer = explain(text, "asked", catalogue)
    said = ask(case_of(answer, catalogue.version), "retry", catalogue)

    assert CONFIRM_FIRST in said.points
    assert "Do not retry" not in " ".join((said.lead, *said.points))
