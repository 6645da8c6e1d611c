"""Pictures that move: what is stored of them, what is shown, and for whom they stand still."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.test import Client
from PIL import Image

from impact.media import moving, renditions
from impact.media.models import ImpactImage
from impact.media.renditions import missing, picture, prepare
from tests.factories import make_image

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

COLOURS = [(200, 40, 40), (40, 160, 60), (40, 60, 200), (230, 200, 60)]


def animation(kind: str, size: tuple[int, int] = (1000, 600), **options: Any) -> ImpactImage:
    """Four frames of one colour with a slope, which GIF packs badly."""
    slope = Image.linear_gradient("L").resize(size)
    frames = [
        Image.merge("RGB", [slope.point(lambda v, p=p: v * p // 255) for p in c]) for c in COLOURS
    ]
    buffer = BytesIO()
    options = {"duration": [100, 200, 300, 400], "loop": 0, **options}
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], **options)
    name = f"moving.{kind.lower()}"
    return ImpactImage.objects.create(
        title="Moving", description="A light", file=ImageFile(BytesIO(buffer.getvalue()), name=name)
    )


def show(image: ImpactImage, profile: str) -> str:
    template = Template(f'{{% load impact_tags %}}{{% picture_of image "{profile}" %}}')
    return template.render(Context({"image": image}))


def copy_of(image: ImpactImage, spec: str) -> Any:
    return Image.open(image.get_rendition(spec).file)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_it_goes_on_in_a_text_and_stands_still_in_lists(client: Client, kind: str) -> None:
    image = animation(kind)
    assert image.animated
    markup = show(image, "figure")
    assert markup.count('media="(prefers-reduced-motion: reduce)"') == 2
    [src] = re.findall(r'<img src="([^"]+)"', markup)
    assert client.get(src).status_code == 302
    moved = copy_of(image, "width-800|format-webp|moving")
    assert (moved.format, moved.size, moved.n_frames) == ("WEBP", (800, 480), 4)
    durations = []
    for number in range(4):
        moved.seek(number)
        moved.load()
        durations.append(moved.info["duration"])
    assert durations == [100, 200, 300, 400]
    assert "reduced-motion" not in show(image, "card")
    assert copy_of(image, "fill-400x267|format-webp").n_frames == 1


def test_it_is_smaller_than_the_file_and_says_where_it_is() -> None:
    image = animation("GIF")
    prepare(image, "figure")
    again = ImpactImage.objects.get(pk=image.pk)
    assert missing(again, "figure") == []
    renditions.prefetch([again], "figure")
    found = picture(again, "figure")
    assert found
    assert found.moving.endswith(".webp")
    # What takes one picture only gets one that never moves.
    assert found.src.endswith(".jpg")
    assert image.get_rendition("width-800|format-webp|moving").file.size < image.file.size


def test_a_gif_stays_as_it_is_where_webp_is_no_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    small = animation("GIF", size=(8, 8))
    assert copy_of(small, "width-400|format-webp|moving").format == "GIF"
    monkeypatch.setattr(moving, "MOST", 1000)
    large = animation("GIF", size=(500, 300))
    assert copy_of(large, "width-400|format-webp|moving").size == (500, 300)


def test_pictures_of_one_frame_and_broken_files_do_not_move() -> None:
    assert not make_image().animated
    assert not moving.moves(ImageFile(BytesIO(b"GIF89a and nothing"), name="broken.gif"))
