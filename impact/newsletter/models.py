"""The digest: its archive, a page for each, and what is known of its sending."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail_newsletter.models import NewsletterPageMixin

from impact.blocks.fields import StreamField
from impact.blocks.text import rich_text_to_plain
from impact.entries.models import EntryPage
from impact.entries.models.base import new_guid
from impact.newsletter.archive import archive, canonical, neighbours
from impact.newsletter.assembly import tell
from impact.newsletter.blocks.body import FEATURES, LONGEST_SENTENCE, DigestBodyBlock
from impact.newsletter.choosers import entry_for_digest_chooser
from impact.newsletter.contents import Digest
from impact.newsletter.mail.preview import MAIL_MODES, mail_preview
from impact.newsletter.panels import DigestPanel, LeftOutPanel
from impact.newsletter.sentences import sentence_of
from impact.newsletter.tools.models import Delivery, DeliveryAction, DeliveryState, MailToolSettings
from impact.newsletter.writing import digest_of
from impact.pages.models import BasePage
from impact.pages.registries import registry
from impact.pages.sharing.card import Brand, ShareCard
from impact.pages.structured import Node, Subject

# Django finds models in this module alone.
__all__ = [
    "Delivery",
    "DeliveryAction",
    "DeliveryState",
    "DigestPage",
    "MailToolSettings",
    "NewsletterIndexPage",
    "Sending",
    "SendingManner",
    "SentEntry",
]


class NewsletterIndexPage(BasePage):
    """All digests."""

    summary = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences below the title.")
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.DigestPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    template = "newsletter/newsletter_index_page.html"

    class Meta:
        verbose_name = _("newsletter index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the digests of the page that is asked for, and the way to their feed where there is one."""
        url = self.get_url(request) or ""
        query = canonical(request.GET)
        has_feed = registry.subroute(self._meta.label, ["feed"]) is not None
        return {
            **super().get_context(request, *args, **kwargs),
            "archive": archive(url, request.GET, request),
            "feed_url": f"{url}feed/" if has_feed and self.live else "",
            "canonical_url": f"{url}?{query}" if query else url,
        }

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A list of digests."""
        found = context["archive"].digests
        return [subject.collection((each.title, each.url) for each in found)]


class DigestPage(NewsletterPageMixin, BasePage):
    """What was published in a month, or any other span of days, as a newsletter tells it."""

    since = models.DateField(_("from"))
    until = models.DateField(
        _("until"), help_text=_("Entries that first appeared on one of these days are proposed.")
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_(
            "One sentence. Mail programs show it beside the subject, the archive below it."
        ),
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=FEATURES, help_text=_("Your own words at the top.")
    )
    lead = models.ForeignKey(
        "entries.EntryPage",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands on top, large; below it, its line is not repeated."),
    )
    lead_title = models.CharField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("For the digest only. Left empty, the story’s own title."),
    )
    lead_sentence = models.TextField(
        _("sentences"),
        max_length=LONGEST_SENTENCE,
        blank=True,
        help_text=_("For the digest only. Left empty, the story’s summary."),
    )
    body = StreamField(DigestBodyBlock(), verbose_name=_("the digest"), blank=True)
    closing = RichTextField(
        _("sign-off"), blank=True, features=FEATURES, help_text=_("Your own words at the end.")
    )
    guid = models.CharField(
        _("feed identifier"), max_length=500, unique=True, default=new_guid, editable=False
    )

    share_kind = "article"
    exclude_fields_in_copy = ["guid", "newsletter_campaign"]
    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types: list[str] = []
    preview_modes = [
        *Page.DEFAULT_PREVIEW_MODES,
        ("mail", _("Mail")),
        ("mail-dark", _("Mail, dark")),
    ]
    content_panels = [
        DigestPanel(),
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")], heading=_("Published")),
        FieldPanel("summary"),
        FieldPanel(
            "newsletter_subject",
            heading=_("Subject of the mail"),
            help_text=_("What readers see in their inbox. Left empty, the title."),
        ),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldPanel("lead", widget=entry_for_digest_chooser.widget_class),
                FieldPanel("lead_title"),
                FieldPanel("lead_sentence", widget=AdminAutoHeightTextInput(attrs={"rows": 3})),
            ],
            heading=_("Lead story"),
        ),
        FieldPanel("body"),
        LeftOutPanel(),
        FieldPanel("closing"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    template = "newsletter/digest_page.html"

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Leave out the mixin's tab: its buttons send without asking what has been sent."""
        return super(NewsletterPageMixin, cls).get_edit_handler()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an alias, which Wagtail gives all that its original has, gets a feed guid of its own."""
        if self.alias_of_id and self._state.adding:
            self.guid = new_guid()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "DigestPage":
        """Return the page with other content; the feed guid is no content, and stays."""
        page: DigestPage = super().with_content_json(content)
        page.guid = self.guid
        return page

    def has_newsletter_permission(self, user: Any, action: str) -> bool:
        """Refuse the mixin's own actions: they would send what has been sent."""
        return False

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the mail, or the page; the mixin's own way knows no mail of ours."""
        if mode_name in MAIL_MODES:
            return mail_preview(self.contents(request), MAIL_MODES[mode_name])
        return super(NewsletterPageMixin, self).serve_preview(request, mode_name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what it says, when it was sent, and its neighbours."""
        before, after = neighbours(self.until, self.pk, request) if self.until else (None, None)
        sent = self.sendings.values_list("sent_at", flat=True).last() if self.pk else None
        return {
            **super().get_context(request, *args, **kwargs),
            "told": tell(self, request),
            "sent_on": sent,
            "day": sent or self.first_published_at,
            "previous_digest": before,
            "next_digest": after,
        }

    def contents(self, request: HttpRequest | None = None) -> Digest:
        """Return what it says as data, with absolute addresses; the same few statements for any length."""
        return digest_of(self, request)

    def structured(self, subject: Subject, context: Mapping[str, Any]) -> list[Node]:
        """A list of what it names."""
        lines = context["told"].lines
        return [subject.collection((line.title, line.url) for line in lines)]

    def share_card(self, brand: Brand) -> ShareCard:
        """What it is, its title, and the picture of its lead story."""
        return replace(super().share_card(brand), label=str(_("Newsletter")))

    @cached_property
    def share_image(self) -> Any:
        """The picture of the lead story, where everybody may see it."""
        leads = EntryPage.objects.published().filter(pk=self.lead_id).select_related("lead_image")
        lead = leads.first() if self.lead_id else None
        return lead.lead_image if lead else None

    @cached_property
    def meta_description(self) -> str:
        """What search engines and lists show: its summary, else how the introduction begins."""
        words = rich_text_to_plain(self.introduction) if self.introduction else ""
        return self.search_description or self.summary or sentence_of(words)

    def clean(self) -> None:
        """A span of days has its ends in order."""
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The end lies before the beginning.")})


class SendingManner(models.TextChoices):
    """How a digest went out."""

    HAND = "hand", _("By hand")
    TOOL = "tool", _("By the mail tool")


class Sending(models.Model):
    """A digest was sent, as one revision said it. Outlives its page: what was sent stays sent."""

    digest = models.ForeignKey(
        DigestPage,
        verbose_name=_("digest"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="sendings",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    title = models.CharField(_("title"), max_length=255)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    sent_at = models.DateTimeField(_("sent at"), db_index=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    how = models.CharField(
        _("how"), max_length=10, choices=SendingManner, default=SendingManner.HAND
    )

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "revision"], name="sent_once_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.sent_at:%Y-%m-%d})"


class SentEntry(models.Model):
    """An entry that a digest named when it was sent, by the guid that it keeps for ever.

    `title` and `sentence` are what the digest said; `own_title` is what the entry itself was called.
    """

    sending = models.ForeignKey(
        Sending, verbose_name=_("sending"), on_delete=models.CASCADE, related_name="entries"
    )
    guid = models.CharField(_("feed identifier"), max_length=500, db_index=True)
    entry = models.ForeignKey(
        "entries.EntryPage",
        verbose_name=_("entry"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    title = models.CharField(_("title"), max_length=255)
    sentence = models.TextField(_("sentence"), blank=True)
    own_title = models.CharField(_("title of the entry"), max_length=255)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision of the entry"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_published_at = models.DateTimeField(_("last published"), null=True)

    class Meta:
        verbose_name = _("sent entry")
        verbose_name_plural = _("sent entries")
        constraints = [
            models.UniqueConstraint(fields=["sending", "guid"], name="entry_once_a_sending")
        ]

    def __str__(self) -> str:
        return self.title
