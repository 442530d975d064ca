"""``python -m catalogue [FILE …]``: loads the catalogue and prints the samples that lead astray."""

import sys

from catalogue import CatalogueError, load
from catalogue.checking import strays


def main(files: list[str]) -> int:
    """0 where every sample leads to its own entry, 1 where one does not, 2 where a file is broken."""
    try:
        catalogue = load()
    except CatalogueError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    astray = 0
    for of in [name.removeprefix("catalogue/") for name in files] or [""]:
        for entry, sample, where in strays(catalogue, of=of):
            sys.stdout.write(f"{entry.id}: {sample!r} {where}\n")
            astray += 1
    sys.stdout.write(f"{len(catalogue.entries)} entries, {astray} samples astray\n")
    return 1 if astray else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
