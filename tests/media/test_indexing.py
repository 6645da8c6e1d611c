"""Search entries that wait until a thing is whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.models import IndexEntry

from impact.media.indexing import together, weigh
from impact.media.models import ImpactImage
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    return [image.title for image in ImpactImage.objects.search(words)]


def weights(*titles: str) -> list[float]:
    return [IndexEntry.objects.get(title=title).title_norm for title in titles]


def test_entries_are_written_once_when_they_are_asked_for() -> None:
    with together() as waiting:
        image = make_image(title="Heron")
        image.title = "Heron at dawn"
        image.save()
        assert found("heron") == []
    assert found("heron") == []
    with CaptureQueriesContext(connection) as queries:
        waiting.write()
    assert found("heron") == ["Heron at dawn"]
    assert not [q for q in queries if "AVG" in q["sql"]]
    make_image(title="Otter")
    assert found("otter") == ["Otter"]


def test_titles_are_weighed_at_the_end() -> None:
    with together() as waiting:
        make_image(title="Kingfisher over the weir")
        make_image(title="Eel")
    waiting.write()
    assert weights("Kingfisher over the weir", "Eel") == [1.0, 1.0]
    weigh(ImpactImage)
    long, short = weights("Kingfisher over the weir", "Eel")
    assert long < short


def test_what_is_never_written_is_forgotten() -> None:
    with together():
        make_image(title="Heron")
    assert found("heron") == []
    make_image(title="Coot")
    assert found("coot") == ["Coot"]
