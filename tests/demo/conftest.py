"""The demo, loaded once for the tests of a module: publishing takes its time."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pytest
from django.db import connection, transaction
from PIL import Image
from pytest_django import DjangoDbBlocker

from home.site_tree import ensure_site
from impact.demo import load
from impact.demo.artwork.printing import Sheet


def blank_sheets(sheets: Iterable[Sheet], workers: int) -> Iterator[tuple[Sheet, bytes]]:
    """Stand in for the drawing, which has its own tests: a flat picture for each sheet."""
    files = {}
    for name, kind in (("jpg", "JPEG"), ("png", "PNG")):
        buffer = BytesIO()
        Image.new("RGB", (480, 320), (90, 120, 110)).save(buffer, kind)
        files[name] = buffer.getvalue()
    for sheet in sheets:
        yield sheet, files[sheet.file_name[-3:]]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[load.Summary]:
    """A site with the demo in it, taken away again after the module."""
    monkeypatch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_site()
        monkeypatch.setattr(load, "print_all", blank_sheets)
        yield load.load(lambda _name: None, workers=2)
        transaction.set_rollback(True)
    monkeypatch.undo()
    connection.close()
