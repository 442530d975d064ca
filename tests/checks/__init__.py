"""Tests of the DNS look-ups, against a real DNS server of the tests' own."""
