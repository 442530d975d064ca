"""What is installed is what was chosen: each package at one version, by its hashes."""

from __future__ import annotations

import pathlib
import re
import tomllib

ROOT = pathlib.Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def packages() -> dict[str, str]:
    """The packages of the lock, each with all that is said of it."""
    return {entry.split("==")[0]: entry for entry in re.split(r"\n(?=[a-z])", LOCK) if entry[:1].isalpha()}


def test_every_package_has_its_version_and_hashes() -> None:
    """No range, no address to fetch from, and at least one hash."""
    found = packages()

    assert [] == [name for name, entry in found.items() if not re.match(r"[a-z0-9-]+==\S+", entry)]
    assert [] == [name for name, entry in found.items() if "--hash=sha256:" not in entry]
    assert "://" not in LOCK
    assert "--index-url" not in LOCK


def test_what_the_project_asks_for_is_in_the_lock() -> None:
    """Each dependency of pyproject.toml, those of development and of the dns extra too."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = asked["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dns"], *asked["dependency-groups"]["dev"]]
    names = {re.split(r"[\[>=<; ]", one)[0].lower().replace(".", "-").replace("_", "-") for one in wanted}

    assert names <= set(packages())


def test_nothing_is_installed_without_its_hash() -> None:
    """The Makefile has pip refuse what the lock does not name."""
    installs = re.findall(r"pip install .*", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert installs
    assert all("--require-hashes" in line for line in installs)
