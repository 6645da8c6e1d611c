"""The version of the content, and the marks of changes that it does not hold yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One row: a number that rises whenever anything that a visitor could see has changed."""

    number = models.PositiveBigIntegerField(_("number"), default=1)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self) -> str:
        return str(self.number)


class Scope(models.TextChoices):
    """How far a change reaches."""

    PAGE = "page", _("a page")
    TREE = "tree", _("a page and all below it")
    SITE = "site", _("something on many pages")


class Change(models.Model):
    """The mark of a change, written in its transaction and taken away once all that follows is done.

    `key` is the primary key of a page, the tree path of a branch, or the label of a model.
    """

    scope = models.CharField(_("scope"), max_length=8, choices=Scope)
    key = models.CharField(_("key"), max_length=255)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
