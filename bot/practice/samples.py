"""Sample bounces to click on the page: real in their shape, written for this project."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

SAMPLES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "samples.toml").read_text("utf-8"))["sample"]
