"""Which side of a bounce the team is on: half of what postmasters paste is mail that their own server refused."""

from __future__ import annotations

import functools
import ipaddress

from bot.terms import Finding, Side
from catalogue import Actor

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Who acts for a side; all other actors are named by their role, whoever they are.
YOURS: dict[Side, frozenset[str]] = {
    "": frozenset(),
    "sending": frozenset(("sending-admin",)),
    "receiving": frozenset(("receiving-admin",)),
}


def side_of(found: Finding, domains: tuple[str, ...], networks: tuple[str, ...]) -> Side:
    """The team's side, "" where the text does not show it or shows both; ``domains`` lower case, ``networks`` as CIDR.

    The sending side is shown by the refused IP, the sender's domain or the reporting server; the receiving side by the
    recipient's address or the server that refused.
    """
    if not (domains or networks):
        return ""
    values = found.values
    sending = within(values.ip, networks) or any(of(name, domains) for name in (values.domain, found.reporter))
    receiving = any(of(name, domains) for name in ((found.recipient or "").rpartition("@")[2], found.host))
    if sending == receiving:
        return ""
    return "sending" if sending else "receiving"


def yours(actor: Actor | None, side: Side) -> bool:
    """Whether an actor is the team itself."""
    return actor in YOURS[side]


def of(name: str, domains: tuple[str, ...]) -> bool:
    """Whether a host or domain is one of the domains or stands under one."""
    low = name.lower().rstrip(".")
    return any(low == domain or low.endswith(f".{domain}") for domain in domains) if low else False


def within(ip: str, networks: tuple[str, ...]) -> bool:
    """Whether an address, "" for none, is in one of the networks."""
    if not (ip and networks):
        return False
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    return any(address in network for network in parsed(networks))


@functools.cache
def parsed(networks: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks as such; raises ValueError where one is none (the settings have checked them)."""
    return tuple(ipaddress.ip_network(network, strict=False) for network in networks)
