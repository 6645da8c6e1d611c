"""How a body is shown."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.rich_text import RichText

from home.models import HomePage
from impact.media.models import ImpactDocument
from impact.standard.models import StandardPage
from tests.blocks.bodies import BODY, body, everything, picture, show
from tests.factories import make_image, make_standard_page
from tests.visibility import hide

pytestmark = pytest.mark.any_database

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def squeeze(html: str) -> str:
    """HTML without the spaces that templates leave."""
    html = re.sub(r"\s+", " ", html)
    return re.sub(r" ?([<>]) ?", r"\1", html).strip()


@pytest.fixture
def document(db: None) -> ImpactDocument:
    """A PDF."""
    return ImpactDocument.objects.create(title="Plan", file=ContentFile(b"%PDF-", "plan.pdf"))


@pytest.fixture
def river(home: HomePage) -> StandardPage:
    """A page to link to."""
    return make_standard_page("River")


@pytest.fixture
def all_blocks(river: StandardPage, document: ImpactDocument) -> list[tuple[str, Any]]:
    """One of each block."""
    image = make_image(credit="Ana", licence="CC BY 4.0", source_url="https://example.org/p")
    return everything(image, river.pk, document.pk)


def link_to(page: Any, **attrs: str) -> str:
    """Rich text with a link to a page, as the database holds it."""
    extra = "".join(f' {name}="{value}"' for name, value in attrs.items())
    return f'<p>See <a linktype="page" id="{page.pk}"{extra}>the river</a>.</p>'


class TestEveryBlock:
    def test_is_shown(self, all_blocks: list[tuple[str, Any]]) -> None:
        assert {name for name, _ in all_blocks} == set(BODY.child_blocks)
        html = show(*all_blocks)
        for words in ("What happened", "the page", "Counted in May", "Ana", "CC BY 4.0", "1,204"):
            assert words in html

    def test_is_valid_html_without_inline_style_or_script(
        self, all_blocks: list[tuple[str, Any]]
    ) -> None:
        html = show(*all_blocks)
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(f"<!doctype html><title>Body</title>{html}")
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]*src=)", html)
        assert not re.search(r"\son\w+=", html)

    def test_has_no_id_twice(self, all_blocks: list[tuple[str, Any]]) -> None:
        ids = re.findall(r'\bid="([^"]+)"', show(*all_blocks))
        assert len(ids) == len(set(ids))
        assert "winter" in ids
        assert "what-happened" in ids

    @pytest.mark.parametrize("name", sorted(BODY.child_blocks))
    @pytest.mark.django_db
    def test_is_harmless_while_empty(self, name: str) -> None:
        block = BODY.child_blocks[name]
        html = show((name, block.get_prep_value(block.get_default())))
        assert "None" not in html

    @pytest.mark.parametrize("for_feed", [False, True])
    def test_escapes_what_writers_and_importers_put_in(
        self, all_blocks: list[tuple[str, Any]], for_feed: bool
    ) -> None:
        html = show(*_hostile(all_blocks), for_feed=for_feed)
        assert "<script>alert" not in html
        assert "onerror=alert(1)>" not in html.replace("&gt;", "")
        assert "javascript:" not in html


def _hostile(value: Any, name: str = "") -> Any:
    """The same blocks with an attack in every text."""
    if isinstance(value, list):
        return [_hostile(item) for item in value]
    if isinstance(value, tuple):
        return (value[0], _hostile(value[1], value[0]))
    if isinstance(value, dict):
        return {key: _hostile(item, key) for key, item in value.items()}
    if name in {"value", "type", "id"} or not isinstance(value, str):
        return value
    if name in {"url", "link", "source_url"}:
        return value and f"https://example.org/{HOSTILE}"
    if value.startswith("<p>"):
        return f'<p>{HOSTILE}<a href="javascript:alert(1)">x</a></p>{value}'
    return value + HOSTILE


class TestLinks:
    def test_a_link_to_a_page_keeps_query_and_fragment(self, river: StandardPage) -> None:
        html = show(("text", link_to(river, fragment="part", query="a=1&amp;b=2")))
        assert '<a href="/river/?a=1&amp;b=2#part">the river</a>' in html

    @pytest.mark.parametrize(
        "hidden",
        [
            lambda page: page.unpublish(),
            lambda page: page.delete(),
            lambda page: PageViewRestriction.objects.create(page=page, restriction_type="login"),
            lambda page: hide(page, "expired"),
        ],
        ids=["unpublished", "deleted", "private", "expired"],
    )
    def test_a_page_that_is_not_public_is_plain_text(
        self, river: StandardPage, hidden: Callable[[StandardPage], None]
    ) -> None:
        text = ("text", link_to(river))
        item = {"page": river.pk, "url": "", "label": "", "note": ""}
        card = {"page": river.pk, "url": "", "title": "", "description": ""}
        stored = [
            text,
            ("link_card", card),
            ("link_card", {**card, "title": "Its own title"}),
            ("link_list", {"title": "More", "links": [item, {**item, "label": "Its own label"}]}),
        ]
        assert "/river/" in show(*stored)
        hidden(river)
        html = show(*stored)
        assert "See the river." in html
        assert "/river/" not in html
        assert ">River<" not in html
        assert "Its own title" in html
        assert "Its own label" in html

    def test_a_page_below_a_private_one_is_private(self, river: StandardPage) -> None:
        child = river.add_child(instance=StandardPage(title="Below", slug="below"))
        PageViewRestriction.objects.create(page=river, restriction_type="login")
        assert "See the river." in show(("text", link_to(child)))

    def test_documents_are_linked_and_missing_ones_are_not(self, document: ImpactDocument) -> None:
        html = show(
            ("text", f'<p><a linktype="document" id="{document.pk}">a</a></p>'),
            ("text", '<p><a linktype="document" id="999">gone</a></p>'),
        )
        assert f'<a href="{document.url}">a</a>' in html
        assert "<p>gone</p>" in html

    @pytest.mark.parametrize("below", [False, True])
    @pytest.mark.parametrize("for_feed", [False, True])
    def test_documents_of_a_private_collection_are_not_named(
        self, home: HomePage, for_feed: bool, below: bool
    ) -> None:
        private = Collection.get_first_root_node().add_child(name="Board")
        CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
        place = private.add_child(name="Minutes") if below else private
        plan, film, words = (
            ImpactDocument.objects.create(
                title="A", collection=place, file=ContentFile(b"x", f"secret.{ending}")
            )
            for ending in ("pdf", "mp4", "vtt")
        )
        html = show(
            ("text", f'<p>See <a linktype="document" id="{plan.pk}">the plan</a>.</p>'),
            ("video", {"title": "G", "file": film.pk, "captions": words.pk}),
            for_feed=for_feed,
        )
        assert "See the plan." in html
        assert "secret" not in html

    @pytest.mark.parametrize("identifier", ["", "x", "-1", "９", "1" * 40])
    def test_a_broken_id_is_plain_text(self, home: HomePage, identifier: str) -> None:
        html = show(("text", f'<p><a linktype="page" id="{identifier}">x</a></p>'))
        assert "<p>x</p>" in html

    def test_other_rich_text_keeps_the_fragment_too(self, river: StandardPage) -> None:
        template = Template("{% load wagtailcore_tags %}{{ text|richtext }}")
        html = template.render(Context({"text": link_to(river, fragment="part")}))
        assert '<a href="/river/#part">the river</a>' in html
        river.unpublish()
        assert "/river/" not in template.render(Context({"text": link_to(river)}))

    def test_rich_text_of_a_block_can_be_shown_alone(self, river: StandardPage) -> None:
        block = BODY.child_blocks["text"]
        assert 'href="/river/"' in block.render(RichText(link_to(river)))


class TestFootnotes:
    NOTES = (
        "footnotes",
        {
            "notes": [
                {"key": "b", "text": "<p>Second.</p>"},
                {"key": "a", "text": "<p>First.</p>"},
                {"key": "c", "text": "<p>Never marked.</p>"},
            ]
        },
    )

    @staticmethod
    def mark(key: str) -> str:
        return f'<a linktype="footnote" key="{key}">[{key}]</a>'

    def test_marks_are_numbered_as_they_are_read(self, home: HomePage) -> None:
        html = squeeze(
            show(
                ("text", f"<p>One{self.mark('a')} two{self.mark('b')}.</p>"),
                ("text", f"<p>Again{self.mark('a')}.</p>"),
                self.NOTES,
            )
        )
        marks = re.findall(r'<a href="(#note-\d)" id="(mark-[\d-]+)"[^>]*>(\d)</a>', html)
        assert marks == [
            ("#note-1", "mark-1", "1"),
            ("#note-2", "mark-2", "2"),
            ("#note-1", "mark-1-2", "1"),
        ]
        notes = re.findall(r'<li value="(\d)" id="(note-\d)">\s*([\w ]+\.)', html)
        assert notes == [
            ("1", "note-1", "First."),
            ("2", "note-2", "Second."),
            ("3", "note-3", "Never marked."),
        ]
        assert re.findall(r'class="footnote-back" href="#([^"]+)"', html) == [
            "mark-1",
            "mark-1-2",
            "mark-2",
        ]

    def test_a_mark_without_a_note_is_left_out(self, home: HomePage) -> None:
        html = show(("text", f"<p>One{self.mark('missing')} two{self.mark('a')}.</p>"), self.NOTES)
        assert "missing" not in html
        assert "<p>One two<sup" in html

    def test_a_prefix_keeps_two_bodies_of_a_page_apart(self, home: HomePage) -> None:
        stream = body(("text", f"<p>One{self.mark('a')}</p>"), self.NOTES)
        template = Template('{% load block_tags %}{% render_body a %}{% render_body a "closing" %}')
        ids = re.findall(r'\bid="([^"]+)"', template.render(Context({"a": stream})))
        assert "closing-note-1" in ids
        assert len(ids) == len(set(ids))

    def test_in_feeds_marks_are_numbers_without_ids(self, home: HomePage) -> None:
        html = show(("text", f"<p>One{self.mark('a')}</p>"), self.NOTES, for_feed=True)
        assert "<p>One<sup>1</sup></p>" in html
        assert "id=" not in html


class TestFigures:
    def test_alt_text_is_that_of_the_place(self, home: HomePage) -> None:
        html = show(("figure", {"image": picture(make_image()), "width": "normal"}))
        assert 'alt="A boat on a river"' in html

    def test_a_decorative_picture_has_an_empty_alt(self, home: HomePage) -> None:
        image = picture(make_image(), decorative=True, alt_text="")
        assert 'alt=""' in show(("figure", {"image": image, "width": "normal"}))

    def test_credit_licence_and_source_are_shown(self, home: HomePage) -> None:
        image = make_image(credit="Ana", licence="CC0", source_url="https://example.org/p")
        html = show(("figure", {"image": picture(image), "width": "normal"}))
        assert "<span>Ana</span>" in html
        assert "<span>CC0</span>" in html
        assert 'href="https://example.org/p"' in html

    def test_an_unknown_width_is_the_normal_one(self, home: HomePage) -> None:
        html = show(("figure", {"image": picture(make_image()), "width": '"><b>'}))
        assert 'class="figure figure-normal"' in html

    def test_a_picture_that_was_deleted_leaves_its_caption(self, home: HomePage) -> None:
        value = {"image": {"image": 999, "decorative": False, "alt_text": "x"}, "width": "wide"}
        html = show(("figure", {**value, "caption": "<p>What it showed.</p>"}))
        assert "What it showed." in html
        assert "<img" not in html

    def test_a_file_that_is_gone_is_no_error(self, home: HomePage) -> None:
        image = make_image()
        Path(image.file.path).unlink()
        assert "<figure" in show(("figure", {"image": picture(image), "width": "full"}))

    def test_the_same_picture_twice_keeps_both_alt_texts(self, home: HomePage) -> None:
        image = make_image()
        html = show(
            ("figure", {"image": picture(image, alt_text="First"), "width": "normal"}),
            ("figure", {"image": picture(image, alt_text="Second"), "width": "normal"}),
        )
        assert 'alt="First"' in html
        assert 'alt="Second"' in html


class TestVideo:
    def test_nothing_of_the_provider_is_loaded(self, home: HomePage) -> None:
        html = show(("video", {"title": "Gauge", "url": "https://youtu.be/dQw4w9WgXcQ"}))
        assert "<iframe" not in html
        assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in html
        assert 'data-video="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?' in html
        assert "js/video.js" in html

    def test_the_script_is_left_out_without_a_player(self, home: HomePage) -> None:
        assert "<script" not in show(("text", "<p>Words</p>"))

    def test_an_uploaded_film_plays_here_with_its_captions(self, home: HomePage) -> None:
        film = ImpactDocument.objects.create(title="f", file=ContentFile(b"x", "film.mp4"))
        words = ImpactDocument.objects.create(title="c", file=ContentFile(b"x", "film.vtt"))
        poster = make_image()
        html = squeeze(
            show(
                (
                    "video",
                    {"title": "G", "file": film.pk, "captions": words.pk, "poster": poster.pk},
                )
            )
        )
        assert re.search(r'<video [^>]*controls preload="none"[^>]* poster="/', html)
        assert f'<source src="{film.url}" type="video/mp4">' in html
        assert f'<track kind="captions" src="{words.url}"' in html


class TestMeaning:
    def test_tables_have_scoped_headers_in_a_named_scroll_region(
        self, all_blocks: list[tuple[str, Any]]
    ) -> None:
        html = squeeze(show(*all_blocks))
        assert 'role="region" tabindex="0" aria-label="Readings"' in html
        assert '<th scope="col">Season</th>' in html
        assert '<th scope="row">' in html
        assert "<caption>Readings</caption>" in html

    def test_tasks_say_whether_they_are_done(self, home: HomePage) -> None:
        tasks = [{"text": "<p>Build</p>", "done": True}, {"text": "<p>Read</p>", "done": False}]
        words = re.sub(r"<[^>]+>", "", show(("task_list", {"tasks": tasks}))).split()
        assert words == ["Done:", "Build", "To", "do:", "Read"]

    def test_callouts_say_their_kind(self, home: HomePage) -> None:
        html = show(("callout", {"kind": "warning", "title": "", "text": "<p>Deep.</p>"}))
        assert "Warning" in html
        odd = show(("callout", {"kind": "<b>", "title": "", "text": "<p>Deep.</p>"}))
        assert "callout-note" in odd

    def test_code_is_escaped_and_keeps_its_spaces(self, home: HomePage) -> None:
        html = show(("code", {"language": "C++", "code": "  <a>\n\t& b", "caption": ""}))
        assert '<pre><code class="language-c++">  &lt;a&gt;\n\t&amp; b</code></pre>' in html
        assert 'role="region" tabindex="0" aria-label="Code"' in html

    def test_a_heading_has_its_level_and_id(self, home: HomePage) -> None:
        html = squeeze(show(("heading", {"text": "What’s new", "level": "3", "anchor": ""})))
        assert '<h3 id="whats-new">What’s new</h3>' in html


class TestFeeds:
    def test_feeds_get_plain_html(self, all_blocks: list[tuple[str, Any]]) -> None:
        html = show(*all_blocks, for_feed=True)
        for refused in ("<script", "<iframe", "<details", "<video", "<svg", "class=", "tabindex"):
            assert refused not in html
        assert "<picture" not in html
        assert re.search(r'<img\s+src="[^"]+"\s+width="\d+"\s+height="\d+"', html)
        assert "https://www.youtube.com/watch?v=abcdefghijk&amp;t=90s" in html
        for words in ("What happened", "Counted in May", "1,204", "print(a)", "Ana"):
            assert words in html
