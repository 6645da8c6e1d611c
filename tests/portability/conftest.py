"""The small Hugo sites of these tests."""

import shutil
from pathlib import Path

import pytest

SITES = Path(__file__).parent / "sites"


@pytest.fixture
def orchard(tmp_path: Path) -> Path:
    """A site with communities, authors, pictures and most of what writers do, to change at will."""
    return _copy("orchard", tmp_path)


@pytest.fixture
def troubled(tmp_path: Path) -> Path:
    """A site of files that can't be read, strange dates, and other formats."""
    return _copy("troubled", tmp_path)


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    """A folder of posts without a configuration."""
    return _copy("leaflet", tmp_path)


def _copy(name: str, target: Path) -> Path:
    return Path(shutil.copytree(SITES / name, target / name))
