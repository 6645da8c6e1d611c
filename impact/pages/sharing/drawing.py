"""Draws a share image: words on paper at the left, the picture at the right, never one over the other.

So the words are read whatever the picture is. What has no words that the fonts can write shows its picture
alone, with the logo.
"""

import logging
from dataclasses import dataclass
from io import BytesIO
from math import hypot

from PIL import Image, ImageColor, ImageDraw, ImageOps
from wagtail.images.models import Filter

from impact.branding.colour import PAPER_LIGHT, for_themes, to_hex
from impact.branding.fonts import faces
from impact.branding.palette import INK as INK_ROLE
from impact.media.models import ImpactImage
from impact.media.renditions import UNREADABLE
from impact.pages.sharing.card import HEIGHT, WIDTH, ShareCard
from impact.pages.sharing.lettering import Face, Family, fitted, right_to_left, writable

logger = logging.getLogger(__name__)

INK = to_hex(INK_ROLE)
WHITE = "#ffffff"

MARGIN = 64
# How much of the width the picture has, in pixels, and what stands in for one.
PICTURE, PATTERN = 480, 400
STRIPE = 14
TITLE_SIZES = range(92, 34, -4)
LEADING = 1.12
LOGO = (280, 76)
QUALITY = 88


@dataclass(frozen=True)
class _Looks:
    """How the site looks: colours as `#rrggbb`, and the families of headings and text."""

    paper: str
    thread: str
    headings: Family
    weight: int
    text: Family

    @classmethod
    def of(cls, card: ShareCard) -> "_Looks":
        """Return the looks of the card's site."""
        chosen = faces(card.brand.fonts)
        return cls(
            paper=card.brand.paper or to_hex(PAPER_LIGHT),
            thread=to_hex(for_themes(card.colour or card.brand.accent)[0]),
            headings=chosen.drawn_headings,
            weight=chosen.weight,
            text=chosen.drawn_text,
        )


def draw(card: ShareCard) -> bytes:
    """Return the image as JPEG."""
    looks = _Looks.of(card)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), looks.paper)
    title = writable(card.title, looks.headings)
    if title:
        picture = _picture(card, PICTURE)
        edge = WIDTH - (PICTURE if picture else PATTERN)
        _fill(canvas, card, looks, picture, edge)
        _write(canvas, card, looks, title, edge)
    else:
        picture = _picture(card, WIDTH)
        _fill(canvas, card, looks, picture, 0)
        _sign_off(canvas, card, looks)
    ImageDraw.Draw(canvas).rectangle((0, 0, STRIPE - 1, HEIGHT), fill=looks.thread)
    buffer = BytesIO()
    canvas.save(buffer, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return buffer.getvalue()


def _write(canvas: Image.Image, card: ShareCard, looks: _Looks, title: str, edge: int) -> None:
    """Write label, title and organisation into the left part, each from the side where it is read."""
    brush = ImageDraw.Draw(canvas)
    left, width = STRIPE + MARGIN, edge - STRIPE - 2 * MARGIN

    def at(face: Face, line: str, baseline: float) -> tuple[float, float]:
        start = left + width - face.width(line) if right_to_left(title) else left
        return start, baseline

    top = MARGIN
    if label := writable(card.label, looks.text):
        face, lines = fitted(label, looks.text, range(28, 27, -1), width, 28, 1, weight=600)
        face.draw(brush, at(face, lines[0], top + 24), lines[0], looks.thread)
        top += 56
    bottom = HEIGHT - MARGIN - _brand(canvas, card, looks, left, HEIGHT - MARGIN, width) - 36
    face, lines = fitted(
        title, looks.headings, TITLE_SIZES, width, bottom - top, LEADING, looks.weight
    )
    baseline = top + face.size * 0.86
    for line in lines:
        face.draw(brush, at(face, line, baseline), line, INK)
        baseline += face.size * LEADING


def _brand(
    canvas: Image.Image, card: ShareCard, looks: _Looks, left: int, bottom: int, width: int
) -> int:
    """Put logo or name at the bottom; return how high it is."""
    logo = _logo(card)
    if logo is not None:
        logo.thumbnail((min(LOGO[0], width), LOGO[1]), Image.Resampling.LANCZOS)
        canvas.paste(logo, (left, bottom - logo.height), logo)
        return logo.height
    name = writable(card.brand.organisation, looks.headings)
    if not name:
        return 0
    face, [line, *_rest] = fitted(
        name, looks.headings, range(36, 24, -2), width, 40, LEADING, looks.weight
    )
    face.draw(ImageDraw.Draw(canvas), (left, bottom - 6), line, INK)
    return face.size


def _sign_off(canvas: Image.Image, card: ShareCard, looks: _Looks) -> None:
    """Put logo or name on a slip of paper in the corner of what has no title."""
    slip = Image.new("RGB", (WIDTH, HEIGHT), looks.paper)
    height = _brand(slip, card, looks, 40, HEIGHT - 36, 520)
    if height:
        ink = ImageOps.invert(slip.convert("L")).point(lambda value: 255 if value > 24 else 0)
        box = ink.getbbox() or (0, 0, 0, 0)
        paper = slip.crop((0, HEIGHT - height - 72, box[2] + 40, HEIGHT))
        canvas.paste(paper, (STRIPE, HEIGHT - paper.height))


def _fill(
    canvas: Image.Image, card: ShareCard, looks: _Looks, picture: Image.Image | None, edge: int
) -> None:
    """Fill the right part: with the picture, a logo on white, a sign, or a pattern."""
    space = (WIDTH - edge, HEIGHT)
    if picture is not None and card.whole:
        ImageDraw.Draw(canvas).rectangle((edge, 0, WIDTH, HEIGHT), fill=WHITE)
        picture = ImageOps.contain(picture, (space[0] - 120, min(320, HEIGHT - 240)))
        at = edge + (space[0] - picture.width) // 2, (HEIGHT - picture.height) // 2
        canvas.paste(picture, at, picture)
    elif picture is not None:
        canvas.paste(ImageOps.fit(picture, space, Image.Resampling.LANCZOS), (edge, 0))
    else:
        canvas.paste(_pattern(card, space, looks), (edge, 0))


def _pattern(card: ShareCard, space: tuple[int, int], looks: _Looks) -> Image.Image:
    """Return rings around a point that follows from the title; a sign stands before them."""
    thread, ground = looks.thread, _mixed(looks.thread, looks.paper, 0.12)
    # Twice as large, so that the lines come out smooth.
    width, height = (2 * side for side in space)
    panel = Image.new("RGB", (width, height), ground)
    brush = ImageDraw.Draw(panel)
    seed = int(card.digest[:8], 16) if not card.sign else 0
    x, y = width * (0.2 + seed % 61 / 100), height * (0.15 + seed // 61 % 71 / 100)
    step, heavy = 64 + seed // 7 % 24, 3 + seed // 11 % 3
    for number in range(1, int(hypot(width, height) / step) + 1):
        radius = step * number
        line = _mixed(thread, ground, max(0.12, 0.55 - 0.035 * number))
        weight = 12 if number % heavy == 0 else 4
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), outline=line, width=weight)
    panel = panel.resize(space, Image.Resampling.LANCZOS)
    if sign := writable(card.sign, looks.headings):
        face = Face(looks.headings, 320 if len(sign) == 1 else 150, looks.weight)
        at = (space[0] - face.width(sign)) / 2, space[1] / 2 + face.size * 0.33
        face.draw(ImageDraw.Draw(panel), at, sign, thread)
    return panel


def _picture(card: ShareCard, width: int) -> Image.Image | None:
    """Return the card's picture, cropped around its focal point; none for a drawing or a broken file."""
    if card.picture is None or card.picture.is_svg():
        return None
    if card.whole:
        return _read(card.picture, "max-720x640|format-png")
    found = _read(card.picture, f"fill-{width}x{HEIGHT}|format-jpeg|jpegquality-92")
    return found and found.convert("RGB")


def _logo(card: ShareCard) -> Image.Image | None:
    logo = card.brand.logo
    return None if logo is None or logo.is_svg() else _read(logo, "max-560x152|format-png")


def _read(image: ImpactImage, spec: str) -> Image.Image | None:
    """Return a copy of a picture that is kept nowhere, with its transparency."""
    try:
        return Image.open(image.generate_rendition_file(Filter(spec=spec))).convert("RGBA")
    except UNREADABLE as error:
        logger.warning("The picture %s (%s) can't be read: %s", image.pk, image.file, error)
        return None


def _mixed(colour: str, ground: str, share: float) -> str:
    """Return a colour laid on a ground, of which so much shows."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(ground)[:3], strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
