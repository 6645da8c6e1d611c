"""What a page needs to be quick, made in the background when it is published."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page

from impact.branding.models import SiteSettings
from impact.media.indexing import waits
from impact.media.models import ImpactImage
from impact.media.renditions import missing, noting
from impact.media.tasks import make_copies
from impact.media.turns import BusyError
from impact.pages.models import BasePage
from impact.pages.sharing.card import Brand
from impact.pages.sharing.store import forget, share_image

logger = logging.getLogger(__name__)

# What upper packages show of a page in other places.
Show = Callable[[BasePage], object]
_elsewhere: list[Show] = []


def shown_elsewhere(show: Show) -> None:
    """Let `show(page)` write a page as it stands elsewhere (a feed), so that its pictures are ready there."""
    if show not in _elsewhere:
        _elsewhere.append(show)


@task(backend="pictures")
def prepare_page(page_id: int) -> int:
    """Make the copies of pictures that a live page shows, and its share image; return how many copies."""
    page = Page.objects.filter(pk=page_id, live=True).specific().first()
    if not isinstance(page, BasePage):
        return 0
    made = make_copies(copies_of(page))
    prepare_share_image(page)
    return made


def prepare_share_image(page: BasePage) -> bool:
    """Make the image that stands for a page where it is shared; return whether it is there."""
    site = page.get_site()
    if site is None:
        return False
    try:
        share_image(page.pk, page.share_card(Brand.of(SiteSettings.for_site(site))))
    except BusyError:
        logger.info("The share image of page %s is made when somebody asks for it.", page.pk)
        return False
    return True


def copies_of(page: BasePage) -> dict[ImpactImage, list[str]]:
    """Return the copies that are missing where the page is shown, also elsewhere; of an article, in lists."""
    with noting() as noted:
        # As a visitor would ask for it, with all that the layout shows.
        page.make_preview_request(preview_mode=page.default_preview_mode)
        for show in _elsewhere:
            show(page)
    if page.share_kind == "article" and (image := page.share_image):
        noted[image.pk].update(missing(image))
    images = ImpactImage.objects.in_bulk(noted)
    return {images[pk]: sorted(specs) for pk, specs in noted.items() if specs and pk in images}


def after_publishing(sender: type, instance: Page, **kwargs: Any) -> None:
    """Receive `page_published`."""
    if not waits():
        prepare_page.enqueue(instance.pk)


def after_deleting(sender: type, instance: Any, **kwargs: Any) -> None:
    """Receive `post_delete` of pages."""
    if isinstance(instance, BasePage):
        transaction.on_commit(partial(forget, instance.pk), robust=True)
