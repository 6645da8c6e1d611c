"""Which pages stand in caches of others: a reverse proxy, a content delivery network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProxyCopy(models.Model):
    """An address that a proxy was allowed to keep as of a version of the content.

    Kept until the version is over and the proxy has dropped the copy: so this is what there is to purge,
    whatever has changed and wherever it is shown. `key` is the key of the answer.
    """

    key = models.CharField(_("key"), max_length=64)
    version = models.PositiveBigIntegerField(_("version"), db_index=True)
    url = models.TextField(_("address"))
    # A copy may have been on its way while it was purged, so each is purged twice.
    purged_at = models.DateTimeField(_("first purged at"), null=True)

    class Meta:
        verbose_name = _("copy in a proxy")
        verbose_name_plural = _("copies in proxies")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_a_copy"),
        ]

    def __str__(self) -> str:
        return self.url
