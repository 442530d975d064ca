"""The practice workspace keeps Slack's rules."""
