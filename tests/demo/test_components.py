"""The page of components holds every one of them."""

from pathlib import Path

import pytest
from django.test import Client

from home.models import HomePage
from impact.blocks.body import BodyBlock
from impact.demo.components import specimens
from tests.factories import make_image

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


@pytest.mark.urls("tests.demo.component_urls")
@pytest.mark.parametrize("pictures", [0, 1])
def test_the_page_shows_every_component_from_its_own_template(
    client: Client, home: HomePage, pictures: int
) -> None:
    for _number in range(pictures):
        make_image()
    response = client.get("/_components/")
    assert response.status_code == 200
    used = {template.name for template in response.templates}
    components = {f"components/{p.name}" for p in Path("templates/components").glob("*.html")}
    # Of the head, and the way in which cards stand in templates that include one.
    assert components - used <= {
        "components/card.html",
        "components/head_meta.html",
        "components/looks.html",
    }
    assert {f"blocks/{name}.html" for name in BodyBlock().child_blocks} <= used
    html = response.content.decode()
    assert ("fetchpriority" in html) is bool(pictures)


def test_each_specimen_shows_something_under_an_address_of_its_own(home: HomePage) -> None:
    shown = list(specimens())
    assert len({each.slug for each in shown}) == len(shown)
    bare = [
        (specimen.name, state)
        for specimen in shown
        for state, markup in specimen.states
        if not markup.strip()
    ]
    assert bare == []


def test_only_development_has_the_page(client: Client, home: HomePage) -> None:
    assert client.get("/_components/").status_code == 404
