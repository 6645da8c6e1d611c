"""Copies of pictures without what cameras write into them: the place, the person, the serial number."""

from typing import Any

from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter

# What a picture needs to look right; everything else in it is about where it comes from.
KEPT = frozenset({"background", "duration", "gamma", "icc_profile", "loop", "transparency"})


class _Forget(FilterOperation):
    """Drops the notes that Willow would copy; the camera's orientation has been applied before."""

    def construct(self) -> None:
        """Take no arguments."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        """Leave in the picture what is needed to show it."""
        info = getattr(willow.image, "info", None)
        if isinstance(info, dict):
            willow.image.info = {key: value for key, value in info.items() if key in KEPT}
        return willow


class SilentFilter(Filter):
    """A filter whose copies say nothing but what they show."""

    @property
    def filter_operations(self) -> list[FilterOperation]:
        """Forget last, whatever the other operations are."""
        return [*super().filter_operations, _Forget("forget")]
