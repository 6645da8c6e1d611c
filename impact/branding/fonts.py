"""The typefaces that an organisation can choose from: families of base.css, and what is fetched ahead. Pure.

Every face stands in the style sheet with its metric-adjusted fallbacks; browsers fetch only what a page
shows, so the choice is two families and the files of their first words.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fonts(models.TextChoices):
    """What the setting offers."""

    NEWSREADER = "newsreader", _("Newsreader and Source Sans: a magazine")
    BRICOLAGE = "bricolage", _("Bricolage Grotesque and Atkinson Hyperlegible: a notice board")
    SYSTEM = "system", _("The reader’s own fonts: nothing to download")


@dataclass(frozen=True)
class Faces:
    """The families of headings and text, and which files every page shows.

    `drawn_headings` and `drawn_text` are the files, in the order in which they are asked for a letter, that
    images are lettered with; the reader's own fonts can't be known there.
    """

    headings: str
    text: str
    weight: int
    preload: tuple[str, ...] = ()
    drawn_headings: tuple[str, ...] = ("serif.woff2", "serif-ext.woff2")
    drawn_text: tuple[str, ...] = ("sans.woff2", "sans-ext.woff2")


FACES: dict[str, Faces] = {
    Fonts.NEWSREADER: Faces(
        headings='"Impact Serif","Serif Fallback","Serif Fallback 2",serif',
        text='"Impact Sans","Sans Fallback",system-ui,sans-serif',
        weight=520,
        preload=("fonts/sans.woff2", "fonts/serif.woff2"),
    ),
    Fonts.BRICOLAGE: Faces(
        headings='"Impact Grotesque","Grotesque Fallback",system-ui,sans-serif',
        text='"Impact Legible","Legible Fallback",system-ui,sans-serif',
        weight=650,
        preload=("fonts/legible.woff2", "fonts/grotesque.woff2"),
        drawn_headings=("grotesque.woff2", "grotesque-ext.woff2"),
        drawn_text=("legible.woff2", "legible-ext.woff2"),
    ),
    Fonts.SYSTEM: Faces(
        headings='Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif',
        text="system-ui,sans-serif",
        weight=500,
    ),
}


def faces(choice: str) -> Faces:
    """Return what was chosen; what nobody offers any more is the first pair."""
    return FACES.get(choice, FACES[Fonts.NEWSREADER])
