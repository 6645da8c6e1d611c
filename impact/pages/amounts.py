"""Amounts as people write them ("~9100", "> 2,000", "€1,5 Mio.", "about 40"), read without guessing.

What can be read in two ways is refused, and the message names both. `1.234` is a thousand and more in
German and little more than one in English: it is read where the language in use groups digits that way,
and refused elsewhere, above all in files, which have no language.

"More than 2,000" is kept as "at least 2,000": weaker, but true, and with the number that the source gives.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from impact.pages.quantities import current_locale, plain_decimal

# As the database keeps values.
MAX_DIGITS = 20
DECIMAL_PLACES = 4

_PRECISIONS = {
    "exact": ("exactly", "genau"),
    "about": (
        *("~", "≈", "about", "approximately", "approx.", "approx", "around", "roughly", "circa"),
        *("ca.", "ca", "etwa", "rund", "ungefähr"),
    ),
    "at-least": (">=", "≥", "at least", "min.", "mindestens"),
    "at-most": ("<=", "≤", "at most", "max.", "up to", "höchstens", "bis zu"),
}
# These leave the number itself out.
_STRICT = {
    "at-least": (">", "more than", "over", "mehr als", "über"),
    "at-most": ("<", "less than", "fewer than", "under", "weniger als", "unter"),
}
_SCALES = {
    3: ("k", "tsd.", "tsd", "thousand", "tausend"),
    6: ("m", "mn", "mio.", "mio", "million", "millions", "millionen"),
    9: ("bn", "mrd.", "mrd", "milliarde", "milliarden"),
}
_UNITS = {
    "percent": ("%", "percent", "per cent", "prozent"),
    "people": ("people", "persons", "personen", "menschen"),
    "hours": ("h", "hour", "hours", "std.", "stunde", "stunden"),
    "days": ("day", "days", "tag", "tage"),
    "kilometres": ("km", "kilometres", "kilometers", "kilometer"),
    "terabytes": ("tb", "terabyte", "terabytes"),
}
# A sign that several currencies share says only that it is one of them.
_SIGNS = {
    "$": (
        *(
            "USD",
            "AUD",
            "CAD",
            "NZD",
            "HKD",
            "SGD",
            "TWD",
            "FJD",
            "SBD",
            "NAD",
            "LRD",
            "BSD",
            "BBD",
        ),
        *("BZD", "BMD", "BND", "JMD", "TTD", "XCD", "MXN", "ARS", "CLP", "COP", "DOP", "UYU"),
    ),
    "us$": ("USD",),
    "a$": ("AUD",),
    "c$": ("CAD",),
    "nz$": ("NZD",),
    "r$": ("BRL",),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₦": ("NGN",),
    "₱": ("PHP",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "zł": ("PLN",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
Words = tuple[tuple[str, Any], ...]


def _longest_first(table: Mapping[Any, tuple[str, ...]]) -> Words:
    """Return each word with its meaning, so that no word hides a longer one."""
    words = [(word, meaning) for meaning, some in table.items() for word in some]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


_PRECISION_WORDS = _longest_first(_PRECISIONS)
_STRICT_WORDS = _longest_first(_STRICT)
_SCALE_WORDS = _longest_first(_SCALES)
_UNIT_WORDS = _longest_first(_UNITS)
_SIGN_WORDS = _longest_first({codes: (sign,) for sign, codes in _SIGNS.items()})
_CODES = frozenset(list_currencies())
_NUMBER = re.compile(r"[0-9](?:[0-9.,'’ ]*[0-9])?|[.,][0-9]+")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_RANGE = re.compile(r"[0-9]\s*[-–—]\s*[0-9]")
_SCIENTIFIC = re.compile(r"[0-9]e[+-]?[0-9]", re.IGNORECASE)
_METRES = re.compile(r"m\b")
_BILLION = re.compile(r"\bbillion", re.IGNORECASE)


class AmountError(ValueError):
    """A text is no amount, or could be two; the message is for the person who wrote it."""


@dataclass(frozen=True)
class Amount:
    """What a text says of an amount, and no more.

    `precision` and `unit` are empty where the text doesn't say; `currencies` are the codes that its sign
    may stand for. `strict` tells "more than" from "at least", and "less than" from "at most".
    """

    value: Decimal
    precision: str = ""
    unit: str = ""
    currencies: tuple[str, ...] = ()
    strict: bool = False

    def fits(self, unit: str, currency: str = "") -> bool:
        """Return whether the text says nothing against a unit and its currency."""
        if self.currencies:
            return unit == "currency" and currency in self.currencies
        return self.unit in {"", unit}


def language_grouping() -> str:
    """Return the sign by which the language in use groups digits: a comma in English."""
    return str(current_locale().number_symbols["latn"]["group"])


def writable(value: Decimal, point: str = ".") -> str:
    """Return a value so that it is read back in every language: three decimals get a fourth."""
    text = plain_decimal(value)
    whole, dot, decimals = text.partition(".")
    return f"{whole}{point}{decimals}{'0' * (len(decimals) == 3)}" if dot else whole


def read_amount(text: str, grouping: str = "") -> Amount:
    """Return what a text says; raises `AmountError`.

    `grouping` is the sign by which the text's language groups digits, empty where that is not known.
    """
    rest = _SPACES.sub(" ", text).strip()
    if not rest:
        raise AmountError(_("A number is missing."))
    _refuse_known(rest)
    precision, strict, rest = _take_precision(rest)
    negative, rest = _take_minus(rest)
    currencies, rest = _take_currency(rest)
    if not negative:
        negative, rest = _take_minus(rest)
    found = _NUMBER.match(rest)
    if not found:
        raise AmountError(_("“%(text)s” is no number that can be read.") % {"text": text.strip()})
    value = _number(found[0], grouping)
    rest = rest[found.end() :].strip()
    if rest.endswith("+") and not precision:
        precision, rest = "at-least", rest[:-1].strip()
    if _METRES.match(rest) and not currencies:
        raise AmountError(_("“m” may be metres or millions. Write M, Mio. or the number."))
    scale, rest = _take_word(rest, _SCALE_WORDS)
    unit, rest = _take_word(rest, _UNIT_WORDS)
    if not currencies and not unit:
        currencies, rest = _take_currency(rest)
    if rest:
        raise AmountError(
            _("“%(rest)s” in “%(text)s” is not understood.") % {"rest": rest, "text": text.strip()}
        )
    value = value.scaleb(scale or 0) * (-1 if negative else 1)
    return Amount(
        _kept(value), precision, "currency" if currencies else unit or "", currencies, strict
    )


def agreed_precision(amount: Amount, chosen: str) -> str:
    """Return the precision that a text and a separate choice (or none) agree on; raises `AmountError`."""
    if amount.precision and chosen and amount.precision != chosen:
        raise AmountError(
            _("The number says “%(written)s”, the precision “%(chosen)s”.")
            % {"written": _in_words(amount.precision), "chosen": _in_words(chosen)}
        )
    return amount.precision or chosen or "exact"


def _in_words(precision: str) -> str:
    words = {
        "exact": _("exactly"),
        "about": _("about"),
        "at-least": _("at least"),
        "at-most": _("at most"),
    }
    return words.get(precision, precision)


def _refuse_known(text: str) -> None:
    """Refuse what is often written and never safe to read, with a message of its own."""
    if _SCIENTIFIC.search(text):
        raise AmountError(
            _("“%(text)s” has lost digits in a spreadsheet. Write the number in full.")
            % {"text": text}
        )
    if _RANGE.search(text):
        raise AmountError(
            _("“%(text)s” is a range. Write what is certain (“at least”) or the middle (“about”).")
            % {"text": text}
        )
    if _BILLION.search(text):
        raise AmountError(
            _("“billion” has three zeros more in some languages. Write bn, Mrd. or the number.")
        )


def _take_precision(text: str) -> tuple[str, bool, str]:
    """Return the precision that a text begins with, whether it is strict, and the rest."""
    known, rest = _take_word(text, _PRECISION_WORDS)
    if known:
        return known, False, rest
    beyond, rest = _take_word(text, _STRICT_WORDS)
    return beyond or "", bool(beyond), rest


def _take_minus(text: str) -> tuple[bool, str]:
    return (True, text[1:].strip()) if text[:1] in {"-", "−"} else (False, text)


def _take_currency(text: str) -> tuple[tuple[str, ...], str]:
    """Return the currencies that a text begins with the sign or the code of, and the rest."""
    codes, rest = _take_word(text, _SIGN_WORDS)
    if codes:
        return codes, rest
    code = text[:3]
    if not text[3:4].isalpha() and code in _CODES:
        return (code,), text[3:].strip()
    return (), text


def _take_word(text: str, words: Words) -> tuple[Any, str]:
    """Return what the word means that a text begins with, and the rest."""
    folded = text.casefold()
    for word, meaning in words:
        rest = text[len(word) :]
        if folded.startswith(word) and not (word[-1].isalpha() and rest[:1].isalpha()):
            return meaning, rest.strip()
    return None, text


def _number(text: str, grouping: str) -> Decimal:
    """Return the value of digits with separators."""
    plain, spaced = _without_spaces(text)
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        decimal = max(".,", key=plain.rfind)
        return _parts(text, plain, "," if decimal == "." else ".", decimal)
    sign = "." if points else ","
    if points + commas > 1:
        return _parts(text, plain, sign, "")
    head, _sign, tail = plain.partition(sign)
    thousands = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0") and not spaced
    if not thousands:
        return Decimal(f"{head or 0}.{tail}" if tail else head)
    if sign == grouping:
        return Decimal(head + tail)
    raise AmountError(
        _("“%(text)s” may be %(large)s or %(small)s. Write %(large)s or %(safe)s.")
        % {"text": text, "large": head + tail, "small": f"{head}.{tail}", "safe": f"{head}.{tail}0"}
    )


def _without_spaces(text: str) -> tuple[str, bool]:
    """Return digits without the spaces or apostrophes that group them, and whether there were any."""
    for sign in (" ", "'", "’"):
        if sign in text:
            whole = re.split("[.,]", text)[0]
            return f"{_grouped(text, whole, sign)}{text[len(whole) :]}", True
    return text, False


def _parts(text: str, plain: str, grouping: str, decimal: str) -> Decimal:
    whole, _sign, decimals = plain.rpartition(decimal) if decimal else (plain, "", "")
    if not (decimals.isdigit() or not decimal):
        raise AmountError(_("“%(text)s” is no number that can be read.") % {"text": text})
    return Decimal(f"{_grouped(text, whole, grouping)}.{decimals or 0}")


def _grouped(text: str, whole: str, grouping: str) -> str:
    """Return digits that stand in groups of three, joined."""
    first, *others = whole.split(grouping)
    well = first.isdigit() and len(first) <= 3 and not (others and first.startswith("0"))
    if not well or any(len(group) != 3 or not group.isdigit() for group in others):
        raise AmountError(_("“%(text)s” is no number that can be read.") % {"text": text})
    return first + "".join(others)


def _kept(value: Decimal) -> Decimal:
    """Return a value as the database keeps it; nothing is ever rounded silently."""
    plain = plain_decimal(value)
    whole, _dot, decimals = plain.lstrip("-").partition(".")
    if len(decimals) > DECIMAL_PLACES:
        raise AmountError(_("At most four decimals are kept. Round the number yourself."))
    if len(whole) > MAX_DIGITS - DECIMAL_PLACES:
        raise AmountError(_("The number is too large to be kept."))
    return Decimal(plain)
