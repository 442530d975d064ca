"""smtp-bot: explains SMTP bounces in Slack, and keeps the thread."""
