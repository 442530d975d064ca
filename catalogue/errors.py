"""What can be wrong with a catalogue.

CatalogueError      a file, an entry or a key that cannot be used; the message names all three
"""

from __future__ import annotations


class CatalogueError(Exception):
    """A catalogue file that cannot be used: names the file, the entry and the key, and what to mend."""

    def __init__(self, file: str, entry: str, key: str, problem: str) -> None:
        self.file, self.entry, self.key, self.problem = file, entry, key, problem
        where = ", ".join(part for part in (file, entry and f"entry {entry}", key and f"key {key}") if part)
        super().__init__(f"{where}: {problem}")
