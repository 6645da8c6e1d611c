"""The ledger: which page came from which file, and what it was then."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """One file of a source and its page.

    `fingerprint` is the hash of what was written, empty while the page is still to be filled.
    `revision` is the page's latest one after the import: a newer one is somebody's own work.
    """

    source = models.CharField(_("source"), max_length=255)
    key = models.CharField(_("file"), max_length=500)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    old_address = models.CharField(_("old address"), max_length=500, blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="import_record_once_a_file")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
