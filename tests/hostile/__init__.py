"""Hostile input on every way in: real payloads of each kind, changed by chance, through the real app."""
