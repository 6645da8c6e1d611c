"""A file of readings is imported as a whole or not at all, and twice is once."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry, ReferenceIndex

from impact.freshness.state import latest
from impact.metrics.exchange import imports
from impact.metrics.exchange.exports import export_readings
from impact.metrics.exchange.imports import OutdatedPlanError, import_readings
from impact.metrics.exchange.plan import Plan, plan
from impact.metrics.models import Precision, Reading
from tests.factories import make_community, make_metric, make_reading

pytestmark = pytest.mark.django_db
HEAD = "metric,period_start,date,value,precision,currency,community,source,note"


def rows(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


def brief(*lines: str) -> bytes:
    return rows(*lines, head="metric,date,value")


def said(found: Plan) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.reason) for problem in found.problems]


def test_a_file_makes_changes_and_leaves_alone() -> None:
    members, reef = make_metric("Members"), make_community("Reef")
    make_reading(members, 10, date(2022, 12, 31), note="kept")
    make_reading(members, 20, date(2023, 12, 31))
    data = brief("members,2022-12-31,11", "members,2023-12-31,20", "members,2024-12-31,~30")
    assert Counter(step.state for step in plan(data).steps) == plan(data).counts
    assert import_readings(data).counts == {"changed": 1, "unchanged": 1, "new": 1}
    assert list(Reading.objects.order_by("date").values_list("value", "precision", "note")) == [
        (11, "exact", "kept"),
        (20, "exact", ""),
        (30, "about", ""),
    ]
    import_readings(
        rows("members,2024-01-01,2024-12-31,3,at-least,,Reef,https://example.org/,A note")
    )
    theirs = Reading.objects.get(community=reef)
    assert (theirs.period_start, theirs.precision) == (date(2024, 1, 1), "at-least")
    assert (theirs.source_url, theirs.note) == ("https://example.org/", "A note")
    assert ReferenceIndex.get_references_to(reef).count() == 1


def test_a_second_import_of_a_file_changes_nothing() -> None:
    make_metric("Members")
    data = brief("members,2022-12-31,>11", "members,2023-12-31,12.5")
    import_readings(data)
    before, version = list(Reading.objects.values_list()), latest()
    assert import_readings(data).idle
    assert list(Reading.objects.values_list()) == before
    assert latest() == version


def test_an_import_is_seen_by_visitors_and_in_the_history() -> None:
    metric, version = make_metric("Members"), latest()
    import_readings(brief("members,2022-12-31,1"))
    assert latest() > version
    assert (
        ModelLogEntry.objects.filter(object_id=str(metric.pk), action="wagtail.edit").count() == 1
    )


def test_every_bad_row_is_named_by_line_column_and_reason_and_nothing_is_imported() -> None:
    make_metric("Members", unit="people")
    make_metric("Grants", unit="currency", currency="EUR")
    data = rows(
        "members,,2024-12-31,5,,,,,",
        "nobody,,2024-12-31,5,,,,,",
        ",,31.12.2024,x,,,,,",
        "members,,04/05/2024,5,,,,,",
        "members,,2024-02-30,5,,,,,",
        "members,2024-12-31,2024-01-01,5,,,,,",
        "grants,,2024-12-31,$5,,,,,",
        "grants,,2024-12-31,5,,USD,,,",
        '"grants",,2023-12-31,"1,234",,,,,',
        "members,,2022-12-31,~5,exact,,,,",
        "members,,2021-12-31,5,nearly,,,,",
        "members,,2020-12-31,5,,,reef,,",
        "members,,2019-12-31,5,,,,not an address,",
        f"members,,2018-12-31,5,,,,,{'x' * 256}",
        "members,,31/12/2024,6,,,,,",
        "members,,,,,,,,",
        "members,,2017-12-31,5%,,,,,",
    )
    found = import_readings(data)
    assert not Reading.objects.exists()
    assert [(line, column) for line, column, _reason in said(found)] == [
        (3, "metric"),
        (4, "metric"),
        (4, "value"),
        (5, "date"),
        (6, "date"),
        (7, "period_start"),
        (8, "value"),
        (9, "currency"),
        (10, "value"),
        (11, "precision"),
        (12, "precision"),
        (13, "community"),
        (14, "source"),
        (15, "note"),
        (16, "date"),
        (17, "date"),
        (17, "value"),
        (18, "value"),
    ]
    reasons = {line: reason for line, _column, reason in said(found)}
    assert reasons[3] == "There is no metric “nobody”."
    assert reasons[5] == "“04/05/2024” may be 2024-04-05 or 2024-05-04. Write one of them."
    assert reasons[10] == "“1,234” may be 1234 or 1.234. Write 1234 or 1.2340."
    assert reasons[16] == "Line 2 is about the same reading."


def test_a_file_that_can_not_be_read_is_one_problem() -> None:
    ((line, column, reason),) = said(plan(b"metric;date\n"))
    assert (line, column) == (1, "")
    assert "missing: value" in reason


def test_what_was_agreed_to_is_done_or_nothing() -> None:
    members = make_metric("Members")
    data = brief("members,2024-12-31,5")
    shown = plan(data)
    make_reading(members, 4, date(2024, 12, 31))
    with pytest.raises(OutdatedPlanError) as raised:
        import_readings(data, expected=shown.fingerprint)
    assert Reading.objects.get().value == 4
    assert raised.value.plan.counts == {"changed": 1}
    import_readings(data, expected=raised.value.plan.fingerprint)
    assert Reading.objects.get().value == 5


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    make_metric("Members")

    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(imports, "_note", fail)
    with pytest.raises(RuntimeError):
        import_readings(brief("members,2024-12-31,5"))
    assert not Reading.objects.exists()


@pytest.mark.parametrize("many", [False, True])
def test_a_plan_takes_three_statements(many: bool) -> None:
    make_metric("Members")
    make_metric("Grants")
    make_community("Reef")
    days = range(1, 28 if many else 3)
    data = rows(*(f"{m},,2024-01-{d:02},{d},,,reef,," for m in ("members", "grants") for d in days))
    with CaptureQueriesContext(connection) as queries:
        assert plan(data).holds
    assert len(queries) == 3


def test_a_reading_shows_what_changes_from_what_to_what() -> None:
    money = make_metric("Grants", unit="currency", currency="EUR")
    make_reading(money, 1000, date(2024, 12, 31), precision="about")
    (step,) = plan(rows("grants,2024-01-01,2024-12-31,≥ 1500,,EUR,,,New")).steps
    assert step.changes == [
        ("value", "about €1,000", "at least €1,500"),
        ("from", "–", "2024-01-01"),
        ("note", "–", "New"),
    ]


def test_the_commands_say_what_they_do(tmp_path: Path) -> None:
    make_metric("Members")
    make_metric("Grants")
    file = tmp_path / "readings.csv"
    file.write_bytes(brief("members,2024-12-31,5", "grants,2024-12-31,~6"))
    out, err = StringIO(), StringIO()
    call_command("import_readings", file, "--dry-run", stdout=out)
    assert "new: 2" in out.getvalue()
    assert not Reading.objects.exists()
    call_command("import_readings", file, stdout=out)
    assert Reading.objects.count() == 2
    call_command("export_readings", tmp_path / "back.csv", "--metric", "grants")
    assert (tmp_path / "back.csv").read_text(encoding="utf-8-sig").splitlines() == [
        HEAD,
        "grants,,2024-12-31,6,about,,,,",
    ]
    file.write_bytes(brief("members,2024-12-31,x", "grants,never,6"))
    with pytest.raises(CommandError, match=r"Nothing was imported\. Problems: 2"):
        call_command("import_readings", file, stderr=err)
    assert [line.split(":")[0] for line in err.getvalue().splitlines()] == [
        "line 2, value",
        "line 3, date",
    ]


class RoundTrip(TestCase):
    """What was exported is imported as what it was."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.fixed_dictionaries(
                {
                    "value": st.decimals(-(10**15), 10**15, places=4),
                    "precision": st.sampled_from(Precision.values),
                    "period_start": st.none() | st.dates(date(1000, 1, 1), date(2000, 1, 1)),
                    "note": st.text(
                        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                        max_size=20,
                    )
                    | st.sampled_from(
                        ["=1+1", "'=1", " -x", "a\r\nb", '"', ";,\t", "@", "+", "\ufeff"]
                    ),
                    "source_url": st.sampled_from(["", "https://example.org/?a=1&b=\"'"]),
                    "theirs": st.booleans(),
                }
            ),
            max_size=6,
        )
    )
    def test_an_export_changes_nothing_when_it_is_imported_and_restores_what_was_lost(
        self, readings: list[dict[str, Any]]
    ) -> None:
        metric = make_metric("Given", unit="currency", currency="EUR")
        reef = make_community("Reef")
        for number, fields in enumerate(readings):
            theirs = fields.pop("theirs")
            make_reading(
                metric, on=date(2001, 1, 1 + number), community=reef if theirs else None, **fields
            )
        text = export_readings()
        done = import_readings(text.encode("utf-8-sig"))
        assert (said(done), done.idle) == ([], True)
        assert len(done.steps) == len(readings)
        Reading.objects.all().delete()
        import_readings(text.encode())
        assert export_readings() == text


def test_a_spreadsheet_finds_no_formula_in_an_export() -> None:
    make_reading(make_metric("Members"), -5, date(2024, 12, 31), note="=cmd()|' /C calc'!A0")
    (line,) = export_readings("members").splitlines()[1:]
    assert line == "members,,2024-12-31,-5,exact,,,,'=cmd()|' /C calc'!A0"
    assert Reading.objects.get().value == Decimal(-5)
