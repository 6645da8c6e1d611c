"""What a page makes a browser fetch before it shows anything."""

import re
from pathlib import Path

import pytest
from django.test import Client

from home.models import HomePage
from tests.factories import make_category

STATIC = Path(__file__).parents[2] / "static"
# In bytes, uncompressed: all sheets of the page that is visited most.
SHEETS = 40_000


@pytest.mark.django_db
def test_the_sheets_of_the_gallery_are_small(client: Client, home: HomePage) -> None:
    for number in range(8):
        make_category(f"Category {number}")
    html = client.get("/impact/").content.decode()
    sheets = re.findall(r'<link\s+rel="stylesheet"\s+href="([^"]+)"', html)
    assert len(sheets) == 3
    sizes = {
        sheet: (STATIC / sheet.removeprefix("/static/")).stat().st_size
        if sheet.startswith("/static/")
        else len(client.get(sheet).content)
        for sheet in sheets
    }
    assert sum(sizes.values()) <= SHEETS, sizes
