"""``python -m bot explain``, as a person and as a program call it."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys


def run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command line, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "explain", *words], input=given, capture_output=True, check=False
    )


def test_a_code_is_explained() -> None:
    """A code gives words and exit status 0; piped, without colour."""
    done = run("451", "4.7.1")

    assert done.returncode == 0
    assert b"4.7.1" in done.stdout
    assert b"\x1b" not in done.stdout


def test_nothing_recognised_is_status_one() -> None:
    """Text that holds nothing of mail is exit status 1."""
    assert run("--json", "zzqx").returncode == 1


def test_bad_usage_is_status_two(tmp_path: pathlib.Path) -> None:
    """Nothing to explain, a missing file and a binary file are exit status 2, in one line."""
    binary = tmp_path / "a.bin"
    binary.write_bytes(b"\0\1\2")
    for words in ([], [str(tmp_path / "missing.eml")], [str(binary)]):
        done = run(*words)
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1


def test_json_lines_stream_in_order() -> None:
    """One answer a line, in order, with the id given; a channel's talk is silent."""
    rows = [
        {"id": "a", "text": "550 5.1.1 <bob@example.com>: user unknown"},
        {"id": "b", "text": "see you at 550 Main St", "mode": "channel"},
    ]
    done = run("--jsonl", given="".join(json.dumps(row) + "\n" for row in rows).encode())
    first, second = [json.loads(line) for line in done.stdout.splitlines()]

    assert (
        first["id"],
        *(first["findings"][0][key] for key in ("reply", "enhanced", "reason", "suppress")),
    ) == ("a", "550", "5.1.1", "userunknown", "yes")
    assert second == {"id": "b", "silent": True, "findings": []}


def test_a_file_is_read(tmp_path: pathlib.Path) -> None:
    """A file's bounce is explained."""
    mail = tmp_path / "bounce.txt"
    mail.write_text("452 4.2.2 The mailbox is full\n")

    assert json.loads(run("--json", str(mail)).stdout)["findings"][0]["reason"] == "mailboxfull"


def test_what_other_json_writers_let_pass_is_read() -> None:
    """Half a surrogate pair in a line is no reason to stop; a line that is no JSON is, with its number."""
    half = run("--jsonl", given=b'{"id": "a", "text": "550 5.1.1 \\ud83d no such user"}\n')
    wrong = run("--jsonl", given=b'{"id": "a", "text": "550"}\n{"id": 3]\n')

    assert json.loads(half.stdout)["findings"][0]["enhanced"] == "5.1.1"
    assert (wrong.returncode, b"Line 2" in wrong.stderr) == (2, True)
