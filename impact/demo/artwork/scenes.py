"""Every scene by its name, and the one function that prints a picture."""

from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from impact.demo.artwork import bench, land, marks, sky, water
from impact.demo.artwork.palette import PALETTES
from impact.demo.artwork.plate import Plate

Scene = Callable[..., None]

SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        land.hills,
        land.dunes,
        land.rain,
        land.contours,
        land.fields,
        land.soil,
        land.roofs,
        land.rose,
        water.river,
        water.wells,
        water.waves,
        water.drift,
        water.reef,
        water.seagrass,
        water.stilts,
        water.microscope,
        sky.chart,
        sky.trails,
        sky.meteors,
        sky.street,
        sky.moths,
        sky.chimneys,
        sky.flakes,
        sky.breath,
        bench.dial,
        bench.bottles,
        bench.shelf,
        bench.notebook,
        bench.tools,
        bench.parcels,
        bench.hands,
        bench.sheets,
        bench.shopfront,
        marks.portrait,
        marks.emblem,
    )
}

LANDSCAPE = (1600, 1067)
SQUARE = (800, 800)


def draw(scene: str, inks: str, seed: str, **options: Any) -> Image.Image:
    """Return the picture of a scene in the inks of a category; the same for the same arguments.

    Pictures are opaque, but for emblems drawn bare.

    Raises `KeyError` for a scene or inks that there are not.
    """
    if scene == "wordmark":
        return wordmark(inks, seed, **options)
    square = scene in ("portrait", "emblem")
    plate = Plate(SQUARE if square else LANDSCAPE, PALETTES[inks], seed)
    SCENES[scene](plate, **options)
    if scene != "emblem":
        return plate.finish()
    if options.get("bare"):
        plate.sheet.putalpha(plate.covered)
    return plate.sheet


def wordmark(inks: str, seed: str, *, text: str, dark: bool = False) -> Image.Image:
    """Return the organisation's sign with its name beside it, on nothing."""
    sign = draw("emblem", inks, seed, form="orrery", bare=True, dark=dark).resize((420, 420))
    palette = PALETTES[inks]
    font = ImageFont.load_default(size=190)
    left, top, right, bottom = font.getbbox(text)
    sheet = Image.new("RGBA", (round(470 + right - left), 420), (0, 0, 0, 0))
    sheet.paste(sign, (0, 0))
    place = (455 - left, 210 - (top + bottom) / 2)
    ink = palette.paper if dark else palette.ink
    ImageDraw.Draw(sheet).text(place, text, fill=ink, font=font, stroke_width=1.5, stroke_fill=ink)
    return sheet
