"""The practice workspace: a local stand-in for Slack, good enough to use, strict enough to test against."""

from bot.practice.practice import Practice

__all__ = ["Practice"]
