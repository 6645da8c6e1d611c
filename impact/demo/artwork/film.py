"""A short silent film of a buoy's way, so that the video block has something of our own to show.

A WebP picture is a VP8 key frame in a wrapper, and WebM is a container for VP8; so a row of Pillow's
pictures becomes a film by repacking their bytes, without a video encoder.
"""

import struct
from io import BytesIO

from PIL import ImageFilter

from impact.demo.artwork.palette import PALETTES
from impact.demo.artwork.plate import Plate
from impact.demo.artwork.water import drift

SIZE = (720, 480)
FRAMES = 31
HELD = 9  # the last position stands still for a while
MILLISECONDS = 165


def film() -> bytes:
    """Return the film as a WebM file."""
    frames = [_frame(2 + round(88 * number / (FRAMES - 1))) for number in range(FRAMES)]
    return _webm([*frames, *[frames[-1]] * HELD])


def captions() -> str:
    """Return what the film shows, in WebVTT."""
    return """WEBVTT

00:00.000 --> 00:02.200
[No sound] Buoy 14 is let go south of the bay and drifts along the coast.

00:02.200 --> 00:04.400
It turns twice in the eddy that fishers call the Kettle.

00:04.400 --> 00:06.600
After 90 days it comes ashore, below the red ring.
"""


def _frame(days: int) -> bytes:
    """Return one picture as a VP8 key frame."""
    plate = Plate(SIZE, PALETTES["water"], "buoy-14")
    drift(plate, days=days)
    buffer = BytesIO()
    # Film has no grain: each picture would carry it again.
    plate.sheet.filter(ImageFilter.GaussianBlur(1)).save(buffer, "WEBP", quality=42, method=2)
    data = buffer.getvalue()
    start = data.index(b"VP8 ")
    (size,) = struct.unpack("<I", data[start + 4 : start + 8])
    return data[start + 8 : start + 8 + size]


def _element(name: str, content: bytes) -> bytes:
    """Return an EBML element: identifier, size, content."""
    return bytes.fromhex(name) + struct.pack(">Q", len(content) | 1 << 56) + content


def _number(name: str, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _webm(frames: list[bytes]) -> bytes:
    """Return key frames as a film: header, times, one track, one cluster."""
    header = _element(
        "1a45dfa3",
        _number("4286", 1)
        + _number("42f7", 1)
        + _number("42f2", 4)
        + _number("42f3", 8)
        + _element("4282", b"webm")
        + _number("4287", 2)
        + _number("4285", 2),
    )
    length = _element("4489", struct.pack(">d", float(len(frames) * MILLISECONDS)))
    info = _element(
        "1549a966",
        _number("2ad7b1", 1_000_000)
        + length
        + _element("4d80", b"impact")
        + _element("5741", b"impact"),
    )
    picture = _element("e0", _number("b0", SIZE[0]) + _number("ba", SIZE[1]))
    track = (
        _number("d7", 1)
        + _number("73c5", 1)
        + _number("83", 1)
        + _element("86", b"V_VP8")
        + picture
    )
    blocks = b"".join(
        _element("a3", b"\x81" + struct.pack(">h", number * MILLISECONDS) + b"\x80" + frame)
        for number, frame in enumerate(frames)
    )
    cluster = _element("1f43b675", _number("e7", 0) + blocks)
    return header + _element(
        "18538067", info + _element("1654ae6b", _element("ae", track)) + cluster
    )
