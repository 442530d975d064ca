"""What was marked wrong or not recognised is listed by links, and by nothing else."""

from __future__ import annotations

import sqlite3

from tests.e2e.conftest import PASTE, Bot


def test_what_was_wrong_or_unknown_is_listed(alone: Bot) -> None:
    """A mark on the answer to "why?", and a question that nothing was found for; what was right is not listed."""
    alone.start()
    assert "Nothing was marked" in alone.command("/smtp unknown")["text"]
    ts = alone.practice.says(PASTE)
    alone.answers(ts)
    alone.practice.says("how do you know?", thread_ts=ts)
    answer = alone.answers(ts)[-1] | {"channel": alone.practice.channel("email-ops").id}
    for button in ("This was right", "This was wrong", "This was wrong"):
        alone.practice.presses(button, answer)
        alone.practice.idle()
    lost = alone.practice.says("@smtp-bot zxqv blorptastic")
    alone.answers(lost)
    listed = str(alone.command("/smtp unknown"))

    assert listed.count("Marked wrong") == 1
    assert f"p{alone.answers(ts)[0]['ts'].replace('.', '')}" in listed
    assert f"p{lost.replace('.', '')}" in listed
    assert "blorptastic" not in listed
    with sqlite3.connect(alone.database) as connection:
        kinds = connection.execute("SELECT kind FROM feedback ORDER BY kind").fetchall()
    connection.close()
    assert kinds == [("unknown",), ("wrong",)]
