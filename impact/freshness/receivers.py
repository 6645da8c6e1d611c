"""Which signals tell of a change. Whatever is not known to be seen nowhere is taken to be seen."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move, pre_page_move

from impact.freshness.models import Scope
from impact.freshness.state import mark

# Models, or whole apps, of which no visitor ever sees anything.
UNSEEN = frozenset(
    {
        "admin",
        "auth",
        "contenttypes",
        "freshness",
        # A page that names the address under which a copy is made goes on working once it is made.
        "media.impactrendition",
        "migrations",
        "portability",
        "sessions",
        "accounts.user",
        "wagtailadmin",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflow",
        "wagtailcore.workflowstate",
        "wagtailsearch",
        "wagtailusers",
    }
)
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
    }
)


def is_unseen(model: type[Model]) -> bool:
    """Return whether a visitor never sees anything of a model."""
    meta = model._meta
    return meta.app_label in UNSEEN or meta.label_lower in UNSEEN


def connect() -> None:
    """Listen to every model, and to what Wagtail says of its tree."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_changed, dispatch_uid=f"freshness-{id(signal)}")
    for signal in (pre_page_move, post_page_move, page_slug_changed):
        signal.connect(_branch_changed, dispatch_uid=f"freshness-{id(signal)}")


def _changed(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Mark what was saved, deleted or related anew."""
    # Models of migrations belong to a database that is still being made.
    if sender.__module__ == "__fake__" or is_unseen(type(instance)):
        return
    if isinstance(instance, Page):
        written = kwargs.get("update_fields")
        if written is None or not set(written) <= DRAFT_FIELDS:
            mark(Scope.PAGE, instance.pk)
    elif isinstance(instance, PageViewRestriction):
        mark(Scope.TREE, instance.page.path)
    else:
        mark(Scope.SITE, type(instance)._meta.label_lower)


def _branch_changed(instance: Page, **kwargs: Any) -> None:
    """Mark a page with everything below it: all their addresses have changed."""
    mark(Scope.TREE, instance.path)
