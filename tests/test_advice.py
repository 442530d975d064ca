"""An entry's advice as it stands for one mail."""

from __future__ import annotations

import pytest

from bot.advice import filled, placed
from bot.terms import Case, Values


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


@pytest.mark.parametrize(
    ("step", "placed_as"),
    [
        ("`dig +short MX example.com`: a name?", "`dig +short MX example.org`: a name?"),
        ("`dig +short TXT _dmarc.example.com`", "`dig +short TXT _dmarc.news.example.net`"),
        ("`openssl s_client -connect mx.example.com:25`", "`openssl s_client -connect mx.example.com:25`"),
        ("Like example.com, say.", "Like example.com, say."),
    ],
)
def test_a_look_up_asks_for_the_bounces_own_domains(step: str, placed_as: str) -> None:
    """The recipient's for MX, the sender's for TXT; a server's name stays an example."""
    case = Case("x", quote="550 <a…@example.org>: no", values=Values(domain="news.example.net"))

    assert placed_as == placed(step, case)
    assert step == placed(step, Case("x"))
