"""In a channel, a team's talk gets silence and a server's words get an answer; each line that does not is listed."""

from __future__ import annotations

import pathlib

from bot.answer import explain
from catalogue import Catalogue

CORPUS = pathlib.Path(__file__).parent.parent / "corpus"
QUIET = 0.99
ANSWERED = 0.98


def talk() -> list[str]:
    """What people say, a message each."""
    lines = CORPUS.joinpath("talk.txt").read_text(encoding="utf-8").splitlines()[1:]
    return [line.replace("⏎", "\n") for line in lines if line]


def scraps() -> list[tuple[str, tuple[str | None, str | None]]]:
    """What servers say, and the reply and enhanced codes that must be found first."""
    rows = []
    for record in CORPUS.joinpath("scraps.txt").read_text(encoding="utf-8").split("\n%% ")[1:]:
        head, _, text = record.partition("\n")
        reply, enhanced = (None if code == "-" else code for code in head.split())
        rows.append((text.rstrip("\n"), (reply, enhanced)))
    return rows


def test_talk_gets_silence(catalogue: Catalogue) -> None:
    """Of several hundred messages of an email team, with and without codes, at most one in a hundred is answered."""
    said = talk()
    answered = [line for line in said if not explain(line, "channel", catalogue).silent]

    assert len(said) >= 300
    assert len(answered) <= len(said) * (1 - QUIET), "answered:\n" + "\n".join(answered)


def test_scraps_get_an_answer(catalogue: Catalogue) -> None:
    """Of several hundred scraps of servers' words, at most two in a hundred are left alone."""
    given = scraps()
    silent = [text for text, _ in given if explain(text, "channel", catalogue).silent]

    assert len(given) >= 300
    assert len(silent) <= len(given) * (1 - ANSWERED), "silent:\n" + "\n".join(silent)


def test_scraps_are_answered_with_their_own_codes(catalogue: Catalogue) -> None:
    """The codes found first are those that decided, wherever they stand in the scrap."""
    wrong = []
    for text, want in scraps():
        found = [d.finding for d in explain(text, "channel", catalogue).diagnoses[:1]]
        if found and (found[0].reply, found[0].enhanced) != want:
            wrong.append(f"want {want}, got {(found[0].reply, found[0].enhanced)}: {text}")

    assert len(wrong) <= len(scraps()) * (1 - ANSWERED), "\n".join(wrong)
