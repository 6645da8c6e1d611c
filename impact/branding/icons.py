"""The sign of a site in tabs and on home screens: a square logo, or an initial in the accent colour."""

from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from impact.branding.colour import to_hex
from impact.branding.palette import LIGHT_ROLES, palette

if TYPE_CHECKING:
    from impact.branding.models import SiteSettings
    from impact.media.models import ImpactImage

# In pixels: tabs, home screens of iOS, of Android, and its opening screen.
SIZES = (32, 180, 192, 512)
# iOS shows what is transparent as black.
OPAQUE = 180
# What the initial is drawn with; a letter that none of them has is left out.
_FONTS = ("serif.woff2", "serif-ext.woff2")
_ON_ACCENT = to_hex(LIGHT_ROLES["on-accent"])


@dataclass(frozen=True)
class Icon:
    """A site's sign; `image` is the logo where it can stand in a square, `colours` accent and paper."""

    initial: str
    accent: str
    paper: str
    image: "ImpactImage | None" = None

    @property
    def version(self) -> str:
        """A short hash of all that it is drawn from."""
        image = (self.image.pk, self.image.file.name) if self.image else None
        text = repr((self.initial, self.accent, self.paper, image))
        return blake2b(text.encode(), digest_size=6).hexdigest()

    @property
    def drawing(self) -> str:
        """The address of the logo where it is an SVG drawing, which fits every size by itself."""
        return self.image.file.url if self.image and self.image.is_svg() else ""


def is_symbol(image: "ImpactImage") -> bool:
    """Return whether a logo is a sign without words, rather than a line of them."""
    return bool(image.width < 2 * image.height)


def icon_of(site: "SiteSettings") -> Icon:
    """Return the sign of a site."""
    image = site.icon or (site.logo if site.logo and is_symbol(site.logo) else None)
    colours = palette(site.accent, site.highlight, site.paper)
    initial = next((letter for letter in site.organisation if letter.isalnum()), "")
    return Icon(initial[:1].upper()[:1], to_hex(colours.light["accent"]), colours.papers[0], image)


def initial_svg(icon: Icon) -> str:
    """Return the initial as a drawing; its letter is the reader's own font."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{icon.accent}"/>'
        f'<text x="32" y="46" fill="{_ON_ACCENT}" font-family="Charter,Georgia,serif" font-size="42"'
        f' text-anchor="middle">{escape(icon.initial)}</text></svg>'
    )


def png(icon: Icon, size: int) -> bytes:
    """Return the sign as a PNG of so many pixels a side; one of `UNREADABLE` where its file can't be read."""
    return _encoded(_drawn(icon, size), "PNG")


def ico(icon: Icon) -> bytes:
    """Return the sign as the file that browsers ask for without being told; the same errors."""
    return _encoded(_drawn(icon, 32), "ICO")


def _drawn(icon: Icon, size: int) -> Image.Image:
    if icon.image and not icon.image.is_svg():
        return _from_logo(icon, icon.image, size)
    return _initial(icon, size)


def _from_logo(icon: Icon, logo: "ImpactImage", size: int) -> Image.Image:
    with logo.open_file() as file, Image.open(file) as opened:
        square = ImageOps.pad(opened.convert("RGBA"), (size, size), color=(0, 0, 0, 0))
    if size != OPAQUE:
        return square
    ground = Image.new("RGBA", (size, size), icon.paper)
    ground.alpha_composite(square)
    return ground.convert("RGB")


def _initial(icon: Icon, size: int) -> Image.Image:
    # Drawn large, so that round corners are smooth when it is made small.
    side = max(size * 2, 256)
    drawn = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pencil = ImageDraw.Draw(drawn)
    # Home screens cut the corners of what fills the square themselves.
    corner = 0 if size == OPAQUE else side * 3 // 16
    pencil.rounded_rectangle((0, 0, side - 1, side - 1), corner, fill=icon.accent)
    font = _font(icon.initial, side * 5 // 8)
    if font:
        left, top, right, bottom = font.getbbox(icon.initial)
        middle = ((side - left - right) / 2, (side - top - bottom) / 2)
        pencil.text(middle, icon.initial, fill=_ON_ACCENT, font=font)
    return drawn.resize((size, size), Image.Resampling.LANCZOS)


def _font(letter: str, size: int) -> ImageFont.FreeTypeFont | None:
    """Return a font that has a letter."""
    for name in _FONTS:
        font = ImageFont.truetype(str(settings.BASE_DIR / "static" / "fonts" / name), size)
        if letter and bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")):
            return font
    return None


def _encoded(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    # An icon file could hold several sizes; this one is asked for only by what has not read the page.
    image.save(file, kind, sizes=[image.size], optimize=True)
    return file.getvalue()
