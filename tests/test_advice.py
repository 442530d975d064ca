"""An entry's advice as it stands for one mail."""

from __future__ import annotations

import pytest

from bot.advice import filled
from bot.terms import Values


@pytest.mark.parametrize(
    ("sentence", "known", "unknown"),
    [
        (
            "Look {ip} up at https://check.example.com/?ip={ip}.",
            "Look 192.0.2.7 up at https://check.example.com/?ip=192.0.2.7.",
            "Look the sending IP up at https://check.example.com/.",
        ),
        ("`dig +short -x {ip}`: a name?", "`dig +short -x 192.0.2.7`: a name?", "`dig +short -x IP`: a name?"),
        ("It is on {list}.", "It is on the list.", "It is on the list."),
        ("No braces here.", "No braces here.", "No braces here."),
    ],
)
def test_what_the_reply_names_is_put_in(sentence: str, known: str, unknown: str) -> None:
    """With the IP, addresses and commands are ready to use; without it, neither is broken."""
    assert known == filled(sentence, Values(ip="192.0.2.7"))
    assert unknown == filled(sentence, Values())
