"""The command line as its user meets it: help, mistakes, terminals, pipes, odd files."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys
import tomllib

import pytest

from bot import __version__
from tests.cli.running import on_terminal, run

ROOT = pathlib.Path(__file__).parent.parent.parent
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
HUES = re.compile(r"\x1b\[(?:3[0-7]|9[0-7])m")
BLOCKED = "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org"


def test_help_names_every_command_with_examples() -> None:
    """--help says what there is, how it is called and what the exit status means."""
    said = run("--help").stdout.decode()

    for word in ("explain", "catalogue", "--version", "bounce.eml", "exit status"):
        assert word in said


def test_version_is_the_projects() -> None:
    """--version says the version that pyproject.toml gives."""
    assert __version__ == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert run("--version").stdout.decode() == f"smtp-bot {__version__}\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["exlpain", "450"], "Did you mean: python -m bot explain. "),
        (["451"], "Did you mean: python -m bot explain 451. "),
        (["explain", "--jsno", "450"], "--jsno"),
        (["explain", "--json", "--jsonl"], "not allowed"),
        (["catalogue"], "Help: python -m bot catalogue --help"),
        (["catalogue", "export", "--format", "xml"], "Help: python -m bot catalogue export --help"),
    ],
)
def test_a_wrong_word_is_said_in_one_line(words: list[str], hint: str) -> None:
    """Bad usage is exit status 2 and one line that says what to do."""
    done = run(*words)

    assert (2, b"", 1) == (done.returncode, done.stdout, done.stderr.count(b"\n"))
    assert hint in done.stderr.decode()


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: pathlib.Path) -> None:
    """A missing file, a folder, a binary and a huge file of nothing are exit status 2 and one line that names them."""
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\1")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(2**30)
    for name in ("missing", "missing.eml", "", "binary", "huge.txt"):
        done = run("explain", str(tmp_path / name))

        assert (2, b"", 1) == (done.returncode, done.stdout, done.stderr.count(b"\n"))
        assert str(tmp_path / name) in done.stderr.decode()


def test_no_text_stops_it(tmp_path: pathlib.Path) -> None:
    """Blanks, bytes that are no UTF-8, an empty file and closed input are answered, not met with a traceback."""
    (tmp_path / "empty.eml").touch()
    closed = subprocess.run(f"{sys.executable} -m bot explain - <&-", shell=True, capture_output=True, check=False)
    done = [
        run("explain", ""),
        run("explain", "  "),
        run("explain", str(tmp_path / "empty.eml")),
        run("explain", "-", given=b"\xff\xfe"),
    ]

    assert [1, 1, 1, 1, 2] == [one.returncode for one in (*done, closed)]
    assert b"Traceback" not in b"".join(one.stderr for one in (*done, closed))
    assert run("explain", "--json", "550 5.1.1 \udcff user unknown").returncode == 0


def test_a_terminal_gets_colour_and_eighty_columns() -> None:
    """On a terminal the answer is coloured and no line is wider than it; nothing is said by colour alone."""
    said = on_terminal("explain", BLOCKED)

    assert HUES.search(said)
    assert max(map(len, COLOUR.sub("", said).splitlines())) <= 80
    for words in ("Will it clear?", "Keep the address.", "203.0.113.9", "acts first"):
        assert words in said


def test_no_color_is_honoured() -> None:
    """With NO_COLOR no colour is used (no-color.org)."""
    assert not HUES.search(on_terminal("explain", BLOCKED, NO_COLOR="1"))


def test_a_pipe_gets_plain_lines() -> None:
    """Piped, each fact is one line, however long, without colour and without trailing blanks."""
    lines = run("explain", BLOCKED).stdout.decode().splitlines()

    assert not [line for line in lines if "\x1b" in line or line != line.rstrip()]
    assert [line for line in lines if line.startswith("The address: Keep the address.")]
    assert f"  | {BLOCKED}" in lines


def test_a_bounce_cannot_move_the_cursor() -> None:
    """Escapes, bells and direction marks of a text never reach the terminal."""
    said = run(
        "explain", "-", given="550 5.1.1 <a@example.com>: user unknown \x1b]0;x\x07\x1b[2J\u202e \x9b31m".encode()
    ).stdout.decode()

    assert "user unknown" in said
    assert not set(said) & {"\x1b", "\x07", "\u202e", "\x9b"}


def test_a_reader_that_leaves_is_no_trouble() -> None:
    """``| head`` ends it quietly."""
    for words in ("catalogue export", "catalogue export --format md", "explain 550"):
        piped = f"set -o pipefail; {sys.executable} -m bot {words} | head -c 1"
        done = subprocess.run(["bash", "-c", piped], capture_output=True, check=False)

        assert (0, b"", 1) == (done.returncode, done.stderr, len(done.stdout))


def test_a_full_disk_is_said() -> None:
    """Output that cannot be written is exit status 2 and one line, not a traceback."""
    done = subprocess.run(
        f"{sys.executable} -m bot catalogue export > /dev/full", shell=True, capture_output=True, check=False
    )

    assert (2, b"The answer cannot be written: No space left on device.\n") == (done.returncode, done.stderr)


def test_wrong_settings_are_said(tmp_path: pathlib.Path) -> None:
    """A folder that is not there, and a broken file in one, stop it with status 2 and say what to mend."""
    (tmp_path / "ours.toml").write_text('[[entry]]\nid = "ours.a"\n', encoding="utf-8")
    missing = run("explain", "550", SMTP_BOT_CATALOGUE=str(tmp_path / "none"))
    broken = run("explain", "550", SMTP_BOT_CATALOGUE=str(tmp_path))

    assert (2, 2) == (missing.returncode, broken.returncode)
    assert b"SMTP_BOT_CATALOGUE" in missing.stderr
    assert b"ours.toml, entry ours.a: Object missing required field" in broken.stderr


@pytest.mark.parametrize(
    ("asked", "said"), [("5.7", "5.7.x"), ("5.7.x", "5.7.x"), ("4.x.x", "Temporary"), ("5xx", "Refused")]
)
def test_a_group_of_codes_is_explained(asked: str, said: str) -> None:
    """A group of codes, as people write it, is answered like a code."""
    done = run("explain", asked)

    assert done.returncode == 0
    assert done.stdout.decode().startswith(said)
    assert b"Will it clear?" in done.stdout


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    """A code that is in no list gets its class, is called unknown, and its neighbours are offered."""
    said = run("explain", "548").stdout.decode()

    assert "548 is in no list we know: this is only what its class says." in said
    assert "reply.541" in said
