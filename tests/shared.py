"""Content that the tests of one module share: written once, taken away after the last of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from home.site_tree import ensure_site


@contextmanager
def shared_content(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what is written inside, on top of the site tree, until the end of the block.

    For a fixture of module scope that asks for `django_db_setup` and is called `written`: tests that don't
    ask for it come first in their module. What a test itself writes is rolled back after it as everywhere.
    """
    with blocker.unblock(), transaction.atomic():
        ensure_site()
        yield
        transaction.set_rollback(True)
    connection.close()
