"""`SlugFromName`: what is named without an address gets one, however it is created."""

from itertools import count
from typing import Any

from django.utils.text import slugify


class SlugFromName:
    """For models with a `name` and a unique `slug`: an empty slug is filled from the name."""

    name: Any
    slug: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill the slug before writing."""
        if not self.slug:
            self.slug = free_slug(type(self), self.name)
        super().save(*args, **kwargs)  # type: ignore[misc]


def free_slug(model: Any, name: str) -> str:
    """Return a name as a slug, with a number where another one has it."""
    longest = model._meta.get_field("slug").max_length - 6
    stem = slugify(name, allow_unicode=True)[:longest] or model._meta.model_name
    similar = model._default_manager.filter(slug__startswith=stem)
    taken = set(similar.values_list("slug", flat=True))
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in names if slug not in taken)
