"""Rich text that is opened in the editor and saved unchanged stays what it was."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features as registry

from home.models import HomePage
from impact.blocks.richtext import INLINE_FEATURES, PASSAGE_FEATURES, TEXT_FEATURES
from impact.blocks.stored import as_stored
from tests.factories import make_standard_page

pytestmark = pytest.mark.any_database

registry.get_default_features()


def round_trip(html: str, features: list[str] = TEXT_FEATURES) -> str:
    """Open in the editor and save without a change."""
    converter = ContentstateConverter(features)
    return converter.to_database_format(converter.from_database_format(html))


SAMPLES = [
    "<p>Plain words &amp; signs: &lt;b&gt; “quoted” 'single' \u00a0 é 河</p>",
    "<p><b>Bold</b> and <i>italic</i> and <b><i>both</i></b> and <code>code</code></p>",
    "<ul><li>One</li><li>Two <b>bold</b><ul><li>Deeper</li></ul></li></ul><ol><li>First</li></ol>",
    "<blockquote>Said <i>so</i>.</blockquote><p>After</p>",
    '<p><a href="https://example.org/a?b=1&amp;c=2#d">out</a></p>',
    '<p><a href="mailto:a@example.org">mail</a> <a href="#part">here</a></p>',
    '<p><a linktype="document" id="999">a file that is gone</a></p>',
    '<p><a linktype="page" id="999" fragment="part" query="a=1">a page that is gone</a></p>',
    '<p>A claim<a linktype="footnote" key="method">[method]</a>, more.</p>',
    "<p>One line<br/>and another</p>",
    "<p></p>",
    "",
]


@pytest.mark.django_db
@pytest.mark.parametrize("html", SAMPLES)
def test_stored_rich_text_survives_the_editor(html: str) -> None:
    stored = as_stored(html)
    assert round_trip(stored) == stored
    assert as_stored(html) == stored


@pytest.mark.django_db
@pytest.mark.parametrize("features", [PASSAGE_FEATURES, INLINE_FEATURES])
@pytest.mark.parametrize("html", SAMPLES)
def test_fewer_features_are_stable_too(html: str, features: list[str]) -> None:
    stored = as_stored(html, features)
    assert round_trip(stored, features) == stored


@pytest.mark.parametrize(
    "suffix",
    [
        'fragment="part"',
        'fragment="teil-ü&amp;x" query="a=1&amp;b=%20"',
        'query="q=1"',
        "",
    ],
)
def test_a_page_link_keeps_query_and_fragment(home: HomePage, suffix: str) -> None:
    page = make_standard_page("River")
    stored = as_stored(f'<p><a id="{page.pk}" linktype="page" {suffix}>river</a></p>')
    assert round_trip(stored) == stored
    for part in suffix.split():
        assert part in stored


def test_the_editor_shows_the_whole_address(home: HomePage) -> None:
    page = make_standard_page("River")
    html = f'<p><a linktype="page" id="{page.pk}" fragment="part" query="a=1">river</a></p>'
    state = json.loads(ContentstateConverter(TEXT_FEATURES).from_database_format(html))
    assert state["entityMap"]["0"]["data"] == {
        "id": page.pk,
        "url": "/river/?a=1#part",
        "parentId": page.get_parent().pk,
    }


def test_choosing_another_page_drops_the_fragment(home: HomePage) -> None:
    page, other = make_standard_page("River"), make_standard_page("Lake")
    converter = ContentstateConverter(TEXT_FEATURES)
    html = f'<p><a linktype="page" id="{page.pk}" fragment="part">river</a></p>'
    state = json.loads(converter.from_database_format(html))
    state["entityMap"]["0"]["data"] = {"id": other.pk, "url": "/lake/", "parentId": 3}
    assert "fragment" not in converter.to_database_format(json.dumps(state))


def test_equal_text_has_equal_keys_and_other_text_others() -> None:
    assert as_stored("<p>a</p>") == as_stored("<p>a</p>")
    assert as_stored("<p>a</p><p>a</p>").count("data-block-key") == 2
    keys = as_stored("<p>a</p><p>a</p>").split('data-block-key="')
    assert keys[1][:5] != keys[2][:5]


# Random rich text with every feature. Draft.js has no empty list items and no empty inline styles.
words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12
).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
inlines = st.one_of(
    words,
    st.tuples(st.sampled_from(["b", "i", "code"]), words).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"),
    words.map(lambda text: f'<a href="https://example.org/?a=1&amp;b=2#c">{text}</a>'),
    st.integers(1, 99).map(lambda key: f'<a linktype="footnote" key="{key}">[{key}]</a>'),
    st.tuples(st.integers(900, 999), words).map(
        lambda p: f'<a linktype="page" id="{p[0]}" fragment="part">{p[1]}</a>'
    ),
)
lines = st.lists(inlines, min_size=1, max_size=4).map(" ".join)
blocks = st.one_of(
    lines.map(lambda text: f"<p>{text}</p>"),
    lines.map(lambda text: f"<blockquote>{text}</blockquote>"),
    st.tuples(st.sampled_from(["ul", "ol"]), st.lists(lines, min_size=1, max_size=3)).map(
        lambda p: f"<{p[0]}>" + "".join(f"<li>{item}</li>" for item in p[1]) + f"</{p[0]}>"
    ),
)


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(blocks, min_size=1, max_size=4).map("".join))
def test_any_stored_rich_text_survives_the_editor(html: str) -> None:
    stored = as_stored(html)
    assert round_trip(stored) == stored


def test_what_the_editor_does_not_know_is_dropped_without_an_error() -> None:
    stored = as_stored(
        '<p>a<br>b<img src="x"><input type="checkbox"> c</p><h2>Title</h2><table></table>'
    )
    assert re.sub(r' data-block-key="[^"]*"', "", stored).startswith("<p>a<br/>b c</p>")
    assert "<table" not in stored
    assert round_trip(stored) == stored
