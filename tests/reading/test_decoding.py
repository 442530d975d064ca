"""Bytes of a file as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.decoding import NotTextError, decoded

LINE = "550 5.1.1 <bob@example.com>: Empfänger unbekannt"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_what_people_save_is_read(charset: str) -> None:
    """Notepad's and PowerShell's marks, UTF-8 and Latin-1 give the same line."""
    assert LINE == decoded(LINE.encode(charset))


def test_a_picture_is_no_text() -> None:
    """What holds NUL bytes is told apart from a mail."""
    with pytest.raises(NotTextError, match=r"\.eml"):
        decoded(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    """No byte makes it raise anything else."""
    try:
        text = decoded(data)
    except NotTextError:
        assert b"\0" in data
    else:
        assert isinstance(text, str)
