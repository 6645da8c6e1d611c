"""What the WebSub hub is still to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HubNotice(models.Model):
    """A feed has changed, as of a version of the content, and the hub has not been told yet.

    One row a feed, however many changes there were, gone once the hub has taken note.
    """

    topic = models.TextField(_("address of the feed"), unique=True)
    version = models.PositiveBigIntegerField(_("version of the last change"))
    changed_at = models.DateTimeField(_("changed at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), db_index=True)

    class Meta:
        verbose_name = _("notice for the hub")
        verbose_name_plural = _("notices for the hub")

    def __str__(self) -> str:
        return self.topic
