"""Fuzzing, outside the suite: needs atheris, see reading.py."""
