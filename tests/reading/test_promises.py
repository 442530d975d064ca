"""Whatever is pasted: reading never raises, and claims nothing that does not stand in the text."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.reading import SHARDS
from tests.reading.promises import broken

shards = st.lists(st.sampled_from(SHARDS) | st.text(max_size=12), max_size=40).map("".join)


@given(shards)
@settings(max_examples=300, deadline=None)
# Exim's marks without an address (found by fuzzing): no recipient, not an empty one.
@example("\r\n1abcde-000abc-2D == --b\n1abcde-000abc-2D ** >>> DATA\n--b\nAction: failed\n")
def test_nothing_is_claimed_that_is_not_there(text: str) -> None:
    """Codes are codes, recipients are in the text, and no shards of bounces make the reader raise."""
    assert broken(text) == ""
