"""The full content of an item: complete, absolute, and nothing that acts."""

import pytest
from django.test import Client
from lxml import html

from impact.feeds.markup import for_readers
from impact.gallery.models import GalleryPage
from tests.factories import make_image, make_link, make_roundup, make_standard_page, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BASE = "https://impact.example.org/impact/story/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<a href="/about/">a</a>', '<a href="https://impact.example.org/about/">a</a>'),
        ('<a href="#note-1">1</a>', f'<a href="{BASE}#note-1">1</a>'),
        ('<a href="?page=2">2</a>', f'<a href="{BASE}?page=2">2</a>'),
        ('<a href="../other/">o</a>', '<a href="https://impact.example.org/impact/other/">o</a>'),
        ('<a href="//cdn.org/x">x</a>', '<a href="https://cdn.org/x">x</a>'),
        (
            '<a href="https://a.org/?b=1&amp;c=2">x</a>',
            '<a href="https://a.org/?b=1&amp;c=2">x</a>',
        ),
        ('<a href="mailto:a@b.org">x</a>', '<a href="mailto:a@b.org">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="https://[bad">x</a>', "<a>x</a>"),
        ('<img src="/m/a.jpg" alt="A">', '<img src="https://impact.example.org/m/a.jpg" alt="A">'),
        (
            '<img src="/a.jpg" srcset="/a.jpg 400w, /b.jpg 800w,/c.jpg 2x">',
            (
                '<img src="https://impact.example.org/a.jpg" srcset="https://impact.example.org/a.jpg 400w, '
                'https://impact.example.org/b.jpg 800w, https://impact.example.org/c.jpg 2x">'
            ),
        ),
        (
            '<video poster="/p.jpg" controls=""><source src="/v.mp4" type="video/mp4"></video>',
            (
                '<video poster="https://impact.example.org/p.jpg" controls="">'
                '<source src="https://impact.example.org/v.mp4" type="video/mp4"></video>'
            ),
        ),
        ('<p class="x" style="color:red" onclick="y()" id="z">t</p>', "<p>t</p>"),
        ("<p>a</p><script>alert(1)</script><style>b{}</style>", "<p>a</p>"),
        ('<svg viewBox="0 0 1 1"><title>icon</title></svg><p>b</p>', "<p>b</p>"),
        ("<form><input name=q><button>Go</button></form><p>c</p>", "<p>c</p>"),
        ('<iframe src="https://player.example.org/"></iframe><p>d</p>', "<p>d</p>"),
        ('<code>href="/x" &lt;b&gt;</code>', '<code>href="/x" &lt;b&gt;</code>'),
        ("<p>unclosed <em>and", "<p>unclosed <em>and</em></p>"),
        ("<p>tab\x0b nul\x00 \ufffe</p>", "<p>tab nul </p>"),
    ],
)
def test_markup_for_readers(given: str, expected: str) -> None:
    assert for_readers(given, BASE) == expected


def content(client: Client, title: str) -> html.HtmlElement:
    items = client.get("/impact/feed/json/").json()["items"]
    [item] = [item for item in items if item["title"] == title]
    return html.fragment_fromstring(item["content_html"], create_parent=True)


def addresses(tree: html.HtmlElement) -> list[str]:
    found = tree.xpath(".//@href | .//@src | .//@poster | .//@cite")
    sets = [c.split()[0] for value in tree.xpath(".//@srcset") for c in value.split(", ")]
    return [str(value) for value in [*found, *sets]]


def test_every_kind_of_block_arrives_with_absolute_addresses(
    client: Client, gallery: GalleryPage
) -> None:
    page = make_standard_page("About")
    image = make_image(size=(1300, 900))
    make_story(
        "Full",
        lead_image=image,
        body=[
            ("heading", {"text": "What happened", "level": "2", "anchor": ""}),
            (
                "text",
                f'<p>See <a linktype="page" id="{page.pk}">us</a> or <a href="/x/">x</a>.</p>',
            ),
            (
                "figure",
                {"image": image, "caption": '<p>By <a href="/a/">A</a></p>', "width": "wide"},
            ),
            (
                "image_row",
                {
                    "images": [
                        {"image": image, "caption": "One"},
                        {"image": image, "caption": "Two"},
                    ]
                },
            ),
            (
                "video",
                {"title": "A dive", "url": "https://youtu.be/dQw4w9WgXcQ", "poster": image},
            ),
            ("callout", {"kind": "note", "title": "Mind", "text": "<p>the tide</p>"}),
            ("pull_quote", {"text": "It grew.", "person": "Ana", "role": "Diver"}),
            ("link_card", {"page": page}),
            ("link_list", {"title": "Learn more", "links": [{"url": "https://example.org/"}]}),
            ("task_list", {"tasks": [{"text": "<p>count</p>", "done": True}]}),
            ("code", {"language": "python", "code": "print('<a href=\"/x\">')"}),
            ("divider", None),
        ],
    )
    tree = content(client, "Full")
    found = addresses(tree)
    assert len(found) > 8
    assert [url for url in found if not url.startswith(("http://", "https://"))] == []
    assert f"http://testserver{page.url}" in found
    text = " ".join(tree.text_content().split())
    for words in ("What happened", "By A", "A dive", "the tide", "It grew.", "Learn more", "count"):
        assert words in text
    assert "print('<a href=\"/x\">')" in text
    assert not tree.xpath(".//script | .//button | .//input | .//svg | .//iframe | .//@class")


def test_the_lead_image_opens_the_content_with_alt_text_and_credit(
    client: Client, gallery: GalleryPage
) -> None:
    make_story("Led", lead_image=make_image(size=(1300, 650), description="A reef", credit="Ana"))
    figure = content(client, "Led").find("figure")
    image = figure.find("img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("1200", "600", "A reef")
    assert figure.findtext("figcaption") == "Ana"


def test_a_featured_link_says_what_and_where(client: Client, gallery: GalleryPage) -> None:
    make_link("Out", summary="They <found> us.", external_url="https://example.org/a?b=1&c=2")
    tree = content(client, "Out")
    assert tree.findtext("p") == "They <found> us."
    assert tree.xpath(".//a/@href") == ["https://example.org/a?b=1&c=2"]


def test_a_roundup_brings_both_its_texts(client: Client, gallery: GalleryPage) -> None:
    make_roundup(
        2023,
        body=[
            ("text", "<p>How it began.</p>"),
            ("key_figures", {}),
            ("text", "<p>How it ended.</p>"),
        ],
    )
    text = content(client, "Impact report 2023").text_content()
    assert text.index("How it began.") < text.index("How it ended.")


def test_without_a_body_the_summary_stands_for_it(client: Client, gallery: GalleryPage) -> None:
    make_roundup(2023, summary="The year in short.")
    assert content(client, "Impact report 2023").findtext("p") == "The year in short."


def test_a_picture_whose_file_is_lost_breaks_nothing(client: Client, gallery: GalleryPage) -> None:
    image = make_image()
    image.file.storage.delete(image.file.name)
    make_story("Lost", lead_image=image, body=[("figure", {"image": image})])
    assert content(client, "Lost") is not None
