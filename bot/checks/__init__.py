"""Read-only DNS look-ups on request, for names and addresses in a reply; needs the ``dns`` extra (dnspython)."""

from bot.checks.checking import Found, run
from bot.checks.lookup import Lookup, Unavailable

__all__ = ["Found", "Lookup", "Unavailable", "run"]
