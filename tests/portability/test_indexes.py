"""What search and the list of uses know of imported pages."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import ReferenceIndex

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.media.models import ImpactImage
from impact.portability.imports import import_hugo

pytestmark = pytest.mark.django_db


def titles(words: str) -> list[str]:
    return sorted(page.title for page in StoryPage.objects.search(words))


def test_pages_and_pictures_are_found_and_their_uses_known(home: HomePage, orchard: Path) -> None:
    import_hugo(orchard)
    assert titles("apples") == ["The first harvest"]
    harvest = StoryPage.objects.get(slug="first-harvest")
    press = ImpactImage.objects.get(title="Press")
    assert [press] == list(ImpactImage.objects.search("press"))
    used = {thing.pk for thing, _references in ReferenceIndex.get_grouped_references_to(press)}
    assert harvest.pk in used
    letter = StoryPage.objects.get(slug="open-letter")
    assert harvest.pk in {
        thing.pk for thing, _references in ReferenceIndex.get_grouped_references_to(letter)
    }
    # What an ordinary save records is there too.
    for thing in (harvest, press):
        before = ReferenceIndex.objects.count()
        ReferenceIndex.create_or_update_for_object(thing)
        assert ReferenceIndex.objects.count() == before


def test_a_changed_post_is_found_by_its_new_words_only(home: HomePage, orchard: Path) -> None:
    import_hugo(orchard)
    path = orchard / "content/blog/2022/first-harvest/index.md"
    path.write_text(path.read_text().replace("two tonnes", "seven barrels"))
    import_hugo(orchard)
    assert (titles("barrels"), titles("tonnes")) == (["The first harvest"], [])


def test_titles_are_weighed_once_an_import(home: HomePage, orchard: Path) -> None:
    import_hugo(orchard)
    for number in range(3):
        bundle = orchard / f"content/blog/2024/note-{number}"
        bundle.mkdir(parents=True)
        Image.new("RGB", (9, 9), (number, 0, 0)).save(bundle / "featured.png")
        (bundle / "index.md").write_text(f"---\ntitle: Note {number}\ndate: 2024-01-02\n---\nRipe.")
    with CaptureQueriesContext(connection) as queries:
        import_hugo(orchard)
    assert titles("ripe") == ["Note 0", "Note 1", "Note 2"]
    assert sum("AVG(" in query["sql"] for query in queries) == 1
