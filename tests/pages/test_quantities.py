"""How numbers are written, in several languages."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from impact.pages.quantities import Quantity, plain_decimal


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("9100.0000", "9100"),
        ("9.1E+3", "9100"),
        ("2.5000", "2.5"),
        ("0.0001", "0.0001"),
        ("-0.0000", "0"),
        ("100", "100"),
        ("-12.30", "-12.3"),
        ("1E+19", "10000000000000000000"),
    ],
)
def test_plain_has_no_exponent_and_no_trailing_zeros(value: str, plain: str) -> None:
    assert plain_decimal(Decimal(value)) == plain


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15
    )
)
def test_plain_keeps_the_value(value: Decimal) -> None:
    assert Decimal(plain_decimal(value)) == value
    assert "E" not in plain_decimal(value).upper()


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(Decimal("9100.0000"), "about"), "~9,100"),
        (Quantity(Decimal(2000), "at-least"), "> 2,000"),
        (Quantity(Decimal(5), "at-most"), "< 5"),
        (Quantity(Decimal("12.5")), "12.5"),
        (Quantity(Decimal(2_200_000), unit="currency", currency="USD"), "$2.2M"),
        (Quantity(Decimal(2_000_000), unit="currency", currency="USD"), "$2M"),
        (Quantity(Decimal("12500.0000"), unit="currency", currency="EUR"), "€12,500"),
        (Quantity(Decimal("12.5"), unit="currency", currency="EUR"), "€12.50"),
        (Quantity(Decimal("12.5000"), unit="currency", currency="EUR"), "€12.50"),
        (Quantity(Decimal("0.0025"), unit="currency", currency="EUR"), "€0.0025"),
        (Quantity(Decimal("42.5"), unit="percent"), "42.5%"),
        (Quantity(Decimal(1), unit="hours"), "1 hour"),
        (Quantity(Decimal("1250.0000"), "about", "hours"), "~1,250 hours"),
        (Quantity(Decimal(3), unit="terabytes"), "3 terabytes"),
        (Quantity(Decimal(7), unit="people"), "7"),
    ],
)
def test_written_in_english(quantity: Quantity, text: str) -> None:
    with translation.override("en"):
        assert quantity.text == text


@pytest.mark.parametrize(
    ("quantity", "short"),
    [
        (Quantity(Decimal(2000), "at-least", "hours"), "> 2,000"),
        (Quantity(Decimal(999_999)), "999,999"),
        (Quantity(Decimal(1_254_000), "about"), "~1.25M"),
        (Quantity(Decimal(-1_250_000)), "-1.25M"),
        (Quantity(Decimal(1_250_000), unit="currency", currency="USD"), "$1.25M"),
        (Quantity(Decimal(12_500), unit="currency", currency="USD"), "$12,500"),
        (Quantity(Decimal(2_000_000), unit="percent"), "2M%"),
        (Quantity(Decimal(3), unit="terabytes"), "3"),
    ],
)
def test_written_where_room_is_scarce(quantity: Quantity, short: str) -> None:
    with translation.override("en"):
        assert quantity.short == short


def test_precision_is_said_in_words_and_in_full() -> None:
    money = {"unit": "currency", "currency": "USD"}
    with translation.override("en"):
        assert Quantity(Decimal(2_234_567), "about", **money).spoken == "about $2,234,567"
        assert Quantity(Decimal(2000), "at-least").spoken == "at least 2,000"
        assert Quantity(Decimal(5), "at-most").spoken == "at most 5"
        assert Quantity(Decimal(5)).spoken == "5"


def test_separators_and_symbols_follow_the_language() -> None:
    money = Quantity(Decimal(12500), unit="currency", currency="EUR")
    with translation.override("de"):
        assert Quantity(Decimal("9100.5"), "about").text == "~9.100,5"
        assert money.text.replace("\xa0", " ") == "12.500 €"
    with translation.override("pt-br"):
        assert Quantity(Decimal(3), unit="days").text == "3 dias"


def test_a_language_that_babel_does_not_know_is_written_as_english() -> None:
    with translation.override("xx-unknown"):
        assert Quantity(Decimal(9100)).text == "9,100"


def test_money_without_a_code_is_still_a_number() -> None:
    with translation.override("en"):
        assert "12,500" in Quantity(Decimal(12500), unit="currency").text
