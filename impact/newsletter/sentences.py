"""A summary shortened to one sentence, in any language; pure.

It would rather keep two sentences than cut one in half: a full stop after an abbreviation, an initial or an
ordinal ends nothing. Where a sentence is too long, it is cut between two words.
"""

import re
import unicodedata

# As much as reads as one line of a newsletter.
LONGEST = 220
# A sentence of fewer characters says too little alone: “Good news!”
SHORTEST = 16

CLOSING = "\"'”’»«›‹)]」』】》"
# Of scripts that put no space after a sentence.
FULL_WIDTH = "。！？｡"
END = re.compile(rf"(?:[{FULL_WIDTH}]|[.!?…؟।॥۔։።]+)[{re.escape(CLOSING)}]*")
OPENING = "\"'“”‘’«»„‚([¿¡「『【《–—-"
# Words that are shortened in the middle of a sentence, in the languages that are written most; and those
# that are whole words too, unless a number follows.
ABBREVIATIONS = frozenset(
    """
    al approx apt av ave bd bldg bspw bzgl bzw ca capt cf co corp dept dipl doc dr dra ed eds eg esp etc evtl
    ff ggf gov hon hr hrsg ie inc ing inkl insb jan feb apr aug sep sept oct okt nov dec dez jr lt ltd mgr
    mio mlle mme mr mrs ms msgr mt nb num núm prof resp sen sgt sog sr sra sres srta st ste tel tsd univ usw
    vgl vs zb
    """.split()  # noqa: SIM905
)
BEFORE_NUMBERS = frozenset(
    [
        "art",
        "cap",
        "ch",
        "col",
        "fig",
        "figs",
        "no",
        "nos",
        "nr",
        "op",
        "pág",
        "pp",
        "sec",
        "tab",
        "vol",
    ]
)
_WORD_BEFORE = re.compile(r"([^\s(\[{\"'“”‘’«»„]+)$")


def sentence_of(text: str, longest: int = LONGEST) -> str:
    """Return the first sentence of a text, shortened where it is longer than so many characters.

    >>> sentence_of("The group, led by Dr. Mota, opened it. Forty people came.")
    'The group, led by Dr. Mota, opened it.'
    """
    flat = " ".join(text.split())
    for match in END.finditer(flat):
        if match.end() >= SHORTEST and _ends_here(flat, match):
            return shortened(flat[: match.end()], longest)
    return shortened(flat, longest)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text of at most so many characters, cut between words, with an ellipsis where it was cut.

    >>> shortened("The tide table on the door", 16)
    'The tide table…'
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    if not text[longest - 1].isspace():
        words, space, _rest = kept.rpartition(" ")
        # Without a space there are no words to cut between: a script that has none, or an address.
        kept = words if space else _whole_characters(kept, text[longest - 1])
    return kept.rstrip(" ,;:.!?…–—-" + OPENING) + "…"


def _ends_here(text: str, match: re.Match[str]) -> bool:
    """Return whether a mark ends a sentence rather than an abbreviation, an initial or a number."""
    after = text[match.end() :]
    if not after or match[0][0] in FULL_WIDTH:
        return True
    if not after.startswith(" "):
        return False
    begins = after.lstrip(" " + OPENING)[:1]
    if begins.islower():
        return False
    if match[0].rstrip(CLOSING) != ".":
        return True
    found = _WORD_BEFORE.search(text[: match.start()])
    word = found[1] if found else ""
    # Initials, “e.g.”, “U.S.”; days and centuries: “am 3. Oktober”.
    if len(word) == 1 or "." in word:
        return False
    if word.casefold() in BEFORE_NUMBERS:
        return not begins.isdigit()
    return not (word.casefold() in ABBREVIATIONS or (word.isdigit() and len(word) <= 2))


def _whole_characters(kept: str, following: str) -> str:
    """Return a text without a last character of which a part would be missing."""
    joiner, marks = "\u200d", {"Mn", "Me", "Mc", "Sk"}
    while kept and (following == joiner or kept[-1] == joiner or _joins(following, marks)):
        kept, following = kept[:-1], kept[-1]
    return kept


def _joins(character: str, categories: set[str]) -> bool:
    is_part = unicodedata.category(character) in categories
    return is_part or 0xFE00 <= ord(character) <= 0xFE0F or 0x1F3FB <= ord(character) <= 0x1F3FF
