"""What a share image shows. Its address is known from this alone, long before the image is made."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from impact.branding.frame import Frame
from impact.branding.models import SiteSettings

if TYPE_CHECKING:
    from impact.media.models import ImpactImage

# What networks ask for, in pixels.
WIDTH, HEIGHT = 1200, 630
# Raised when the same words are drawn differently.
DRAWN_AS = 2


@dataclass(frozen=True)
class Brand:
    """Whose pages are shared. `paper` is empty where none was chosen; `fonts` one of the pairs."""

    organisation: str
    accent: str
    tagline: str = ""
    logo: "ImpactImage | None" = None
    paper: str = ""
    fonts: str = ""

    @classmethod
    def of(cls, source: Frame | SiteSettings) -> "Brand":
        """Return the brand of a site, from its frame or from its settings."""
        return cls(
            source.organisation,
            source.accent,
            source.tagline,
            source.logo,
            source.paper,
            source.fonts,
        )


@dataclass(frozen=True)
class ShareCard:
    """The words and pictures of a share image.

    `label` stands above the title; `colour` is its thread, as `#rrggbb`. `whole` is for a logo, which is
    never cropped; `sign` stands large where there is no picture: a year, an initial.
    """

    title: str
    brand: Brand
    label: str = ""
    colour: str = ""
    picture: "ImpactImage | None" = None
    whole: bool = False
    sign: str = ""

    @property
    def digest(self) -> str:
        """A short hash of all that is drawn."""
        shown = (
            DRAWN_AS,
            self.title,
            self.label,
            self.colour,
            self.whole,
            self.sign,
            _identity(self.picture),
            self.brand.organisation,
            self.brand.accent,
            self.brand.paper,
            self.brand.fonts,
            tuple(settings.SHARE_FONTS),
            _identity(self.brand.logo),
        )
        return blake2b(repr(shown).encode(), digest_size=10).hexdigest()

    def path(self, page_id: int) -> str:
        """Return the address of the image of a page, without the host."""
        return reverse("share_image", args=(page_id, self.digest))


def _identity(image: "ImpactImage | None") -> tuple[object, ...]:
    """Return what changes when a picture looks different."""
    if image is None:
        return ()
    focus = (image.focal_point_x, image.focal_point_y)
    return (image.pk, image.file.name, *focus, image.focal_point_width, image.focal_point_height)
