"""The load test notices answers that are late, wrong or missing."""

import pytest

from tests.benchmarks import load
from tests.benchmarks.load import LoadTest, Tally


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "PAUSE", 0.02)


class Pretended:
    """A site that shows what was published, `late` publishes later."""

    def __init__(self, late: int = 0, status: int = 200) -> None:
        self.late = late
        self.status = status
        self.number = 0

    def publish(self, number: int) -> None:
        self.number = number

    def fetch(self, path: str) -> tuple[int, str]:
        return self.status, f"<h3>Bulletin {max(self.number - self.late, 0):06}</h3>"

    def visited(self) -> Tally:
        return LoadTest(self.fetch, self.publish).run(connections=2, duration=0.2)


def test_a_site_that_is_right_passes() -> None:
    tally = Pretended().visited()
    assert tally.published > 2
    assert (tally.stale, tally.errors.total()) == (0, 0)
    assert {kind for kind, _weight in load.MIX} == set(tally.seconds)
    assert "0 stale answers, 0 errors" in tally.table(0.2)


def test_an_answer_from_before_a_publish_is_stale() -> None:
    assert Pretended(late=1).visited().stale > 0


def test_other_answers_than_200_and_none_at_all_are_errors() -> None:
    assert Pretended(status=503).visited().errors.total() > 0

    def refuse(path: str) -> tuple[int, str]:
        raise ConnectionRefusedError(path)

    assert LoadTest(refuse, lambda number: None).run(1, 0.05).errors.total() > 0
