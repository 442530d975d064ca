"""The card of a week is one that Slack takes and a person reads, whatever the week was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import bars
from bot.cards.surge import surge
from bot.cards.week import week
from bot.cards.weekfile import written_out
from bot.cards.weekwords import Linked, lasting
from bot.practice import limits
from bot.terms import Message
from bot.trends.values import DAY, WEEK, Named, Sort, Span, Surge, Tallied, Week
from bot.trends.weeks import week as summed

NOW = 1_800_000_000.0
OLD = NOW - 60 * DAY


def made(
    now: dict[Sort, int], before: dict[Sort, int] | None = None, *, covered: float = OLD, days: int = 180, **more: Any
) -> Week:
    """A week in which causes were seen so often."""
    past = before or {}

    def tallied(counts: dict[Sort, int]) -> list[Tallied]:
        return [Tallied(sort, n, n * 3, NOW - DAY, NOW) for sort, n in counts.items()]

    span = Span(NOW, covered, more.pop("silent", (0.0, 0.0)), days)
    sums = (sum(now.values()), sum(past.values()))
    return summed(span, tallied(now), tallied(past), frozenset(), named, messages=sums, **more)


def named(sort: Sort) -> Named:
    """What a cause of the tests is called."""
    return Named(sort[0], "blocked", sort[1] or "unknown server")


def variants(message: Message) -> list[Message]:
    """A message, and what is shown where Slack refuses it."""
    return [message, *(Message(message.text, blocks) for blocks in message.simpler)]


def told(message: Message) -> str:
    """All of a message's text."""
    return str(message.blocks)


MANY = {
    (f"Cause {number} with a title of usual length", f"Provider {number % 40}"): 201 - number for number in range(200)
}
WEEKS = {
    "empty": made({}),
    "first": made({("Full", "Google"): 2}, covered=NOW - DAY),
    "half a record": made({("Full", "Google"): 2}, {("Full", "Google"): 1}, covered=NOW - 10 * DAY),
    "one huge cause": made({("Blocked", "Google"): 1_234_567, ("Full", ""): 1}),
    "200 causes": made(MANY, {("Old", "Yahoo"): 9}),
    "only gone": made({}, {("Old", "Yahoo"): 9}),
}


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("private", [True, False])
def test_slack_takes_every_week_in_every_form(name: str, private: bool) -> None:
    """With chart and table, with bars and table, in text alone: within all limits."""
    linked = Linked((("A case", "https://example.com/1"),) * 3, ((NOW, "https://example.com/2"),) * 3)
    for message in variants(week(WEEKS[name], linked, private=private)):
        assert [] == limits.problems(list(message.blocks))
        assert limits.characters(list(message.blocks)) < limits.TOTAL
        assert 0 < len(message.text) <= 300


def test_an_empty_week_has_no_empty_chart() -> None:
    """Nothing is drawn of nothing."""
    assert "table" not in told(week(WEEKS["empty"], Linked(), private=True))
    assert week(WEEKS["empty"], Linked(), private=True).simpler == ()


def test_a_week_before_that_is_not_whole_is_compared_with_nothing() -> None:
    """No change, no second bar; and the card says why."""
    for name, why in (("first", "only since"), ("half a record", "not whole")):
        card = told(week(WEEKS[name], Linked(), private=True))
        assert why in card
        assert "Change" not in card
        assert "The week before" not in card
    few = made({("Full", "Google"): 2}, covered=NOW - 8 * DAY, days=8)
    assert "SMTP_BOT_RETENTION_DAYS" in told(week(few, Linked(), private=True))


def test_a_pause_in_the_week_is_told() -> None:
    """What was not read cannot have been counted; a pause of long ago is no news."""
    paused = made({("Full", "Google"): 2}, silent=(NOW - 3 * DAY, NOW - 2 * DAY))
    before = made({("Full", "Google"): 2}, silent=(NOW - 2 * WEEK, NOW - WEEK - DAY))

    assert "Not read from" in told(week(paused, Linked(), private=True))
    assert "Not read from" not in told(week(before, Linked(), private=True))


def test_of_many_causes_the_first_are_shown_and_the_rest_counted() -> None:
    """The table ends with how many more there are, and where they all are."""
    message = week(WEEKS["200 causes"], Linked(), private=True)
    [table] = [block for block in message.blocks if block["type"] == "table"]

    assert len(table["rows"]) == 17
    assert "and 186 causes more" in str(table["rows"][-1])
    assert "/smtp week csv" in str(table["rows"][-1])
    assert "and 191 causes more" in str(message.simpler[1])


def test_solved_cases_have_their_median() -> None:
    """Beside the one of the week before."""
    found = made({("Full", "Google"): 2}, solved=(600.0, 11_400.0, 90_000.0), solved_before=(180.0,))

    assert "3 cases, in 3 h 10 min at the median (the week before 3 min)" in told(week(found, Linked(), private=True))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "a minute"), (59, "1 min"), (3_600, "1 h"), (11_400, "3 h 10 min"), (86_400, "1 d"), (100_000, "1 d 3 h")],
)
def test_lengths_of_time_are_short(seconds: int, said: str) -> None:
    """Two units at most."""
    assert lasting(seconds) == said


def test_a_cause_of_a_teams_own_cannot_ping_or_link() -> None:
    """A title is shown as it is written."""
    evil = made({("<!channel> <https://example.com|x>", "<!here>"): 2})
    for message in variants(week(evil, Linked(), private=True)):
        for block in message.blocks:
            marked = [block["text"]["text"]] if block["type"] == "section" else []
            assert not [text for text in marked if "<!channel>" in text or "<https" in text or "<!here>" in text]
        assert "<!channel>" not in message.text


@given(st.lists(st.tuples(st.text(max_size=40), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_bars_are_aligned_and_begin_with_their_number(given_bars: list[tuple[str, int]]) -> None:
    """In text every line is number, name, bar, and fits on a phone; Slack's chart has each label once."""
    found = tuple((name, (many,)) for name, many in given_bars)
    text = bars.in_text(found)["elements"][0]["elements"][0]["text"]
    lines = [line for line in text.split("\n")]

    assert [int(line.split()[0]) for line in lines] == [many for _, many in given_bars]
    assert all(len(line) <= 36 for line in lines)
    assert len({line.index("█") for line in lines if "█" in line}) <= 1
    assert [] == limits.problems([bars.chart("Title", ("This week",), found)])


@pytest.mark.parametrize(
    ("before", "said"), [(0, "none in the 28 days before"), (3, "; 3 in the 28"), (420, "about 15 a day")]
)
def test_an_incident_is_told_with_its_numbers(before: int, said: str) -> None:
    """How many now, how many before, and where it began."""
    line = surge(Surge(60, before, 28), Named("Full", "mailboxfull", "Google"), "https://example.com/1")

    assert "60 messages in the last 24 hours" in told(line)
    assert said in told(line)
    assert "this thread" in told(line)
    assert [] == limits.problems(list(line.blocks))


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200), max_size=300))
def test_a_file_in_text_says_what_it_leaves_out(lines: list[str]) -> None:
    """As many lines as fit, the first of them; Slack takes the message."""
    message = written_out("\n".join(["entry,cause", *lines]))

    assert [] == limits.problems(list(message.blocks))
    assert limits.characters(list(message.blocks)) < limits.TOTAL
