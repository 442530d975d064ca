"""Tests of the use case: decided, claimed, posted once."""
