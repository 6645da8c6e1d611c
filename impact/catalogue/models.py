"""The read model: a flat row for each entry that is live."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryRow(models.Model):
    """What lists, counts and cards know of an entry; written from its page, never by hand.

    `public` says whether visitors see it. While its page is live the row is right also where it is not
    public, so that a branch is hidden and shown without writing anything else. No foreign keys: the row of
    a page that is gone stays, not public, until readers have taken note. `filing` holds the values by
    facet, as `index.Item` has them; `version` is that of the last change of what the index knows.
    """

    entry_id = models.BigIntegerField(_("entry"), primary_key=True)
    version = models.PositiveBigIntegerField(_("version of its last change"), db_index=True)
    public = models.BooleanField(_("public"))
    expires_at = models.DateTimeField(_("expires at"), null=True)
    date = models.DateField(_("date"))
    announced_on = models.DateField(_("announced on"))
    filing = models.JSONField(_("filing"))
    kind = models.CharField(_("kind"), max_length=10)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"))
    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True, db_index=False)
    url_path = models.TextField(_("path in the tree"))
    language = models.CharField(_("language"), max_length=35)
    featured = models.BooleanField(_("featured"))
    image_id = models.BigIntegerField(_("lead image"), null=True)
    external_url = models.URLField(_("address"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=120)

    class Meta:
        verbose_name = _("row of an entry")
        verbose_name_plural = _("rows of entries")

    def __str__(self) -> str:
        return self.title
