"""A key figure's number is written as people write it, and shown as what it is."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from lxml import html

from impact.blocks.body import BodyBlock
from tests.documents import texts

BLOCK = BodyBlock().child_blocks["key_figure"]
NEW = {"precision": "exact", "unit": "count", "currency": "", "label": "things", "source_url": ""}


def sent(text: str, **fields: Any) -> Any:
    """What the editor's form hands over."""
    data = {f"f-{name}": value for name, value in {**NEW, "value": text, **fields}.items()}
    return BLOCK.value_from_datadict(data, {}, "f")


def kept(text: str, **fields: Any) -> Any:
    """The figure as it is once it has been saved and read again."""
    return BLOCK.to_python(BLOCK.get_prep_value(BLOCK.clean(sent(text, **fields))))


def refused(text: str, **fields: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        BLOCK.clean(sent(text, **fields))
    errors = getattr(caught.value, "block_errors", {})
    return {name: " ".join(error.messages) for name, error in errors.items()}


@pytest.mark.parametrize(
    ("text", "chosen", "shown"),
    [
        ("9100", {}, "9,100"),
        ("~9100", {}, "~9,100"),
        (">2,000", {}, "> 2,000"),
        ("≤ 5", {"precision": "at-most"}, "< 5"),
        ("12,5", {"precision": "about"}, "~12.5"),
        ("40%", {}, "40%"),
        ("€1.5 Mio.", {}, "€1.5M"),
        ("$2.2M", {"currency": "USD"}, "$2.2M"),
        ("$2.2M", {"currency": "USD", "unit": "currency"}, "$2.2M"),
        ("about 3 hours", {}, "~3 hours"),
        ("40", {"unit": "people", "precision": "at-least"}, "> 40"),
    ],
)
def test_what_the_number_says_is_kept_and_shown(
    text: str, chosen: dict[str, str], shown: str
) -> None:
    assert kept(text, **chosen).quantity.text == shown


@pytest.mark.parametrize(
    ("text", "chosen", "wrong", "said"),
    [
        ("1.234", {}, "value", "may be 1234 or 1.234"),
        ("forty", {}, "value", "is no number"),
        ("", {}, "value", "required"),
        ("~9100", {"precision": "at-least"}, "value", "The number says “about”"),
        ("40%", {"unit": "people"}, "value", "another unit"),
        ("€5", {"unit": "currency", "currency": "USD"}, "value", "another unit"),
        ("$5", {}, "currency", "Several currencies have this sign (USD"),
        ("5", {"unit": "currency"}, "currency", "Give a currency code"),
    ],
)
def test_what_could_be_two_things_is_refused_where_it_stands(
    text: str, chosen: dict[str, str], wrong: str, said: str
) -> None:
    found = refused(text, **chosen)
    assert list(found) == [wrong]
    assert said in found[wrong]


def test_a_draft_may_lack_its_number() -> None:
    draft = BLOCK.clean_deferred(sent(""))
    assert draft["value"] is None
    assert draft.quantity is None


def test_a_draft_may_wait_for_the_currency_of_a_sign_that_several_have() -> None:
    draft = BLOCK.clean_deferred(sent("$2.2M"))
    assert (draft["value"], draft["unit"], draft["currency"]) == (2_200_000, "currency", "")
    with pytest.raises(ValidationError):
        BLOCK.clean(draft)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("number", ["1.234", "1234", "0.5", "12.5", "-7", "1234567.125"])
def test_a_number_that_is_there_is_offered_so_that_it_is_read_back(
    number: str, language: str
) -> None:
    with translation.override(language):
        stored = BLOCK.to_python({**NEW, "value": number})
        assert BLOCK.clean(stored)["value"] == Decimal(number)
        offered = BLOCK.get_form_state(stored)["value"]
        assert kept(offered)["value"] == Decimal(number)


def test_what_was_typed_stays_when_it_is_refused() -> None:
    assert BLOCK.get_form_state(sent("~forty"))["value"] == "~forty"


def test_the_precision_stands_before_the_number() -> None:
    page = Template("{% load wagtailcore_tags %}{% include_block figure %}")
    shown = page.render(Context({"figure": BodyBlock().to_python(
        [{"type": "key_figure", "value": BLOCK.get_prep_value(kept("~9100"))}]
    )}))  # fmt: skip
    assert " ".join(texts([html.fromstring(shown)])[0].split()) == "about 9,100 things"
