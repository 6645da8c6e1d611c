"""Who may read a page: what it costs to ask."""

import pytest
from django.db import connection

from home.models import HomePage
from impact.entries.models import EntryPage
from tests.factories import make_story

pytestmark = pytest.mark.django_db


def test_no_row_is_compared_with_all_pages_to_see_whether_it_is_private(home: HomePage) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads the plan as SQLite writes it")
    make_story()
    sql, params = EntryPage.objects.order_by().published().query.sql_with_params()
    with connection.cursor() as cursor:
        # As a site has it that was analysed while nothing was private.
        cursor.execute("ANALYZE")
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[-1] for row in cursor.fetchall()]
    asked = steps[next(n for n, step in enumerate(steps) if step.startswith("CORRELATED")) :]
    pages = "autoindex_wagtailcore_page_1"
    assert not [step for step in asked if step.startswith("SCAN") and pages in step], steps
