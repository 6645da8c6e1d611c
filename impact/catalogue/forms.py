"""What else a word may look like: its singular, its plural, and what was meant where a letter is wrong.

For folded words, as `fulltext.words` gives them. Only words that some entry has are ever looked for, so a
form that no language knows does no harm.
"""

from collections.abc import Iterable

# How English, French, Portuguese and Spanish make a plural: the ending of one, that of several.
ENDINGS = (
    ("", "s"),
    ("", "es"),
    ("y", "ies"),
    ("fe", "ves"),
    ("f", "ves"),
    ("is", "es"),
    ("u", "ux"),
    ("al", "aux"),
    ("al", "ais"),
    ("ao", "oes"),
    ("m", "ns"),
    ("z", "ces"),
)
# Shorter words have no other form: what is left of them means too much.
SHORTEST = 3
# Looks like a plural of something else.
ALONE = frozenset({"news"})
# A letter of a shorter word makes another word rather than a wrong one.
SHORTEST_WRONG = 4


def forms(word: str) -> tuple[str, ...]:
    """Return a word and the forms that may stand for it.

    >>> forms("gauges")[:2]
    ('gauges', 'gauge')
    >>> [form for form in forms("story") if form == "stories"]
    ['stories']
    """
    found = [word]
    if word.isalpha() and word not in ALONE:
        for one, several in ENDINGS:
            # "glass" is no plural of "glas".
            if word.endswith(one) and not (several == "s" and word.endswith("s")):
                found.append(word[: len(word) - len(one)] + several)
            if word.endswith(several) and not (several == "s" and word.endswith("ss")):
                found.append(word[: -len(several)] + one)
    return tuple(
        form
        for form in dict.fromkeys(found)
        if form == word or (min(len(form), len(word)) >= SHORTEST and form not in ALONE)
    )


def may_be_wrong(word: str) -> bool:
    """Return whether a word that nothing holds may be another one with a wrong letter."""
    return len(word) >= SHORTEST_WRONG and word.isalpha()


def nearest(word: str, others: Iterable[str], limit: int) -> list[str]:
    """Return the words that one wrong, missing, needless or swapped letter makes into another.

    Those that share most of their beginning come first.

    >>> nearest("guage", ["gauge", "gauges", "gouache", "guava"], 3)
    ['gauge']
    """
    near = [other for other in others if other != word and one_letter_off(word, other)]
    return sorted(near, key=lambda other: (-_shared(word, other), other))[:limit]


def one_letter_off(one: str, other: str) -> bool:
    """Return whether two different words are one letter apart, or two neighbours swapped.

    >>> one_letter_off("gauge", "guage"), one_letter_off("gauge", "gauges"), one_letter_off("tide", "time")
    (True, True, True)
    >>> one_letter_off("tide", "tie gauge"), one_letter_off("gauge", "gouge s")
    (False, False)
    """
    begin = _shared(one, other)
    a, b = one[begin:], other[begin:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    number = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        number += 1
    return number
