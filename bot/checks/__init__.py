"""Read-only DNS look-ups on request, for names and addresses in a reply; needs the ``dns`` extra (dnspython)."""

from bot.checks.checking import MISSING, NEEDS, Found, Names, is_ip, names_in, run
from bot.checks.lookup import NAME, Lookup, Unavailable

__all__ = ["MISSING", "NAME", "NEEDS", "Found", "Lookup", "Names", "Unavailable", "is_ip", "names_in", "run"]
