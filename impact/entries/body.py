"""The body of a story: what was left empty falls away when the story is published or submitted."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from impact.blocks.body import BodyBlock
from impact.blocks.text import rich_text_to_plain


def _is_empty_text(value: Any) -> bool:
    return not rich_text_to_plain(value.source).strip() if value else True


# The blocks that a story template opens empty; each is blank when nobody wrote into it.
BLANK: dict[str, Callable[[Any], bool]] = {
    "text": _is_empty_text,
    "acknowledgements": lambda value: _is_empty_text(value["text"]),
    "link_list": lambda value: not any(any(link.values()) for link in value["links"]),
}


class StoryBodyBlock(BodyBlock):
    """A body that a template may have begun."""

    def clean(self, value: StreamValue) -> StreamValue:
        """Leave out what nobody filled; drafts keep it."""
        if self.is_deferred_validation:
            return super().clean(value)
        kept = [i for i, child in enumerate(value) if not self._is_blank(child)]
        filled = StreamValue(
            self, [(value[i].block_type, value[i].value, value[i].id) for i in kept]
        )
        try:
            return super().clean(filled)
        except StreamBlockValidationError as error:
            # The form shows every block, so the errors must stand at their old places.
            raise StreamBlockValidationError(
                {kept[i]: reason for i, reason in error.block_errors.items()},
                error.non_block_errors.as_data(),
            ) from error

    @staticmethod
    def _is_blank(child: Any) -> bool:
        blank = BLANK.get(child.block_type)
        return bool(blank and blank(child.value))

    class Meta:
        label = _("Story")
