"""AVIF as Willow writes it, in a quarter of the time for a file that is a few per cent larger."""

from functools import partial
from typing import Any

from PIL.Image import Image
from willow.plugins.pillow import PillowImage
from willow.registry import registry

# Of 0 to 10; Pillow's own is 6.
SPEED = 8


def save_as_avif(image: PillowImage, file: Any, **options: Any) -> Any:
    """Write a picture as AVIF; the options are Willow's."""
    plain: Image = image.image
    # Willow has no option for it: it saves a picture that says itself how.
    quick = PillowImage(plain.copy())
    quick.image.save = partial(quick.image.save, speed=SPEED)
    return PillowImage.save_as_avif(quick, file, **options)


def register() -> None:
    """Let Willow use it."""
    registry.register_operation(PillowImage, "save_as_avif", save_as_avif)
