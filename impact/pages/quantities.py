"""A number with its unit and precision, and how it is written in the language of the page.

Figures, outcomes of stories and the key-figure block all show numbers; this is the one place that
spells them. Babel knows the separators, currency symbols and units of each language.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

# From here on a sum of money is written short, $2.2M, and any number where room is scarce.
COMPACT_FROM = 1_000_000

MEASURES = {
    "hours": "duration-hour",
    "days": "duration-day",
    "kilometres": "length-kilometer",
    "terabytes": "digital-terabyte",
}


@dataclass(frozen=True)
class Quantity:
    """A value as somebody reported it: `Quantity(Decimal("9100"), "about")` is “~9,100”.

    `precision` is one of exact, about, at-least, at-most; `unit` one of count, people, currency (with
    its code in `currency`), percent, hours, days, kilometres, terabytes.
    """

    value: Decimal
    precision: str = "exact"
    unit: str = "count"
    currency: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def plain(self) -> str:
        """The value for machines: `9100`, `2.5`, never `9.1E+3`."""
        return plain_decimal(self.value)

    @property
    def text(self) -> str:
        """The value as a figure stands on a page: “~9,100”, “> 2,000”, “$2.2M”."""
        return _mark(self.precision, _number(self, compact=True))

    @property
    def short(self) -> str:
        """The value where room is scarce and the unit stands elsewhere: “~1.25M”, “> 2,000”."""
        bare = replace(self, unit="count") if self.unit in MEASURES else self
        return _mark(self.precision, _compact(bare))

    @property
    def spoken(self) -> str:
        """The value in full and in words, as a screen reader should say it: “about 9,100”."""
        return _in_words(self.precision, _number(self, compact=False))

    @property
    def estimated(self) -> bool:
        """Whether the true value is only known to be near."""
        return self.precision == "about"

    @property
    def bounded(self) -> bool:
        """Whether only a limit is known, so that no difference to it can be told."""
        return self.precision in {"at-least", "at-most"}


def plain_decimal(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def current_locale() -> Locale:
    """Return the locale of the active language; English where Babel does not know it."""
    return _locale(get_language() or "en")


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    """Find a locale once: a page of charts writes hundreds of numbers."""
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _number(quantity: Quantity, *, compact: bool) -> str:
    value, locale = quantity.value, current_locale()
    if quantity.unit == "currency":
        return _money(value, quantity.currency, locale, compact=compact)
    if quantity.unit == "percent":
        return format_percent(value / 100, locale=locale, decimal_quantization=False)
    if measure := MEASURES.get(quantity.unit):
        return _measured(Decimal(plain_decimal(value)), measure, locale)
    return format_decimal(value, locale=locale, decimal_quantization=False)


def _compact(quantity: Quantity) -> str:
    if abs(quantity.value) < COMPACT_FROM:
        return _number(quantity, compact=False)
    locale = current_locale()
    if quantity.unit == "currency":
        return format_compact_currency(
            quantity.value, quantity.currency, locale=locale, fraction_digits=2
        )
    number = format_compact_decimal(quantity.value, locale=locale, fraction_digits=2)
    if quantity.unit == "percent":
        return format_percent(0, locale=locale).replace("0", number)
    return number


def _money(value: Decimal, currency: str, locale: Locale, *, compact: bool) -> str:
    if compact and abs(value) >= COMPACT_FROM:
        return format_compact_currency(value, currency, locale=locale, fraction_digits=1)
    if value == value.to_integral_value():
        pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(value, currency, pattern, locale=locale, currency_digits=False)
    # Two decimals or more: no part of a cent is rounded away.
    return format_currency(value, currency, locale=locale, decimal_quantization=False)


def _measured(value: Decimal, measure: str, locale: Locale) -> str:
    text = ""
    for length in ("long", "short", "narrow"):
        text = format_unit(value, measure, length=length, locale=locale)
        # Babel falls back to the unit's own identifier where a language lacks the long form.
        if measure not in text:
            break
    return text


def _mark(precision: str, number: str) -> str:
    match precision:
        case "about":
            return f"~{number}"
        case "at-least":
            return f"> {number}"
        case "at-most":
            return f"< {number}"
    return number


def _in_words(precision: str, number: str) -> str:
    match precision:
        case "about":
            return _("about %(number)s") % {"number": number}
        case "at-least":
            return _("at least %(number)s") % {"number": number}
        case "at-most":
            return _("at most %(number)s") % {"number": number}
    return number
