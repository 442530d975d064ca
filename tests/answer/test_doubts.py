"""Words that say "no such mailbox" condemn an address only where nothing beside them speaks of something else."""

from __future__ import annotations

import pytest

from bot.answer import explain
from catalogue import Catalogue

RCPT = "(in reply to RCPT TO command)"


@pytest.mark.parametrize(
    "words",
    [
        "The domain example.com does not exist on this server",
        "From address shop@example.com does not exist",
        "return address does not exist",
        "your account has been closed",
        "too many no such user errors from your host",
        "Recipient unknown because our LDAP server is down",
        "directory lookup failed: user not found",
        "rate limit for unknown users exceeded",
        "user unknown; sender blacklisted",
        "account closed for sending",
        "unknown user, please try again later",
        "user not found, authentication required",
        "发件人地址不存在",
        "le domaine n'existe pas",
        "Benutzer unbekannt, bitte später erneut versuchen",
        "адрес не существует: домен отправителя",
    ],
)
@pytest.mark.parametrize("code", ["550", "550 5.1.1"])
def test_other_words_beside_it_keep_the_address(code: str, words: str, catalogue: Catalogue) -> None:
    """A sender, a limit, a look-up or a login in the same reply: confirm first, or keep."""
    assert "yes" != explain(f"{code} {words} {RCPT}", "asked", catalogue).diagnoses[0].suppress


@pytest.mark.parametrize(
    "words",
    [
        "<ann@policy.example.com>: user unknown",
        "<spam@example.com>: Recipient address rejected: User unknown in local recipient table",
        "No such user here; see https://example.com/policy/limits",
        "<ann@example.com> no such domain user",
        "mail.quota.example.com says: no such mailbox",
        "Benutzer unbekannt",
        "收件人不存在",
    ],
)
def test_names_and_addresses_cast_no_doubt(words: str, catalogue: Catalogue) -> None:
    """Only the reply's own words count, not what somebody has called a host, a page or a mailbox."""
    assert "yes" == explain(f"550 5.1.1 {words} {RCPT}", "asked", catalogue).diagnoses[0].suppress
