"""What is told of Lighthouse's reports: medians, what failed in every run, what is below its limit."""

from typing import Any

from tests.benchmarks.lighthouse import LIMITS, missed, read, table


def report(performance: float, seo: float, **failed: float) -> dict[str, Any]:
    """A report as Lighthouse writes it, with two audits that count and one that doesn't."""
    numbers = {
        "first-contentful-paint": 900.0,
        "largest-contentful-paint": 1400.0,
        "total-blocking-time": 20.0,
        "cumulative-layout-shift": 0.01,
    }
    audits: dict[str, Any] = {
        **{key: {"numericValue": value, "score": 1} for key, value in numbers.items()},
        "network-requests": {"details": {"items": [{"transferSize": 4000}, {"url": "data:"}]}},
        **{key: {"score": failed.get(key, 1)} for key in ("image_alt", "canonical")},
        "unweighed": {"score": 0},
        "not_applicable": {"score": None},
    }
    refs = [{"id": key, "weight": 1} for key in ("image_alt", "canonical", "not_applicable")]
    scores = {"performance": performance, "seo": seo}
    return {
        "audits": audits,
        "categories": {
            key: {
                "score": scores.get(key, 1),
                "auditRefs": [*refs, {"id": "unweighed", "weight": 0}],
            }
            for key in LIMITS
        },
    }


def test_medians_are_held_against_the_limits() -> None:
    runs = [read(report(score, 1)) for score in (0.2, 0.96, 0.99)]
    assert missed({"home": runs}) == []
    assert missed({"home": [*runs[:2], read(report(0.9, 0.92))]}) == ["home: performance 90"]
    assert missed({"home": [read(report(1, 0.92))]}) == ["home: seo 92"]


def test_what_failed_in_every_run_is_named() -> None:
    both, one = report(1, 1, image_alt=0, canonical=0), report(1, 1, canonical=0.5)
    told = table({"home": [read(both), read(one)]})
    assert "canonical" in told
    assert "image_alt" not in told
    assert "unweighed" not in told
    assert "0.9 s" in told
    assert " 4 " in told
