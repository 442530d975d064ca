"""Tests of the practice page in a real browser."""
