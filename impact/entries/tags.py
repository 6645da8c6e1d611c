"""Tags of an entry, looked up by their normal form wherever they come from: editor, revision, import."""

from collections.abc import Iterable
from typing import Any

from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager

from impact.taxonomy.models import Tag
from impact.taxonomy.normal_form import tag_slug


def _names(tags: Iterable[Tag | str]) -> list[str]:
    return [tag.name if isinstance(tag, Tag) else str(tag) for tag in tags]


class NormalisedTagManager(_ClusterTaggableManager):
    """Finds, creates and removes tags by their normal form instead of their spelling."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: Any = None) -> list[Tag]:
        return Tag.objects.named(_names(tags))

    def remove(self, *tags: Any) -> None:
        """Take tags off the entry, however they are spelt."""
        self._remove_prefetched_objects()
        unwanted = {tag_slug(name) for name in _names(tags)}
        items = self.get_tagged_item_manager()
        items.remove(*[item for item in items.all() if item.tag.slug in unwanted])


class EntryTags(ClusterTaggableManager):
    """The field; django-modelcluster's own always answers with its own manager."""

    def __get__(self, instance: Any, model: Any) -> NormalisedTagManager:
        return NormalisedTagManager(
            through=self.through, model=model, instance=instance, prefetch_cache_name=self.name
        )
