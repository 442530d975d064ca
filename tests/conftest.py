"""What several tests need."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Hypothesis draws from the constants of the modules that are loaded: loading more of them half-way through a test makes
# its draws differ between two runs of one example. The composition root loads them all.
import bot.app
import bot.cli.commands
from catalogue import Catalogue, load

__all__ = ["bot"]

settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Our catalogue, as it is shipped."""
    return load()
