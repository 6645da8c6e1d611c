"""A StreamField that leaves its block definitions out of migrations.

Blocks are edited far more often than the database changes; without this, every new help text would
need a migration. (Habit of ONSdigital's `cms/core/fields.py`.)
"""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField; migrations record it without blocks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Migrations call it without block types.
        super().__init__(*(args or ([],)), **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return the field without its blocks, so that changing them makes no migration."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [], kwargs


__all__ = ["StreamField"]
