"""A case moves on as people say, one at a time, and every path of the guide ends within four screens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.guiding import SCREENS, screen
from bot.conversation.matter import Matter
from bot.conversation.progress import DONE, Move, Refused, moved
from bot.terms import Case, Progress
from catalogue import Catalogue
from catalogue.guides import guide_for, guides


def test_every_path_of_the_guide_ends_with_whom_to_turn_to(catalogue: Catalogue) -> None:
    """For every entry and every answer: at most one question, at most four screens, then an action."""
    for entry in catalogue.entries.values():
        m = Matter(Case(entry=entry.id, actor=entry.actor), entry, catalogue)
        first = screen(m)
        starts = [path for path, _ in first.choices] or [""]
        for start in starts:
            shown, path = ([first] if first.choices else []), start
            while not (here := screen(m, path)).end:
                shown.append(here)
                path = here.next
                assert not here.choices, (entry.id, path)
            assert 1 <= len(shown) <= SCREENS, (entry.id, start)
            assert here.points, entry.id


@given(path=st.text(max_size=30))
def test_any_path_leads_somewhere(catalogue: Catalogue, path: str) -> None:
    """A button's path that was tampered with shows a screen with words on it."""
    entry = catalogue.entries["reply.550"]
    assert screen(Matter(Case(entry=entry.id), entry, catalogue), path).lead


def test_guides_ask_about_reasons_that_exist(catalogue: Catalogue) -> None:
    """Each reason leads to one guide at most, and each answer has a name of its own."""
    reasons = [reason for guide in guides() for reason in guide.reasons]

    assert len(reasons) == len(set(reasons))
    assert set(reasons) <= {reason.id for reason in catalogue.vocabulary.reason}
    assert all(len({a.id for a in guide.answer}) == len(guide.answer) >= 2 for guide in guides())
    assert guide_for("mailboxfull") is None


def test_the_way_of_a_case() -> None:
    """Taken, waiting, solved, reopened: owner and time are those of the last move, and one step can be undone."""
    taken = moved(Progress(), "take", "UANN", 1.0)
    waiting = moved(taken, "wait", "UBEN", 2.0)
    solved = moved(waiting, "solve", "UBEN", 3.0)

    assert (taken.status, taken.owner) == ("taken", "UANN")
    assert (waiting.status, waiting.owner, waiting.by) == ("waiting", "UANN", "UBEN")
    assert (solved.status, solved.by) == ("solved", "UBEN")
    assert moved(solved, "undo", "UANN", 4.0).status == "waiting"
    assert moved(solved, "reopen", "UANN", 4.0) == Progress("open", "", "UANN", 4.0, "solved:UANN")
    assert moved(taken, "hand", "UANN", 5.0, "UCEM").owner == "UCEM"


@pytest.mark.parametrize(
    ("seen", "move", "words"),
    [
        (Progress("taken", "UBEN", "UBEN", 1.0), "take", "<@UBEN> has it"),
        (Progress("taken", "UANN", "UANN", 1.0), "take", "yours already"),
        (Progress("solved", "", "UBEN", 1.0), "solve", "solved this already"),
        (Progress("waiting", "", "UBEN", 1.0), "wait", "waiting already"),
        (Progress(), "reopen", "open"),
        (Progress(), "undo", "nothing to undo"),
    ],
)
def test_a_move_that_is_none_is_refused_with_a_sentence(seen: Progress, move: Move, words: str) -> None:
    """Two at once, or a press on a card that has moved on: who pressed is told why."""
    with pytest.raises(Refused, match=words):
        moved(seen, move, "UANN", 9.0)


@given(moves=st.lists(st.sampled_from([*DONE, "undo"]), max_size=12), user=st.sampled_from(["UANN", "UBEN"]))
def test_any_order_of_moves_keeps_a_case_sound(moves: list[Move], user: str) -> None:
    """Whatever is pressed, a case stands somewhere, and an open one is nobody's."""
    case = Progress()
    for at, move in enumerate(moves, 1):
        try:
            case = moved(case, move, user, float(at), "UCEM")
        except Refused:
            continue
    assert case.status != "open" or not case.owner or case.before == ""
