"""`EntryPage`: what the gallery lists."""

import datetime
from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable
from wagtail.search import index

from impact.entries import panels
from impact.entries.announcing import announcement
from impact.entries.forms import EntryForm
from impact.entries.kinds import STORY
from impact.entries.presentation import filing_of
from impact.entries.querysets import EntryManager
from impact.entries.tags import EntryTags
from impact.media import renditions
from impact.pages.models import BasePage
from impact.pages.sharing.card import Brand, ShareCard
from impact.taxonomy.models import Tag


def new_guid() -> str:
    """Return a feed guid that no other entry has."""
    return f"urn:uuid:{uuid4()}"


def today() -> datetime.date:
    """Return the date in the site's time zone."""
    return timezone.localdate()


def default_language() -> str:
    """Return the site's language."""
    return settings.LANGUAGE_CODE


class CommunityRole(models.TextChoices):
    """What a community is to an entry."""

    ABOUT = "about", _("The entry is about them")
    SUPPORTER = "supporter", _("They supported it")


class EntryPage(BasePage):
    """The concrete base of stories and featured links; never created itself."""

    date = models.DateField(_("date"), default=today, db_index=True)
    # Set by `save` when the entry is first live, and never changed: not by an edit, not by another date.
    announced_on = models.DateField(
        _("announced on"), null=True, blank=True, editable=False, db_index=True
    )
    summary = models.TextField(
        _("summary"),
        help_text=_(
            "What changed, and for whom, in one or two sentences. Cards and feeds show it."
        ),
    )
    lead_image = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leads the story and its card. Without one, a pattern is drawn."),
    )
    category = models.ForeignKey(
        "taxonomy.Category",
        verbose_name=_("category"),
        null=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    tags = EntryTags(
        through="entries.EntryTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("“Open Source” and “open-source” are the same tag."),
    )
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("Opens the gallery and stands on the home page.")
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        default=default_language,
        validators=[
            RegexValidator(
                r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                _("Give a language code such as en or pt-BR."),
            )
        ],
        help_text=_("The language that the entry is written in, as a code: en, es, pt-BR."),
    )
    guid = models.CharField(
        _("feed identifier"), max_length=500, unique=True, default=new_guid, editable=False
    )

    objects: ClassVar[Any] = EntryManager()

    kind = STORY
    share_kind = "article"
    share_field = "lead_image"
    is_creatable = False
    # A copy is announced when it is published itself.
    exclude_fields_in_copy = ["guid", "announced_on", "first_published_at"]
    parent_page_types = ["gallery.GalleryPage"]
    subpage_types: list[str] = []
    base_form_class = EntryForm
    content_panels = panels.ENTRY_CONTENT
    promote_panels = panels.ENTRY_PROMOTE
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("date"),
        index.FilterField("category"),
        index.FilterField("featured"),
    ]

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["category", "date"])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the entry belongs."""
        context = super().get_context(request, *args, **kwargs)
        renditions.prefetch([self.lead_image], "lead", "share")
        return {**context, "filing": filing_of(self, request)}

    def share_card(self, brand: Brand) -> ShareCard:
        """Its category, title and lead image."""
        category = self.category
        return replace(
            super().share_card(brand),
            label=category.name if category else "",
            colour=category.colour if category else "",
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an entry that is live for the first time is announced.

        An alias, which Wagtail gives all that its original has, gets a feed guid and a day of its own.
        """
        if self.alias_of_id and self._state.adding:
            self.guid = new_guid()
            self.announced_on = None
            self.first_published_at = timezone.now() if self.live else None
        if self.live and self.announced_on is None:
            self.announced_on = self.would_be_announced_on
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "announced_on"}
        super().save(*args, **kwargs)

    @property
    def would_be_announced_on(self) -> datetime.date:
        """The day on which the entry would be new if it were live for the first time now."""
        moment = self.first_published_at
        # Not yet stored, it may still be written as a text.
        day = EntryPage._meta.get_field("date").to_python(self.date)
        return announcement(day, timezone.localdate(moment) if moment else today())

    def with_content_json(self, content: dict[str, Any]) -> "EntryPage":
        """Return the page with other content; what feeds know it by is no content, and stays."""
        page: EntryPage = super().with_content_json(content)
        page.guid = self.guid
        page.announced_on = self.announced_on
        return page

    def _communities(self, role: str) -> list[Any]:
        return [
            link.community
            for link in self.community_links.all()
            if link.role == role and link.community.live
        ]

    @cached_property
    def communities(self) -> list[Any]:
        """The communities that the entry is about, in the writer's order."""
        return self._communities(CommunityRole.ABOUT)

    @cached_property
    def supporters(self) -> list[Any]:
        """The communities that are thanked."""
        return self._communities(CommunityRole.SUPPORTER)

    @cached_property
    def authors(self) -> list[Any]:
        """The authors, in the writer's order."""
        return [link.author for link in self.author_links.all()]


class EntryTag(ItemBase):
    """A tag on an entry."""

    # A class, not a string: taggit reads the target before Django has resolved strings.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="entry_items")
    content_object = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_an_entry")
        ]


class EntryCommunity(Orderable):
    """A community named by an entry, and as what."""

    page = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="community_links")
    community = models.ForeignKey(
        "communities.CommunityPage",
        verbose_name=_("community"),
        on_delete=models.CASCADE,
        related_name="entry_links",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=CommunityRole, default=CommunityRole.ABOUT
    )

    panels = panels.ENTRY_COMMUNITY

    class Meta(Orderable.Meta):
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        indexes = [models.Index(fields=["community", "role"])]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.community_id} ({self.role})"


class EntryAuthor(Orderable):
    """An author of an entry."""

    page = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="author_links")
    author = models.ForeignKey(
        "people.Author",
        verbose_name=_("author"),
        on_delete=models.CASCADE,
        related_name="entry_links",
    )

    panels = panels.ENTRY_AUTHOR

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return f"{self.page_id} ← {self.author_id}"
