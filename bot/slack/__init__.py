"""Slack's side: its text undone, its events as values, listeners that take arguments apart, call once, and send."""
