"""The outlines of the regions, as `convert.py` wrote them."""

import json
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def land() -> dict[str, str]:
    """Return an SVG path for each region that has land, in units of the projection."""
    outlines: dict[str, str] = json.loads(Path(__file__).with_name("land.json").read_text())
    return outlines
