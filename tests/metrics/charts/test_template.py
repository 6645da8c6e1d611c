"""The HTML of a chart: named, in words too, and with nothing that the page's policy forbids."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from lxml import html

from impact.metrics.charts import Bar, bar_chart, line_chart, small_multiples
from impact.metrics.charts.chart import Chart
from tests.documents import texts
from tests.metrics.charts.making import quantity, series

NUMBERS = re.compile(r"^[MLa0-9 .z-]+$")


def shown(chart: Chart, language: str = "en") -> Any:
    with translation.override(language):
        return html.fragment_fromstring(render_to_string("metrics/chart.html", {"chart": chart}))


def made() -> list[Chart]:
    members = series([1200, 1500.5, None, 2000], precision="about")
    hours = series([7, 9], "Hours", unit="hours")
    return [
        line_chart(members, title="Members", description="Who pays a fee."),
        line_chart([members, series([5, 6], "Other")], title="Two"),
        bar_chart([Bar("May", quantity(3)), Bar("June", None)], title="Months", names="Month"),
        bar_chart([Bar("A name as long as this " * 3, quantity(-3))], title="Lying"),
        small_multiples([members, hours], title="Figures by year"),
    ]


@pytest.mark.parametrize("chart", made(), ids=lambda chart: chart.title)
def test_every_drawing_is_named_and_described(chart: Chart) -> None:
    page = shown(chart)
    drawings = page.xpath(".//svg[@role='img']")
    assert len(drawings) == 2
    for drawing in drawings:
        title, description = (
            drawing.get_element_by_id(name) for name in drawing.get("aria-labelledby").split()
        )
        assert (title.tag, description.tag) == ("title", "desc")
        assert title.text.strip()
        assert description.text.strip()
    ids = page.xpath(".//@id")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("chart", made(), ids=lambda chart: chart.title)
def test_nothing_carries_a_style_or_a_script(chart: Chart) -> None:
    page = shown(chart)
    assert page.xpath(".//@style | .//style | .//script") == []
    assert page.xpath(".//@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_coordinates_are_written_for_machines_in_every_language(language: str) -> None:
    for chart in made():
        page = shown(chart, language)
        for drawing in page.xpath(".//svg"):
            assert NUMBERS.match(drawing.get("viewbox"))
            assert all(NUMBERS.match(path) for path in drawing.xpath(".//path/@d"))
            assert all(NUMBERS.match(at) for at in drawing.xpath(".//text/@x | .//text/@y"))


def test_every_value_stands_in_the_table_with_its_precision() -> None:
    page = shown(made()[0])
    rows = [texts(row.xpath("./th | ./td")) for row in page.xpath(".//tr")]
    assert rows == [
        ["Year", "Members"],
        ["2020", "about 1,200"],
        ["2021", "about 1,500.5"],
        ["2022", "–no figure"],
        ["2023", "about 2,000"],
    ]
    assert page.xpath(".//data/@value") == ["1200", "1500.5", "2000"]


def test_numbers_follow_the_language() -> None:
    members = series([1200, 1500.5], precision="about")
    with translation.override("de"):
        page = shown(line_chart(members, title="Mitglieder"), "de")
    said = " ".join(texts(page.xpath(".//svg//text")))
    assert "~1.500,5" in said
    assert "1,500" not in said


def test_a_gap_is_told_in_words() -> None:
    (description, *_) = texts(shown(made()[0]).xpath(".//desc"))
    assert description == (
        "Who pays a fee. From about 1,200 in 2020 to about 2,000 in 2023. No figure for 2022."
    )


def test_unit_and_hollow_markers_are_explained() -> None:
    page = shown(made()[4])
    assert texts(page.xpath(".//*[@class='chart-panel-title']")) == ["Members", "Hours"]
    assert texts(page.xpath(".//*[@class='chart-unit']")) == ["Hours"]
    assert texts(page.xpath(".//*[@class='chart-note']")) == [
        "Hollow: about (~), at least (>) or at most (<)."
    ]
    exact = shown(line_chart(series([1, 2]), title="Exact"))
    assert exact.xpath(".//*[@class='chart-note']") == []


def test_a_chart_of_nothing_says_so_without_a_frame() -> None:
    page = shown(line_chart([], title="Members"))
    assert page.xpath(".//svg | .//table") == []
    assert "No figures yet." in page.text_content()


def test_names_are_text() -> None:
    hostile = "<script>alert(1)</script>"
    chart = small_multiples([series([1, 2], hostile)], title=hostile, description=hostile)
    with translation.override("en"):
        page = render_to_string("metrics/chart.html", {"chart": chart})
    assert "<script>" not in page
