"""The ledger: which page came from which file, and which picture from elsewhere."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRecord(models.Model):
    """One file of a source and its page.

    `fingerprint` is the hash of what was written, empty while the page is still to be filled.
    `revision` is the page's latest one after the import: a newer one is somebody's own work.
    """

    # A note of ours is no use of a page.
    wagtail_reference_index_ignore = True

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


class PictureOrigin(models.Model):
    """What a picture was before it was stored: at an address of another server, larger, or an SVG as it came.

    `hash` is the SHA-1 of the file as it was; that of the image is one of the file as it is stored.
    `address` is empty for a file of a source.
    """

    # A note of ours is no use of a picture.
    wagtail_reference_index_ignore = True

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    hash = models.CharField(_("hash"), max_length=40)
    address = models.CharField(_("address"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("origin of a picture")
        verbose_name_plural = _("origins of pictures")
        constraints = [
            models.UniqueConstraint(fields=["address", "hash"], name="picture_origin_once")
        ]

    def __str__(self) -> str:
        return self.address or self.hash
