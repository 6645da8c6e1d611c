"""What a search was probably meant to be, where no entry has one of its words."""

from dataclasses import replace
from itertools import islice, product

from impact.catalogue import forms, fulltext
from impact.catalogue.selection import select
from impact.catalogue.snapshot import snapshot
from impact.filters.gallery import GalleryFilter

# More unknown words than these are no slips.
UNKNOWN = 2
# How many words are tried for one that is wrong, and how many searches in all.
WORDS, TRIES = 3, 4


def meant(wanted: GalleryFilter) -> tuple[GalleryFilter, int] | None:
    """Return the filter with every unknown word replaced by one that is a letter away, and what it selects.

    The one that selects most; `None` where nothing is unknown, or nothing near it is found. A few
    statements, whatever there is.
    """
    sought = snapshot().search(wanted.q).sought
    words = fulltext.words(wanted.q)[: fulltext.MAX_WORDS]
    unknown = [word for word, found in zip(words, sought, strict=True) if not found]
    if not 0 < len(unknown) <= UNKNOWN or not all(map(forms.may_be_wrong, unknown)):
        return None
    near = {word: forms.nearest(word, fulltext.alike(word), WORDS) for word in unknown}
    texts = (" ".join(some) for some in product(*(near.get(word, [word]) for word in words)))
    tried = [replace(wanted, q=text, page=1) for text in islice(texts, TRIES)]
    counted = [(select(other).count(), other) for other in tried]
    number, best = max(counted, key=lambda found: found[0], default=(0, wanted))
    return (best, number) if number else None
