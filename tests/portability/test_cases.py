"""One small site a rule: what is expected of it stands beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from home.site_tree import ensure_site
from impact.blocks.body import BodyBlock
from impact.communities.models import CommunityPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.writer import Writer
from tests.portability.bodies import after_the_editor, rich_texts
from tests.portability.cases import SITES, case, expected, names, stated

NAMES = names()
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@dataclass(frozen=True)
class Targets:
    """Ids of a page, a picture and a film, for every reference to one."""

    page: int
    image: int
    film: int


@pytest.fixture(scope="module")
def targets(django_db_setup: None, django_db_blocker: Any) -> Iterator[Targets]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            png = BytesIO()
            Image.new("RGB", (9, 9)).save(png, "PNG")
            image = ImpactImage.objects.create(title="A", file=ContentFile(png.getvalue(), "a.png"))
            film = ImpactDocument.objects.create(title="F", file=ContentFile(b"\0", "f.mp4"))
            yield Targets(ensure_site().pk, image.pk, film.pk)
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(scope="module")
def body_block() -> BodyBlock:
    return BodyBlock()


@pytest.mark.parametrize("name", NAMES)
def test_a_site_becomes_what_stands_beside_it(name: str) -> None:
    wanted = expected(name)
    assert stated(case(name).state(), wanted) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_editor_accepts_every_value_and_leaves_it_as_it_is(
    name: str, targets: Targets, body_block: BodyBlock
) -> None:
    found = case(name)
    writer = Writer(lambda _: targets.page, lambda _: targets.image, lambda _: targets.film)
    for entry in found.entries:
        body = body_block.to_python(found.stored_by(writer, entry))
        for child in body:
            child.block.clean(child.value)
        for features, html in rich_texts(body_block, body):
            assert after_the_editor(html, features) == html
    features = CommunityPage._meta.get_field("description").features
    for page in found.plan.communities:
        html = writer.rich_text(page.description, features)
        assert after_the_editor(html, features) == html


def test_every_case_has_its_line_in_the_list() -> None:
    rows = re.findall(r"^\|.*\|(.*)\|$", (SITES / "README.md").read_text(), re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`([\w-]+)/`", row)]
    assert sorted(listed) == NAMES


def test_every_site_is_a_case_or_one_of_the_larger_ones() -> None:
    folders = {path.name for path in SITES.iterdir() if path.is_dir()}
    assert folders - set(NAMES) == {"leaflet", "orchard", "troubled"}


def test_a_key_that_nothing_knows_is_an_error() -> None:
    state = case("categories").state()
    for wanted in (
        {"entires": {}},
        {"entries": {"posts/a-words": {"titel": "A"}}},
        {"categories": {}, "counts": {"link_found": 1}},
    ):
        with pytest.raises(KeyError):
            stated(state, wanted)
    assert stated(state, {"entries": {}}) != {"entries": {}}
