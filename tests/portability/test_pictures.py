"""What is taken as a picture, and how a large one is made smaller."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from impact.portability import pictures
from impact.portability.pictures import FileRefusedError, check_picture, scaled
from tests.portability.pictures import animation, encoded, picture

SIDE = 64
KINDS = {"avif": "AVIF", "gif": "GIF", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits, so that the pictures are small and the tests are fast."""
    monkeypatch.setattr(pictures, "LONGEST_SIDE", SIDE)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def smaller(tmp_path: Path, data: bytes, suffix: str = "png") -> Image.Image:
    return Image.open(scaled(write(tmp_path / f"a.{suffix}", data)))


@pytest.mark.parametrize(("suffix", "kind"), KINDS.items())
def test_a_picture_is_measured(tmp_path: Path, suffix: str, kind: str) -> None:
    data = picture(kind, (40, 30))
    measured = check_picture(write(tmp_path / f"a.{suffix}", data))
    assert (measured.width, measured.height, measured.size) == (40, 30, len(data))
    assert (measured.oversized, measured.scaled, measured.megabytes) == (False, False, 1)


@pytest.mark.parametrize(("suffix", "kind"), KINDS.items())
def test_a_picture_that_breaks_off_is_refused(tmp_path: Path, suffix: str, kind: str) -> None:
    noise = encoded(Image.effect_noise((60, 60), 80).convert("RGB"), kind)
    with pytest.raises(FileRefusedError, match="damaged"):
        check_picture(write(tmp_path / f"a.{suffix}", noise[: len(noise) * 2 // 3]))


def test_what_follows_the_end_of_a_picture_does_no_harm(tmp_path: Path) -> None:
    assert check_picture(write(tmp_path / "a.jpg", picture("JPEG") + b"maker's notes")).width == 20
    assert check_picture(write(tmp_path / "b.jpg", picture("JPEG") + b"\0" * 9000)).width == 20


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.svg", b"<svg/>", "no SVG drawing"),
        ("a.svgz", b"\x1f\x8b", "files of type .svgz"),
        ("a.html", b"<p>", "files of type .html"),
        ("a", b"", "files of type unknown"),
        ("a.png", b"", "damaged"),
        ("a.png", b"<html>", "damaged"),
        ("a.png", picture("BMP"), "type BMP"),
        ("a.jpg", picture("TIFF"), "type TIFF"),
    ],
)
def test_what_is_no_picture_here_is_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(FileRefusedError, match=reason):
        check_picture(write(tmp_path / name, data))


@pytest.mark.parametrize("size", [(150, 100), (250, 100)], ids=["warned of", "an error"])
def test_a_decompression_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    with pytest.raises(FileRefusedError, match="more than 10000 pixels"):
        check_picture(write(tmp_path / "a.png", picture("PNG", size)))


def test_a_file_beyond_all_measure_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_SOURCE_BYTES", 1 << 20)
    with pytest.raises(FileRefusedError, match="larger than 1 MB"):
        check_picture(write(tmp_path / "a.png", picture() + b"\0" * (1 << 20)))


@pytest.mark.parametrize(("suffix", "kind"), KINDS.items())
@pytest.mark.parametrize(
    ("size", "expected"),
    {(200, 100): (64, 32), (100, 200): (32, 64), (65, 64): (64, 63), (900, 1): (64, 1)}.items(),
)
def test_a_large_picture_becomes_smaller_in_its_own_format(
    tmp_path: Path, suffix: str, kind: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    path = write(tmp_path / f"a.{suffix}", picture(kind, size, (200, 30, 60)))
    assert check_picture(path).scaled
    copy = Image.open(scaled(path))
    assert (copy.format, copy.size) == (kind, expected)
    colour = copy.convert("RGB").getpixel((expected[0] // 2, 0))
    assert all(abs(a - b) < 12 for a, b in zip(colour, (200, 30, 60), strict=True))


def test_a_picture_of_few_pixels_is_never_enlarged(tmp_path: Path) -> None:
    assert smaller(tmp_path, picture("PNG", (30, 20))).size == (30, 20)


def test_a_picture_of_many_bytes_becomes_small_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = encoded(Image.effect_noise((60, 60), 80), "PNG")
    monkeypatch.setattr(pictures, "MAX_BYTES", len(noise) // 2)
    path = write(tmp_path / "a.png", noise)
    assert check_picture(path).scaled
    copy = scaled(path)
    assert len(copy.getvalue()) <= len(noise) // 2
    assert Image.open(copy).size == (36, 36)


def test_a_photograph_stands_upright_keeps_its_colours_and_forgets_where_it_was(
    tmp_path: Path,
) -> None:
    photo = Image.new("RGB", (200, 100), (255, 255, 255))
    ImageDraw.Draw(photo).rectangle((0, 0, 99, 99), fill=(0, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter to the left: its left side is up
    exif[0x013B] = "A photographer"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(photo, "JPEG", exif=exif, icc_profile=profile, comment=b"from my garden")
    copy = smaller(tmp_path, data, "jpg")
    assert copy.size == (32, 64)
    assert max(copy.getpixel((16, 5))) < 30
    assert min(copy.getpixel((16, 58))) > 225
    assert copy.info["icc_profile"] == profile
    assert not dict(copy.getexif())
    assert "comment" not in copy.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_colour_becomes_smaller(tmp_path: Path, mode: str) -> None:
    assert smaller(tmp_path, encoded(Image.new(mode, (200, 100)), "PNG")).size == (64, 32)


def test_a_picture_for_print_becomes_smaller(tmp_path: Path) -> None:
    copy = smaller(tmp_path, encoded(Image.new("CMYK", (200, 100)), "JPEG"), "jpg")
    assert (copy.mode, copy.size) == ("CMYK", (64, 32))


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    palette = Image.new("P", (200, 100), 1)
    palette.putpalette([0, 0, 0, 250, 0, 0])
    copy = smaller(tmp_path, encoded(palette, "PNG", transparency=1))
    assert copy.convert("RGBA").getpixel((10, 10))[3] == 0


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_is_left_as_it_is(tmp_path: Path, kind: str) -> None:
    measured = check_picture(write(tmp_path / f"a.{kind.lower()}", animation(kind, (200, 100))))
    assert (measured.oversized, measured.scaled) == (True, False)


def test_what_moves_and_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 50_000)
    with pytest.raises(FileRefusedError, match="an animation"):
        check_picture(write(tmp_path / "a.gif", animation("GIF", (200, 100))))


def test_the_further_pictures_of_a_camera_are_no_animation(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", animation("MPO", (200, 100)))
    assert check_picture(path).scaled
    assert Image.open(BytesIO(scaled(path).getvalue())).format == "JPEG"
