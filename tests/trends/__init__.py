"""The week of a channel in numbers."""
