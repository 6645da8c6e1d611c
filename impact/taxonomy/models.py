"""Categories (one per entry, chosen by editors) and tags (many, in one normal form)."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _
from taggit.models import NaturalKeyManager, TagBase
from wagtail.models import Orderable
from wagtail.search import index

from impact.branding.models import hex_colour
from impact.pages.slugs import SlugFromName
from impact.taxonomy.normal_form import tag_name, tag_slug


class Category(SlugFromName, Orderable, index.Indexed, models.Model):
    """What kind of impact an entry is about."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#0f6e66",
        validators=[hex_colour],
        help_text=_("A thread beside cards and in charts; lightness is adjusted for contrast."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("One or two sentences, shown above its entries.")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


class TagQuerySet(models.QuerySet["Tag"]):
    """The one place where tags are looked up and created."""

    def named(self, names: Iterable[str]) -> "list[Tag]":
        """Return one tag for each normal form among `names`, in their order, creating what is missing.

        Two processes may ask for the same new tag at once: the unique slug lets one of them win and
        the other read what the first one wrote.
        """
        wanted: dict[str, str] = {}
        for name in names:
            if slug := tag_slug(name):
                wanted.setdefault(slug, tag_name(name))
        found = {tag.slug: tag for tag in self.filter(slug__in=wanted)}
        for slug, name in wanted.items():
            if slug not in found:
                try:
                    with transaction.atomic():
                        found[slug] = self.create(name=name, slug=slug)
                except IntegrityError:
                    found[slug] = self.get(slug=slug)
        return [found[slug] for slug in wanted]


class Tag(TagBase):
    """A tag; `slug` is its normal form and unique, `name` how the first writer spelt it."""

    free_tagging = True
    # TagBase makes the name unique; the slug is what decides.
    name = models.CharField(_("name"), max_length=100)

    natural_key_fields = ["slug"]
    objects = NaturalKeyManager.from_queryset(TagQuerySet)()

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the slug in normal form; never invent `open-source_1`."""
        self.name = tag_name(self.name)
        self.slug = tag_slug(self.slug or self.name)
        models.Model.save(self, *args, **kwargs)
