"""Authors: who wrote an entry, with or without an account."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from impact.pages.slugs import SlugFromName


class Author(SlugFromName, index.Indexed, ClusterableModel):
    """Somebody who is named as an author."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    bio = models.TextField(_("bio"), blank=True, help_text=_("Two or three sentences."))
    picture = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text=_("If they sign in here; new stories of theirs then name them as author."),
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("role"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.name


def complete_address(text: str) -> str:
    """Return an address with its scheme, where it is plain which one is meant."""
    text = text.strip()
    host = text.split("/")[0]
    if not text or "://" in text or ":" in host:
        return text
    if "@" in host:
        return text if host.startswith("@") or "/" in text else f"mailto:{text}"
    return f"https://{text}" if "." in host else text


class AuthorLink(Orderable):
    """An address where an author can be found."""

    author = ParentalKey(Author, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(_("name"), max_length=60)
    url = models.CharField(_("address"), max_length=500)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A reader's browser can open it; a bare address of a site or a mailbox is completed."""
        super().clean()
        self.url = complete_address(self.url)
        if not self.url.startswith(("https://", "http://", "mailto:")):
            raise ValidationError(
                {"url": _("Give an address that begins with https://, or an email address.")}
            )
