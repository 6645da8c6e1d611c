"""Which signals tell of a change. Whatever is not known to be seen nowhere is taken to be seen."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction

from impact.freshness.models import Scope
from impact.freshness.state import mark

# Models, or whole apps, of which no visitor ever sees anything.
UNSEEN = frozenset(
    {
        "admin",
        "auth",
        "caching",
        # What is derived from pages when their own marks are worked off.
        "catalogue",
        "contenttypes",
        # What the hub is to be told follows from the marks, and shows nowhere.
        "feeds",
        "freshness",
        "media.impactrendition",
        "migrations",
        "newsletter.delivery",
        "newsletter.mailtoolsettings",
        "portability",
        "sessions",
        "accounts.user",
        "entries.storytemplate",
        "wagtailadmin",
        "wagtailcore.apitoken",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.groupapprovaltask",
        "wagtailcore.groupcollectionpermission",
        "wagtailcore.grouppagepermission",
        "wagtailcore.groupsitepermission",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflow",
        "wagtailcore.workflowcontenttype",
        "wagtailcore.workflowpage",
        "wagtailcore.workflowstate",
        "wagtailcore.workflowtask",
        "wagtail_newsletter",
        "wagtailsearch",
        "wagtailusers",
    }
)
# A page that names the address under which a copy of a picture is made goes on working once it is made,
# but not once it is gone.
MISSED = frozenset({"media.impactrendition"})
# What saving a draft writes to the page's own row.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "expired",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by",
        # What a mail tool calls a digest.
        "newsletter_campaign",
    }
)


def is_unseen(model: type[Model]) -> bool:
    """Return whether a visitor never sees anything of a model."""
    meta = model._meta
    return meta.app_label in UNSEEN or meta.label_lower in UNSEEN


def is_missed(model: type[Model]) -> bool:
    """Return whether a visitor may miss a row of a model that is deleted."""
    return not is_unseen(model) or model._meta.label_lower in MISSED


def connect() -> None:
    """Listen to every model."""
    pre_save.connect(_about_to_change, dispatch_uid="freshness-about-to-change")
    for signal in (post_save, m2m_changed):
        signal.connect(_changed, dispatch_uid=f"freshness-{id(signal)}")
    post_delete.connect(_deleted, dispatch_uid="freshness-deleted")


def _about_to_change(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Remember what a page was until now: that decides whether and how far the change is seen."""
    if isinstance(instance, Page) and _installed(sender):
        before = Page.objects.filter(pk=instance.pk).values_list("live", "url_path").first()
        live, address = before or (False, instance.url_path)
        instance._freshness_was_live = live
        instance._freshness_has_moved = address != instance.url_path


def _changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Mark what was saved or related anew."""
    if is_unseen(type(instance)) or not _installed(sender):
        return
    if isinstance(instance, Page):
        written = kwargs.get("update_fields")
        seen = instance.live or getattr(instance, "_freshness_was_live", True)
        if seen and (written is None or not set(written) <= DRAFT_FIELDS):
            mark(Scope.PAGE, instance.pk)
        # With it everything below has another address. Wagtail says so too, but only after the commit,
        # when this process may be gone.
        if getattr(instance, "_freshness_has_moved", False):
            mark(Scope.TREE, instance.pk)
    else:
        _mark_beside_pages(instance)


def _deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Mark what was deleted."""
    if not is_missed(type(instance)) or not _installed(sender):
        return
    if isinstance(instance, Page):
        mark(Scope.PAGE, instance.pk)
    else:
        _mark_beside_pages(instance)


def _mark_beside_pages(instance: Any) -> None:
    """Mark what is no page: its own page where it is part of one, every page where it is not."""
    if isinstance(instance, PageViewRestriction):
        mark(Scope.TREE, instance.page_id)
    elif (page := _page_of(instance)) is None:
        mark(Scope.SITE, type(instance)._meta.label_lower)
    elif _is_live(page):
        mark(Scope.PAGE, page)


def _page_of(instance: Model) -> int | None:
    """Return the key of the page that is edited and saved together with an object, if there is one."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, ParentalKey) and issubclass(field.related_model, Page):
            key: int = getattr(instance, field.attname)
            return key
    return None


def _is_live(page: int) -> bool:
    return Page.objects.filter(pk=page, live=True).exists()


def _installed(sender: type[Model]) -> bool:
    """Return whether a model is the real one: those of migrations belong to a database in the making."""
    return sender.__module__ != "__fake__"
