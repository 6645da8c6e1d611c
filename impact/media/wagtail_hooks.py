"""What filters of pictures may say besides Wagtail's own operations."""

from wagtail import hooks
from wagtail.images.image_operations import FilterOperation

from impact.media.moving import MOVING, MovingOperation


@hooks.register("register_image_operations")
def image_operations() -> list[tuple[str, type[FilterOperation]]]:
    """Add the copy that moves."""
    return [(MOVING, MovingOperation)]
