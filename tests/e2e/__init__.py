"""Tests of the whole bot over the practice server."""
