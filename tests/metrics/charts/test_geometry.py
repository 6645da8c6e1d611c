"""Where lines, bars and labels lie, whatever the figures are."""

from itertools import combinations, pairwise

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.metrics.charts import Bar, Series, bar_chart, line_chart, small_multiples
from impact.metrics.charts.bars import draw_bars
from impact.metrics.charts.chart import Chart
from impact.metrics.charts.frame import NARROW, PANEL, WIDE, Frame
from impact.metrics.charts.lines import draw_lines
from impact.metrics.charts.shapes import Box, Drawing, text_width
from tests.metrics.charts.making import (
    bars,
    made_bars,
    made_series,
    quantity,
    series,
    several_series,
)

frames = st.sampled_from([WIDE, NARROW, PANEL])
languages = st.sampled_from(["en", "de"])


def assert_labels_are_readable(drawing: Drawing) -> None:
    for label in drawing.labels:
        assert drawing.view.holds(label.box), label
    for one, other in combinations(drawing.labels, 2):
        assert not one.box.overlaps(other.box), (one, other)


def said(drawing: Drawing, *kinds: str) -> list[str]:
    return [label.text for label in drawing.labels if label.kind in kinds]


def texts(chart: Chart) -> list[list[str]]:
    return [
        [row.name, *(cell.spoken if cell else "" for cell in row.cells)]
        for table in chart.tables
        for row in table.rows
    ]


@settings(max_examples=80, deadline=None)
@given(several_series(), frames, languages)
def test_labels_of_lines_never_overlap_or_leave(
    made: list[Series], frame: Frame, language: str
) -> None:
    with translation.override(language):
        assert_labels_are_readable(draw_lines(made, frame))


@settings(max_examples=60, deadline=None)
@given(made_series("count"), frames)
def test_the_last_value_is_always_said(made: Series, frame: Frame) -> None:
    drawing = draw_lines([made], frame)
    assert said(drawing, "last") == [q.short for q in made.quantities[-1:]]


@settings(max_examples=60, deadline=None)
@given(made_series("count"), frames)
def test_no_value_stands_over_the_axis_like_one_of_its_ticks(made: Series, frame: Frame) -> None:
    drawing = draw_lines([made], frame)
    for label in drawing.labels:
        if label.kind in {"value", "last"}:
            assert label.box.left >= drawing.plot.left


@settings(max_examples=60, deadline=None)
@given(made_bars(), st.sampled_from([WIDE, NARROW]), languages)
def test_labels_of_bars_never_overlap_or_leave(
    made: list[Bar], frame: Frame, language: str
) -> None:
    with translation.override(language):
        assert_labels_are_readable(draw_bars(made, frame))


@settings(max_examples=60, deadline=None)
@given(made_bars(), st.sampled_from([WIDE, NARROW]))
def test_bars_are_as_long_as_their_values_and_stand_on_zero(made: list[Bar], frame: Frame) -> None:
    drawing = draw_bars(made, frame)
    known = [bar.quantity.value for bar in made if bar.quantity]
    assert len(drawing.columns) == len(known)
    (zero,) = {rule.start for rule in drawing.rules if rule.zero and _upright(drawing)} or {None}
    boxes = [column.box for column in drawing.columns]
    if zero is None:
        lengths = [box.right - box.left for box in boxes]
        (base,) = {rule.start[0] for rule in drawing.rules}
        starts = [
            box.left if value >= 0 else box.right for box, value in zip(boxes, known, strict=True)
        ]
    else:
        lengths = [box.bottom - box.top for box in boxes]
        base = zero[1]
        starts = [
            box.bottom if value >= 0 else box.top for box, value in zip(boxes, known, strict=True)
        ]
    assert starts == pytest.approx([base] * len(known))
    largest = max((abs(value) for value in known), default=0)
    if largest:
        longest = max(lengths)
        assert longest > 0.1 * min(drawing.width, drawing.height)
        assert lengths == pytest.approx(
            [float(abs(value) / largest) * longest for value in known], abs=1e-6
        )


def _upright(drawing: Drawing) -> bool:
    return not any(label.kind == "row" for label in drawing.labels)


@settings(max_examples=30, deadline=None)
@given(made_bars())
def test_every_bar_is_in_the_table_in_its_order(made: list[Bar]) -> None:
    chart = bar_chart(made, title="Bars")
    if chart.panels:
        expected = [[b.label, b.quantity.spoken if b.quantity else ""] for b in made]
        assert texts(chart) == expected
    else:
        assert not any(bar.quantity for bar in made)


@settings(max_examples=30, deadline=None)
@given(several_series())
def test_every_value_of_a_line_is_in_the_table(made: list[Series]) -> None:
    chart = line_chart(made, title="Lines")
    rows = {int(row[0]): row[1:] for row in texts(chart)}
    for number, each in enumerate(made):
        for year, value in each.by_year.items():
            assert rows[year][number] == value.spoken


@settings(max_examples=60, deadline=None)
@given(made_series("count"))
def test_higher_values_lie_higher_and_later_ones_further_right(made: Series) -> None:
    drawing = draw_lines([made], WIDE)
    marks = [mark.x for mark in drawing.marks]
    assert marks == sorted(set(marks))
    heights = [(-mark.y, q.value) for mark, q in zip(drawing.marks, made.quantities, strict=True)]
    assert sorted(heights) == sorted(heights, key=lambda pair: (pair[1], pair[0]))
    for mark in drawing.marks:
        assert drawing.plot.left <= mark.x <= drawing.plot.right
        assert drawing.plot.top - 1e-6 <= mark.y <= drawing.plot.bottom + 1e-6


def test_a_line_of_few_points_says_them_all_and_one_of_many_what_tells_most() -> None:
    few = draw_lines([series([1, 5, 2, 7])], WIDE)
    assert sorted(said(few, "value", "last")) == ["1", "2", "5", "7"]
    many = draw_lines([series([40, 90, *range(50, 80), 3, 60], start=1990)], WIDE)
    assert sorted(said(many, "value", "last")) == ["3", "40", "60", "90"]


def test_a_missing_year_is_a_gap_in_the_line() -> None:
    (line,) = draw_lines([series([1, 2, None, 4, 5, None])], WIDE).lines
    assert [len(piece) for piece in line.pieces] == [2, 2]
    assert line.path.count("M") == 2


def test_a_year_that_no_point_names_is_a_gap_too() -> None:
    holed = Series("Members", [p for p in series([1, 2, 3, 4]).points if p.year != 2022])
    drawing = draw_lines([holed], WIDE)
    assert [len(piece) for piece in drawing.lines[0].pieces] == [2, 1]
    assert said(drawing, "name") == ["2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("frame", [WIDE, NARROW, PANEL])
def test_one_point_is_a_marker_without_a_line(frame: Frame) -> None:
    drawing = draw_lines([series([9100], precision="about")], frame)
    (mark,) = drawing.marks
    assert mark.hollow
    assert [len(piece) for piece in drawing.lines[0].pieces] == [1]
    assert said(drawing, "last", "name") == ["2020", "~9,100"]


def test_precision_is_in_the_label_and_in_the_marker() -> None:
    made = series([1, 2, 3, 4, 5])
    points = [
        type(point)(point.year, quantity(point.year, precision))
        for point, precision in zip(
            made.points, ("exact", "about", "at-least", "at-most"), strict=False
        )
    ]
    drawing = draw_lines([Series("Members", points)], WIDE)
    assert [mark.hollow for mark in drawing.marks] == [False, True, True, True]
    assert sorted(said(drawing, "value", "last")) == ["2,020", "< 2,023", "> 2,022", "~2,021"]
    columns = draw_bars([Bar(str(p.year), p.quantity) for p in points], WIDE).columns
    assert [column.hollow for column in columns] == [False, True, True, True]


def test_bars_of_negative_values_hang_below_zero() -> None:
    drawing = draw_bars(bars(3, -4), WIDE)
    (zero,) = {rule.start[1] for rule in drawing.rules if rule.zero}
    up, down = (column.box for column in drawing.columns)
    assert (up.bottom, down.top) == (zero, zero)
    assert up.top < zero < down.bottom


def test_an_unknown_bar_keeps_its_place_empty() -> None:
    drawing = draw_bars(bars(3, None, 5), WIDE)
    assert said(drawing, "name") == ["2001", "2002", "2003"]
    first, third = (column.box for column in drawing.columns)
    assert third.left - first.left > 1.9 * (first.right - first.left)


def test_names_too_long_for_a_bar_lay_the_bars_down() -> None:
    named = [Bar(f"Community number {number}", quantity(number)) for number in range(1, 9)]
    assert said(draw_bars(named, WIDE), "row") == [bar.label for bar in named]
    assert said(draw_bars(named, WIDE), "value") == [str(number) for number in range(1, 9)]


def test_years_are_left_out_rather_than_crowded_but_never_the_last() -> None:
    drawing = draw_lines([series(range(40), start=1985)], NARROW)
    shown = said(drawing, "name")
    assert shown[-1] == "2024"
    assert 3 < len(shown) < 20
    assert len({int(b) - int(a) for a, b in pairwise(shown)}) == 1


def test_lines_of_several_series_are_named_where_they_end() -> None:
    drawing = draw_lines([series([1, 5], "Trained"), series([4], "Closed")], WIDE)
    assert not drawing.keyed
    assert sorted(said(drawing, "series")) == ["Closed", "Trained"]
    assert sorted(said(drawing, "value")) == ["4 (2020)", "5"]


def test_lines_whose_names_have_no_room_get_a_key() -> None:
    named = [series([1, 2], "A name that is much too long for its place " * 2), series([2, 3])]
    chart = line_chart(named, title="Lines")
    assert [entry.name for entry in chart.names] == [each.name for each in named]
    assert chart.keyed_wide


def test_up_to_sixty_lines_all_differ_by_more_than_their_colour() -> None:
    drawing = draw_lines([series([n, n], f"S{n}") for n in range(60)], WIDE)
    looks = {
        (line.hue, line.dash, mark.shape)
        for line, mark in zip(drawing.lines, drawing.marks[::2], strict=True)
    }
    assert len(looks) == 60


def test_series_of_several_units_do_not_share_an_axis() -> None:
    mixed = [series([1, 2]), series([1, 2], unit="hours")]
    with pytest.raises(ValueError, match="several units"):
        line_chart(mixed, title="Mixed")
    with pytest.raises(ValueError, match="several units"):
        small_multiples(mixed, title="Mixed", one_scale=True)
    assert len(small_multiples(mixed, title="Mixed").panels) == 2


def test_small_multiples_share_their_years_and_on_request_their_scale() -> None:
    early, late = series([10, 20], "Early", start=2018), series([1, 2], "Late", start=2024)
    own = small_multiples([early, late], title="Both")
    drawings = [panel.drawings[0] for panel in own.panels]
    assert said(drawings[0], "name") == said(drawings[1], "name")
    assert said(drawings[0], "tick") != said(drawings[1], "tick")
    same = small_multiples([early, late], title="Both", one_scale=True)
    scales = [said(panel.drawings[0], "tick") for panel in same.panels]
    assert scales[0] == scales[1]


@pytest.mark.parametrize("made", [[], [series([])], [series([None, None])]])
def test_without_any_value_there_is_nothing_to_draw(made: list[Series]) -> None:
    for chart in (line_chart(made, title="Lines"), small_multiples(made, title="Small")):
        assert (chart.panels, chart.tables) == ((), ())
    assert bar_chart(bars(None), title="Bars").panels == ()


def test_a_year_typed_wrong_does_not_make_thousands_of_rows() -> None:
    points = [*series([1, 2]).points, *series([3], start=20).points]
    chart = line_chart(Series("Members", points), title="Members")
    assert len(chart.tables[0].rows) == 3


def test_the_same_chart_has_the_same_key_and_others_another() -> None:
    first, again = (line_chart(series([1, 2]), title="Members") for _ in range(2))
    assert first.key == again.key
    assert line_chart(series([1, 3]), title="Members").key != first.key
    assert line_chart(series([1, 2]), title="Members", key="mine").key == "mine"


def test_a_line_is_found_in_a_box_that_it_crosses() -> None:
    box = Box(10, 10, 20, 20)
    assert box.crossed_by((0, 0), (30, 30))
    assert box.crossed_by((15, 0), (15, 40))
    assert not box.crossed_by((0, 0), (30, 5))
    assert not box.crossed_by((0, 25), (30, 25))
    assert not box.crossed_by((0, 0), (9, 9))


def test_text_takes_more_room_the_longer_it_is() -> None:
    assert text_width("", 10) == 0
    assert text_width("1,000", 10) < text_width("10,000", 10) < text_width("10,000", 12)
