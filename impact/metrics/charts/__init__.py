"""Charts as drawn geometry: pure functions from figures to points, bars and labels in an SVG's own units.

`line_chart`, `bar_chart` and `small_multiples` return a `Chart`; `templates/metrics/chart.html` shows it
with its table. Nothing here asks the database or knows a colour: a series has a number, which the style
sheet (`css/charts.css`) gives a hue, and a dash and a marker of its own.
"""

from impact.metrics.charts.chart import Chart, bar_chart, line_chart, small_multiples
from impact.metrics.charts.data import Bar, Point, Series

__all__ = ["Bar", "Chart", "Point", "Series", "bar_chart", "line_chart", "small_multiples"]
