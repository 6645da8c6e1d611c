"""The kinds of entry that a filter can name, and the page types behind them."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

STORY = "story"
LINK = "link"


def content_type_ids(kinds: Iterable[str]) -> list[int]:
    """Return the content types of the page types of these kinds; unknown kinds have none."""
    from impact.entries.models import FeaturedLinkPage, StoryPage

    models = {STORY: StoryPage, LINK: FeaturedLinkPage}
    return [ContentType.objects.get_for_model(models[kind]).pk for kind in kinds if kind in models]


def kind_of(content_type_id: int) -> str:
    """Return the kind of a page by its content type."""
    return LINK if content_type_id in content_type_ids([LINK]) else STORY
