"""What a body costs: the same, whatever it holds."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.template import Context
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.media.models import ImpactDocument
from tests.blocks.bodies import BODY, TEMPLATE, picture
from tests.factories import make_image, make_standard_page, make_story


def rich_body(times: int) -> list[dict[str, Any]]:
    """A body with that many links, documents, pictures, cards and films."""
    children: list[tuple[str, Any]] = []
    for number in range(times):
        page = make_standard_page(f"Page {times}-{number}")
        file = ImpactDocument.objects.create(title="f", file=ContentFile(b"x", "f.pdf"))
        image = make_image(size=(60, 40))
        link = f'<a linktype="page" id="{page.pk}">x</a>'
        children += [
            ("text", f'<p>{link} <a linktype="document" id="{file.pk}">y</a></p>'),
            ("figure", {"image": picture(image), "caption": f"<p>{link}</p>", "width": "wide"}),
            ("image_row", {"images": [{"image": picture(image), "caption": ""}] * 2}),
            ("link_card", {"page": page.pk, "url": "", "title": "", "description": ""}),
            ("link_list", {"title": "", "links": [{"page": page.pk}, {"page": page.pk}]}),
            ("video", {"title": "v", "url": "https://youtu.be/dQw4w9WgXcQ", "poster": image.pk}),
            ("table", _table(link)),
            ("footnotes", {"notes": [{"key": str(number), "text": f"<p>{link}</p>"}]}),
        ]
    return [{"type": name, "value": value} for name, value in children]


def _table(link: str) -> dict[str, Any]:
    columns = [{"type": "text", "heading": "A"}]
    rows = [{"values": [f"<p>{link}</p>"]}]
    return {"caption": "", "table": {"columns": columns, "rows": rows, "caption": ""}}


@pytest.mark.parametrize("for_feed", [False, True])
def test_one_and_twenty_of_each_cost_the_same(home: HomePage, for_feed: bool) -> None:
    # The addresses of sites and the collection of pictures are remembered once they have been read.
    Site.get_site_root_paths()
    first = make_story("First", body=BODY.to_python(rich_body(1)))
    TEMPLATE.render(Context({"body": first.body, "for_feed": for_feed}))
    counts = []
    for times in (2, 20):
        story = make_story(f"Story {times}", body=BODY.to_python(rich_body(times)))
        fresh = StoryPage.objects.get(pk=story.pk)
        with CaptureQueriesContext(connection) as queries:
            html = TEMPLATE.render(Context({"body": fresh.body, "for_feed": for_feed}))
        assert html.count("<figure") >= times
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 16


def test_plain_words_cost_nothing(home: HomePage) -> None:
    story = make_story("Plain", body=BODY.to_python([{"type": "text", "value": "<p>Words.</p>"}]))
    fresh = StoryPage.objects.get(pk=story.pk)
    with CaptureQueriesContext(connection) as queries:
        TEMPLATE.render(Context({"body": fresh.body}))
    assert len(queries) == 0
