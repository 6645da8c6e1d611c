"""Makes the copy of a lead image that feeds, mail and shares show, before anybody asks for it."""

from functools import partial
from typing import Any

from django.db import transaction

from impact.entries.models import EntryPage
from impact.media import renditions


def prepare_picture(sender: type, instance: Any, **kwargs: Any) -> None:
    """Receive `page_published`: mail tools like the address of a file better than a redirect to it."""
    if isinstance(instance, EntryPage) and instance.lead_image:
        transaction.on_commit(partial(renditions.prepare, instance.lead_image, "share"))
