"""What the blocks refuse, and what they say."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from impact.blocks import data
from impact.blocks.body import BodyBlock
from impact.media.models import ImpactDocument
from impact.metrics.models import Precision, Unit
from tests.factories import make_image, make_standard_page

BODY = BodyBlock()


def clean(name: str, value: Any, *, draft: bool = False) -> Any:
    """Clean the raw value of a block as the editor does on publishing, or on saving a draft."""
    block = BODY.child_blocks[name]
    python = block.to_python(value)
    return block.clean_deferred(python) if draft else block.clean(python)


def refused(name: str, value: Any) -> dict[str, str]:
    """The messages by field."""
    with pytest.raises(ValidationError) as caught:
        clean(name, value)
    errors = getattr(caught.value, "block_errors", {})
    return {field: " ".join(error.messages) for field, error in errors.items()}


def upload(name: str) -> int:
    """The id of an uploaded file of that name."""
    return ImpactDocument.objects.create(title=name, file=ContentFile(b"x", name)).pk


def video(**fields: Any) -> dict[str, Any]:
    """The raw value of a video."""
    empty = {"url": "", "file": None, "captions": None, "poster": None, "caption": ""}
    return {"title": "A film", **empty, **fields}


@pytest.mark.django_db
class TestVideo:
    def test_it_needs_an_address_or_a_file(self) -> None:
        assert "one of the two" in refused("video", video())["url"]
        both = video(url="https://youtu.be/dQw4w9WgXcQ", file=upload("a.mp4"))
        assert "one of the two" in refused("video", both)["url"]

    def test_an_address_must_be_a_video_of_a_known_provider(self) -> None:
        errors = refused("video", video(url="https://youtube.com.evil.org/watch?v=dQw4w9WgXcQ"))
        assert "YouTube or Vimeo" in errors["url"]

    def test_files_must_be_films_and_captions_vtt(self) -> None:
        assert "mp4 or webm" in refused("video", video(file=upload("a.pdf")))["file"]
        errors = refused("video", video(file=upload("a.mp4"), captions=upload("a.pdf")))
        assert "vtt" in errors["captions"]

    def test_good_ones_pass(self) -> None:
        assert clean("video", video(url="https://vimeo.com/76979871")).video.id == "76979871"
        value = clean("video", video(file=upload("A.WEBM"), captions=upload("a.vtt")))
        assert value.media_type == "video/webm"

    def test_it_needs_to_say_what_it_shows(self) -> None:
        assert "title" in refused("video", video(title="", url="https://vimeo.com/76979871"))


@pytest.mark.django_db
class TestLinks:
    def test_a_card_leads_to_a_page_or_an_address(self) -> None:
        page = make_standard_page("Target")
        card = {"page": None, "url": "", "title": "", "description": ""}
        assert "one of the two" in refused("link_card", card)["page"]
        both = {**card, "page": page.pk, "url": "https://example.org", "title": "T"}
        assert "one of the two" in refused("link_card", both)["page"]
        assert clean("link_card", {**card, "page": page.pk}).heading == "Target"

    def test_an_address_on_a_card_needs_a_title(self) -> None:
        card = {"page": None, "url": "https://example.org/x", "title": "", "description": ""}
        assert "needs a title" in refused("link_card", card)["title"]

    def test_a_link_of_a_list_leads_somewhere(self) -> None:
        with pytest.raises(ValidationError):
            clean("link_list", {"title": "More", "links": [{"label": "Nowhere"}]})
        value = clean("link_list", {"title": "", "links": [{"url": "https://www.example.org/a/"}]})
        assert value["links"][0].text == "example.org/a"

    def test_scripts_are_no_addresses(self) -> None:
        assert "url" in refused("link_card", {"url": "javascript:alert(1)", "title": "x"})


class TestFiguresAndTables:
    FIGURE = {"value": "12", "precision": "exact", "unit": "count", "label": "things"}

    def test_a_currency_has_a_code_and_nothing_else_has(self) -> None:
        assert (
            "currency code" in refused("key_figure", {**self.FIGURE, "currency": "EUR"})["currency"]
        )
        assert "currency" in refused("key_figure", {**self.FIGURE, "unit": "currency"})
        assert "currency" in refused(
            "key_figure", {**self.FIGURE, "unit": "currency", "currency": "eur"}
        )
        money = clean("key_figure", {**self.FIGURE, "unit": "currency", "currency": "EUR"})
        assert money.quantity.currency == "EUR"

    def test_units_and_precisions_are_those_of_metrics(self) -> None:
        assert list(data.UNITS) == list(Unit.values)
        assert list(data.PRECISIONS) == list(Precision.values)

    def test_a_table_needs_a_column_and_a_row(self) -> None:
        empty = {"columns": [], "rows": [], "caption": ""}
        assert "column" in refused("table", {"caption": "", "table": empty})["table"]
        no_rows = {**empty, "columns": [{"type": "text", "heading": "A"}]}
        assert "row" in refused("table", {"caption": "", "table": no_rows})["table"]

    def test_a_table_has_one_caption(self) -> None:
        table = {
            "columns": [{"type": "number", "heading": "A"}],
            "rows": [{"values": ["1"]}],
            "caption": "Its own",
        }
        value = clean("table", {"caption": "", "table": table})
        assert (value["caption"], value["table"].caption) == ("Its own", "")
        value = clean("table", {"caption": "Above", "table": table})
        assert (value["caption"], value["table"].caption) == ("Above", "")


class TestText:
    def test_an_anchor_is_one_word(self) -> None:
        heading = {"text": "Results", "level": "2"}
        assert "no spaces" in refused("heading", {**heading, "anchor": "two words"})["anchor"]
        assert "anchor" in refused("heading", {**heading, "anchor": '"><script>'})
        assert clean("heading", {**heading, "anchor": " #results "})["anchor"] == "results"

    def test_no_two_footnotes_have_the_same_key(self) -> None:
        note = {"key": "1", "text": "<p>Note</p>"}
        with pytest.raises(ValidationError) as caught:
            clean("footnotes", {"notes": [note, note]})
        assert "the key 1" in str(caught.value.non_block_errors)

    def test_a_key_is_one_word(self) -> None:
        with pytest.raises(ValidationError):
            clean("footnotes", {"notes": [{"key": "a b", "text": "<p>Note</p>"}]})

    def test_code_comes_back_as_it_went_in(self) -> None:
        block = BODY.child_blocks["code"].child_blocks["code"]
        assert block.clean(block.value_from_form("    first\r\n  second\r\n")) == (
            "    first\n  second\n"
        )


@pytest.mark.django_db
def test_a_picture_needs_alt_text_or_a_decorative_mark() -> None:
    image = {"image": make_image().pk, "decorative": False, "alt_text": ""}
    assert "image" in refused("figure", {"image": image, "width": "normal"})
    clean("figure", {"image": {**image, "decorative": True}, "width": "normal"})
    clean("figure", {"image": {**image, "alt_text": "A boat"}, "width": "normal"})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BODY.child_blocks))
def test_a_draft_may_hold_empty_blocks(name: str) -> None:
    block = BODY.child_blocks[name]
    block.clean_deferred(block.get_default())
