"""Amounts are read as people write them, and refused where they could be two."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from impact.metrics.models import Precision, Reading
from impact.pages.amounts import (
    Amount,
    AmountError,
    agreed_precision,
    language_grouping,
    read_amount,
    writable,
)
from impact.pages.quantities import Quantity

VALUES = st.decimals(-(10**15), 10**15, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("9100", "9100", ""),
        ("~9100", "9100", "about"),
        ("≈ 9100", "9100", "about"),
        ("about 40", "40", "about"),
        ("ca. 40", "40", "about"),
        ("rund 40", "40", "about"),
        ("≥ 2000", "2000", "at-least"),
        (">=2000", "2000", "at-least"),
        ("at least 2000", "2000", "at-least"),
        ("2000+", "2000", "at-least"),
        ("≤5", "5", "at-most"),
        ("up to 5", "5", "at-most"),
        ("bis zu 5", "5", "at-most"),
        ("exactly 5", "5", "exact"),
        ("−12", "-12", ""),
        ("-12.5", "-12.5", ""),
        ("12k", "12000", ""),
        ("2.2M", "2200000", ""),
        ("1,5 Mio.", "1500000", ""),
        ("2 bn", "2000000000", ""),
        ("3 Mrd.", "3000000000", ""),
    ],
)
def test_an_amount_is_read_with_what_it_says_of_its_precision(
    text: str, value: str, precision: str
) -> None:
    assert read_amount(text) == Amount(Decimal(value), precision)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        (">2000", "at-least"),
        ("over 2000", "at-least"),
        ("<5", "at-most"),
        ("weniger als 5", "at-most"),
    ],
)
def test_more_than_is_kept_as_at_least_and_told_apart(text: str, precision: str) -> None:
    amount = read_amount(text)
    assert (amount.precision, amount.strict) == (precision, True)
    assert not read_amount(text.replace(">", "≥").replace("<", "≤").replace("over", "min.")
                           .replace("weniger als", "max.")).strict  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12 500", "12500"),
        ("12\u202f500,5", "12500.5"),
        ("12'500", "12500"),
        ("1234.567", "1234.567"),
        ("0,125", "0.125"),
        ("12,5", "12.5"),
        ("1.2340", "1.234"),
        (".5", "0.5"),
    ],
)
def test_separators_are_read_where_they_can_mean_one_thing_only(text: str, value: str) -> None:
    for grouping in ("", ",", "."):
        assert read_amount(text, grouping).value == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "1,234", "~ 1.234", "$1,234", "1.234 Mio."])
def test_a_number_that_could_be_two_is_refused_by_naming_both(text: str) -> None:
    with pytest.raises(AmountError, match=r"may be 1234 or 1\.234\. Write 1234 or 1\.2340\."):
        read_amount(text)


@pytest.mark.parametrize(
    ("language", "grouped", "refused"), [("en", "1,234", "1.234"), ("de", "1.234", "1,234")]
)
def test_a_language_reads_its_own_groups_of_three_and_nothing_else(
    language: str, grouped: str, refused: str
) -> None:
    with translation.override(language):
        grouping = language_grouping()
    assert read_amount(grouped, grouping).value == 1234
    with pytest.raises(AmountError):
        read_amount(refused, grouping)


@pytest.mark.parametrize(
    ("text", "fits", "differs"),
    [
        ("$2.2M", ("currency", "USD"), ("currency", "EUR")),
        ("$2.2M", ("currency", "CAD"), ("count", "")),
        ("€1,5 Mio.", ("currency", "EUR"), ("currency", "USD")),
        ("EUR 5", ("currency", "EUR"), ("currency", "USD")),
        ("5 CHF", ("currency", "CHF"), ("people", "")),
        ("42%", ("percent", ""), ("count", "")),
        ("40 km", ("kilometres", ""), ("hours", "")),
        ("12 h", ("hours", ""), ("days", "")),
        ("300 TB", ("terabytes", ""), ("currency", "EUR")),
        ("7 people", ("people", ""), ("percent", "")),
    ],
)
def test_a_unit_in_the_text_fits_its_own_only(
    text: str, fits: tuple[str, str], differs: tuple[str, str]
) -> None:
    amount = read_amount(text)
    assert amount.fits(*fits)
    assert not amount.fits(*differs)


def test_a_bare_number_fits_every_unit() -> None:
    assert read_amount("5").fits("currency", "EUR")
    assert read_amount("5").fits("hours")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "~", "5 apples", "1,", "1..2", "12,34,567", "1,2,3", "0,123,456", "NaN"),
        *(
            "10-20",
            "10 – 20",
            "1.2E+05",
            "3 billion",
            "300 m",
            "~ > 5",
            "=5",
            "10²",
            "٣",
            "1.23456",
        ),
        *("9" * 17, "$5€", "5 km h", "--5", "(5)", "5\x00"),
    ],
)
def test_what_is_no_amount_is_refused_with_words(text: str) -> None:
    with pytest.raises(AmountError, match=r"\w.*\."):
        read_amount(text)


@given(st.text(alphabet="0123456789.,' ~<>≥+-−$€%kmMEURab", max_size=12))
def test_any_text_is_an_amount_that_can_be_kept_or_refused(text: str) -> None:
    try:
        amount = read_amount(text)
    except AmountError:
        return
    Reading._meta.get_field("value").run_validators(amount.value)
    assert amount.precision in {"", *Precision.values}


@given(VALUES, st.sampled_from(["", ",", "."]))
def test_what_is_written_for_reading_back_is_read_back(value: Decimal, grouping: str) -> None:
    assert read_amount(writable(value), grouping).value == value
    assert read_amount(writable(value, ","), grouping).value == value


@given(VALUES, st.sampled_from(["en", "de", "fr", "de-ch"]))
def test_a_language_reads_its_own_numbers_or_asks(value: Decimal, language: str) -> None:
    locale = {"de-ch": "de_CH"}.get(language, language)
    written = format_decimal(value, locale=locale, decimal_quantization=False)
    with translation.override(language):
        grouping = language_grouping()
    try:
        assert read_amount(written, grouping).value == value
    except AmountError as refused:
        assert "may be" in str(refused)  # noqa: PT017


@given(VALUES, st.sampled_from(Precision.values))
def test_a_figure_as_pages_write_it_is_read_back(value: Decimal, precision: str) -> None:
    with translation.override("en"):
        for text in (Quantity(value, precision).text, Quantity(value, precision).spoken):
            try:
                amount = read_amount(text, ",")
            except AmountError as refused:
                assert "may be" in str(refused)  # noqa: PT017
                continue
            assert amount.value == value
            assert (amount.precision or "exact") == precision


def test_text_and_choice_must_agree_on_the_precision() -> None:
    assert agreed_precision(read_amount("~5"), "") == "about"
    assert agreed_precision(read_amount("~5"), "about") == "about"
    assert agreed_precision(read_amount("5"), "at-most") == "at-most"
    assert agreed_precision(read_amount("5"), "") == "exact"
    with pytest.raises(AmountError, match=r"says “about”, the precision “at least”"):
        agreed_precision(read_amount("~5"), "at-least")
