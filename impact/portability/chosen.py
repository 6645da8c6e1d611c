"""Categories, tags and metrics that a block names: their slugs outside of the database, their keys within."""

from typing import Any

from django.db.models import Model


def chosen_slug(model: type[Model], key: int | None) -> str:
    """Return the slug of what a block names; empty where it is gone."""
    found = _manager(model).filter(pk=key).values_list("slug", flat=True).first()
    return str(found or "")


def chosen_key(model: type[Model], slug: str) -> Any:
    """Return the key of what has a slug; None where nothing has it."""
    return _manager(model).filter(slug=slug).values_list("pk", flat=True).first()


def _manager(model: type[Model]) -> Any:
    return model._default_manager
