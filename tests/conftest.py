"""What several tests need."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

# Hypothesis draws from the constants of the modules that are loaded: loading more of them half-way through a test makes
# its draws differ between two runs of one example. The composition root loads them all.
import bot.app
import bot.cli.commands
from bot.logs import QUIET
from catalogue import Catalogue, load

__all__ = ["bot"]

settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """For a test in which logging is configured as the bot does it: afterwards it is as before."""
    names = (None, *QUIET)
    handlers, levels = logging.root.handlers[:], [logging.getLogger(name).level for name in names]
    yield
    logging.root.handlers[:] = handlers
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Our catalogue, as it is shipped."""
    return load()
