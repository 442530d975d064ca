"""A DNS server on this machine, over UDP, with a zone that the tests write."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from bot.checks import Lookup

ZONE: dict[tuple[str, str], list[str]] = {
    ("news.example.com.", "TXT"): ['"v=spf1 include:_spf.example.net mx -all"', '"other=1"'],
    ("_spf.example.net.", "TXT"): ['"v=spf1 ip4:203.0.113.0/28" " ip6:2001:db8::/32 ~all"'],
    ("news.example.com.", "MX"): ["10 mail.example.com."],
    ("mail.example.com.", "A"): ["192.0.2.25"],
    ("two.example.com.", "TXT"): ['"v=spf1 -all"', '"v=spf1 +all"'],
    ("loop.example.com.", "TXT"): ['"v=spf1 include:loop.example.com -all"'],
    ("moved.example.com.", "TXT"): ['"v=spf1 redirect=_spf.example.net"'],
    ("macro.example.com.", "TXT"): ['"v=spf1 exists:%{i}._spf.example.com -all"'],
    ("192.0.2.1._spf.example.com.", "A"): ["127.0.0.2"],
    ("turned.example.com.", "TXT"): ['"v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all"'],
    ("25.2.0.192.in-addr._spf.example.com.", "A"): ["127.0.0.2"],
    (".".join(reversed("20010db8000000000000000000000001")) + ".ip6._spf.example.com.", "A"): ["127.0.0.2"],
    ("person.example.com.", "TXT"): ['"v=spf1 include:%{l}._spf.example.com -all"'],
    ("percent.example.com.", "TXT"): ['"v=spf1 exists:%x.example.com -all"'],
    ("names.example.com.", "TXT"): ['"v=spf1 ptr:example.com ~all"'],
    ("comma.example.com.", "TXT"): ['"v=spf1 ip4:192.0.2.1, -all"'],
    ("broken.example.com.", "TXT"): ['"v=spf1 ip4:999.1.1.1 -all"'],
    ("s1._domainkey.news.example.com.", "TXT"): ['"v=DKIM1; k=rsa; p=MIGf"'],
    ("_dmarc.news.example.com.", "TXT"): ['"v=DMARC1; p=reject"'],
    ("25.2.0.192.in-addr.arpa.", "PTR"): ["mail.example.com."],
    ("26.2.0.192.in-addr.arpa.", "PTR"): ["mail.example.com."],
    ("null.example.org.", "MX"): ["0 ."],
    ("77.2.0.192.zen.spamhaus.org.", "A"): ["127.0.0.2"],
    ("78.2.0.192.zen.spamhaus.org.", "A"): ["127.255.255.254"],
}
SILENT = "silent.example.com."


def answer(data: bytes) -> bytes | None:
    """The reply to one question; none for the name that stays silent."""
    query = dns.message.from_wire(data)
    name, kind = query.question[0].name.to_text().lower(), dns.rdatatype.to_text(query.question[0].rdtype)
    if name == SILENT:
        return None
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA | dns.flags.RA
    if rows := ZONE.get((name, kind)):
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *rows))
    elif name not in {known for known, _ in ZONE}:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()


@contextlib.contextmanager
def local_dns() -> Iterator[Lookup]:
    """A look-up that asks the tests' own server."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                data, where = server.recvfrom(4096)
                if data == b"end":
                    return
                if reply := answer(data):
                    server.sendto(reply, where)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield Lookup(("127.0.0.1",), server.getsockname()[1])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ender:
        ender.sendto(b"end", server.getsockname())
    thread.join(5)
    server.close()


@pytest.fixture(scope="session")
def lookup() -> Iterator[Lookup]:
    """One such look-up for all tests here."""
    with local_dns() as asking:
        yield asking
