"""Pictures in the database: each once, scaled on the way in, and none for a page that failed."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps
from wagtail.models import ReferenceIndex

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.files import hash_of
from impact.portability.imports import import_hugo
from impact.portability.models import PictureOrigin
from tests.portability.pictures import picture, write_picture
from tests.portability.plans import write_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(home: HomePage, tmp_path: Path) -> Path:
    return tmp_path / "site"


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def write(site: Path, name: str, body: str) -> Path:
    folder = site / "content" / "blog" / name
    text = f"---\ntitle: {name}\ndate: 2024-01-01\n---\nText.\n\n{body}\n"
    write_file(folder, "index.md", text)
    return folder


def test_a_large_picture_is_stored_smaller_and_once(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.portability.pictures.LONGEST_SIDE", 64)
    folder = write(site, "a", "![Map](map.png)")
    path = write_picture(folder / "map.png", picture(size=(200, 100)))
    result = import_hugo(site)
    image = ImpactImage.objects.get()
    with image.file.open() as file:
        assert Image.open(file).size == (image.width, image.height) == (64, 32)
    assert (image.file_size, image.title) == (image.file.size, "Map")
    # Known by its own bytes, as one that was uploaded; the ledger knows those of the source.
    assert image.file_hash != hash_of(path) == PictureOrigin.objects.get().hash
    assert result.outcome.files_stored == 1
    assert {row.model_name for row in ReferenceIndex.get_references_to(image)} == {"impact story"}
    assert import_hugo(site).outcome.wrote_nothing

    # Another source with the same picture, and one with what is stored here.
    other = write(tmp_path / "other", "b", "![Map](large.png) ![Map](small.png)")
    write_picture(other / "large.png", path.read_bytes())
    with image.file.open() as file:
        write_picture(other / "small.png", file.read())
    assert import_hugo(tmp_path / "other").outcome.files_stored == 0
    figures = [b.value["image"].pk for b in StoryPage.objects.get(slug="b").body[1:]]
    assert figures == [image.pk, image.pk]
    assert (ImpactImage.objects.count(), PictureOrigin.objects.count()) == (1, 1)


def test_a_small_picture_is_stored_as_it_is(site: Path) -> None:
    path = write_picture(write(site, "a", "![Map](map.png)") / "map.png")
    import_hugo(site)
    image = ImpactImage.objects.get()
    assert image.file_hash == hash_of(path)
    assert not PictureOrigin.objects.exists()


def test_a_page_that_fails_leaves_no_picture_to_trip_over(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        folder = write(site, name, "![Map](map.png) [plan](plan.pdf)")
        write_picture(folder / "map.png")
        write_file(folder, "plan.pdf", "%PDF-1.7 plan")
    kept, before = StoryPage.full_clean, stored_files()

    def fail_once(page: StoryPage, *args: object, **options: object) -> None:
        if page.slug == "a":
            raise ValidationError("Not today.")
        kept(page, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(StoryPage, "full_clean", fail_once)
        result = import_hugo(site)
    assert result.outcome.failed == {"blog/a": "Not today."}
    image = ImpactImage.objects.get()
    assert result.outcome.files_stored == 2
    assert StoryPage.objects.get(slug="b").body[1].value["image"].pk == image.pk
    document = ImpactDocument.objects.get()
    assert stored_files() - before == {Path(image.file.path), Path(document.file.path)}
    assert import_hugo(site).outcome.failed == {}
    assert (ImpactImage.objects.get().pk, ImpactDocument.objects.count()) == (image.pk, 1)


def test_alt_text_that_a_later_post_has_describes_a_lead_picture(site: Path) -> None:
    write_picture(write(site, "a", "![Shown](../b/featured.png)") / "unused.png")
    write_picture(write(site, "b", "![Led](featured.png)") / "featured.png")
    import_hugo(site)
    assert ImpactImage.objects.get().description == "Led"
    assert StoryPage.objects.get(slug="a").body[1].value["image"].contextual_alt_text == "Shown"


def test_a_picture_that_can_not_be_made_smaller_fails_by_name(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.portability.pictures.LONGEST_SIDE", 64)
    write_picture(write(site, "a", "![Map](map.png)") / "map.png", picture(size=(200, 100)))
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda _image: 1 / 0)
    assert import_hugo(site).outcome.failed == {"blog/a": "map.png: no picture, or a damaged one"}
