"""A memory with bounds."""

from __future__ import annotations

from bot.delivery.recent import Recent


def test_it_holds_the_last_so_many() -> None:
    """The one not wanted for longest goes first."""
    recent: Recent[str, int] = Recent(2, 60, lambda: 0.0)
    recent.put("a", 1)
    recent.put("b", 2)
    recent.get("a")
    recent.put("c", 3)

    assert [recent.get(key) for key in "abc"] == [1, None, 3]
    assert len(recent) == 2


def test_it_holds_them_for_so_long() -> None:
    """After its seconds a value is gone, and can be put again."""
    now = [0.0]
    recent: Recent[str, int] = Recent(9, 60, lambda: now[0])
    recent.put("a", 1)
    now[0] = 59.9
    assert recent.get("a") == 1

    now[0] = 60.0
    assert recent.get("a") is None
    recent.put("a", 2)
    assert recent.get("a") == 2


def test_it_forgets_when_told() -> None:
    """What was taken out is gone; what was never there may be taken out too."""
    recent: Recent[str, int] = Recent(9, 60, lambda: 0.0)
    recent.put("a", 1)
    recent.forget("a")
    recent.forget("b")

    assert recent.get("a") is None
