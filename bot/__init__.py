"""smtp-bot: explains SMTP bounces in Slack, and keeps the thread."""

__version__ = "0.1.0"
