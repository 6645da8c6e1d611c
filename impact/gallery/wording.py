"""What the gallery says in words about a selection: how many, of what, with whom, when."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from impact.catalogue.periods import period
from impact.catalogue.terms import Term
from impact.entries.kinds import LINK, STORY
from impact.filters.gallery import GalleryFilter

# What a facet adds to the sentence, in the order of the sentence. The kind is in its noun.
PHRASES: dict[str, Promise] = {
    "category": gettext_lazy("in %(names)s"),
    "tag": gettext_lazy("about %(names)s"),
    "community": gettext_lazy("with %(names)s"),
    "author": gettext_lazy("by %(names)s"),
}
# Longer lists would bury the sentence; the chips name them all.
MAX_NAMES = 6


def things(numbers: Mapping[str, int], kinds: Sequence[str] = ()) -> str:
    """Return how many there are in one phrase: "17 stories", "2 links", "20 entries", "No stories".

    `numbers` counts by kind; `kinds` are those asked for, which name what is missing.
    """
    stories, links = numbers.get(STORY, 0), numbers.get(LINK, 0)
    total = stories + links
    if not total:
        return _("No links") if tuple(kinds) == (LINK,) else _("No stories")
    if not links:
        return ngettext("%(count)s story", "%(count)s stories", total) % {"count": total}
    if not stories:
        return ngettext("%(count)s link", "%(count)s links", total) % {"count": total}
    return ngettext("%(count)s entry", "%(count)s entries", total) % {"count": total}


def heading(counted: str, wanted: GalleryFilter, terms: Sequence[Term]) -> str:
    """Return the line above the results: "17 stories about reproducibility with Openscapes, 2024"."""
    parts = [counted]
    for key, phrase in PHRASES.items():
        if names := [term.name for term in terms if term.key == key]:
            parts.append(phrase % {"names": either(names)})
    if wanted.q:
        parts.append(_("matching “%(text)s”") % {"text": wanted.q})
    times = (either(wanted.year), period(wanted))
    return ", ".join([" ".join(parts), *(time for time in times if time)])


def either(names: Sequence[str]) -> str:
    """Return names as alternatives: "a, b or c"."""
    if len(names) > MAX_NAMES:
        names = [*names[: MAX_NAMES - 1], _("others")]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
