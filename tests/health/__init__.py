"""Tests of what an operator's tools ask."""
