"""The colours of series on paper and in the dark."""

import pytest

from impact.branding.colour import contrast, to_linear_rgb
from impact.metrics.charts.shapes import HUES
from tests.branding.test_colour import tokens


@pytest.mark.parametrize("theme", [0, 1])
def test_the_hues_of_series_are_readable_as_lines_and_as_names(theme: int) -> None:
    paper = tokens()[theme]["paper"]
    hues = tokens("charts", "components")[theme]
    # The first one is the accent.
    assert sorted(hues) == [f"chart-{number}" for number in range(1, HUES)]
    for name, colour in hues.items():
        assert contrast(colour, paper) >= 4.5, name
        assert all(-0.001 <= part <= 1.001 for part in to_linear_rgb(colour)), name
