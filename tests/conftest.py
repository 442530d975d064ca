"""What several tests need."""

from __future__ import annotations

import pytest

from catalogue import Catalogue, load


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Our catalogue, as it is shipped."""
    return load()
