"""Copies of pictures, made in the background."""

from collections.abc import Callable
from typing import Any

from django_tasks import task

from impact.freshness.models import Scope
from impact.freshness.state import mark
from impact.media.indexing import waits
from impact.media.models import ImpactImage
from impact.media.renditions import make, missing


@task(backend="pictures")
def make_usual_copies(image_id: int) -> int:
    """Make the copies that lists, a page of its own and shares show of a picture; return how many."""
    image = ImpactImage.objects.filter(pk=image_id).first()
    return make_copies({image: missing(image)}) if image else 0


def make_copies(
    wanted: dict[ImpactImage, list[str]], progress: Callable[[int], object] = lambda made: None
) -> int:
    """Make copies of pictures by their filters, and let pages that are kept name them; return how many.

    `progress(number)` is called after each picture, with how many were wanted of it.
    """
    made = 0
    for image, specs in wanted.items():
        made += make(image, specs) if specs else 0
        progress(len(specs))
    if made:
        # What was shown meanwhile names the addresses at which copies are made when somebody asks.
        mark(Scope.SITE, "media.impactrendition")
    return made


def after_upload(sender: type, instance: ImpactImage, **kwargs: Any) -> None:
    """Receive `post_save` of a picture: it is new, or another file, or cropped another way."""
    if not kwargs.get("raw") and not waits():
        make_usual_copies.enqueue(instance.pk)
