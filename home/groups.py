"""The three groups that a new site has: who may write, who may publish, who may administer.

Wagtail's own "Editors" (who can't publish) become Writers and its "Moderators" become Editors. This runs
when the site is built and never again, so that what operators change afterwards stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

WRITERS = "Writers"
EDITORS = "Editors"
ADMINISTRATORS = "Administrators"

# Wagtail's names, and what we call people with these rights; in this order, because one name is taken over.
_TAKEN_OVER = (("Editors", WRITERS), ("Moderators", EDITORS))

# Permission names that stand for every one.
EVERYTHING = "*"


def _on(models: Iterable[str], *actions: str) -> tuple[str, ...]:
    """Return the permissions `app.action_model` for models written `app.model`."""
    return tuple(
        f"{app}.{action}_{model}"
        for app, model in (name.split(".") for name in models)
        for action in actions
    )


_ENTER = ("wagtailadmin.access_admin",)
# Wagtail asks for the rights on its own models, whichever model holds the files.
_FILES = ("wagtailimages.image", "wagtaildocs.document")
_SNIPPETS = (
    "taxonomy.category",
    "taxonomy.tag",
    "people.author",
    "metrics.metric",
    "wagtailredirects.redirect",
    "wagtail_newsletter.newsletterrecipients",
)
_SETTINGS = ("branding.sitesettings", "entries.storytemplate")


@dataclass(frozen=True)
class Rights:
    """What a group may do: on pages below one, on files in collections, and everything else.

    `pages` are Wagtail's actions (`add` means one's own pages); the others permissions, `app.codename`.
    """

    pages: tuple[str, ...]
    files: tuple[str, ...]
    permissions: tuple[str, ...]


WRITER = Rights(pages=("add",), files=_on(_FILES, "add", "choose"), permissions=_ENTER)
EDITOR = Rights(
    pages=("add", "change", "lock", "publish", "unlock"),
    files=_on(_FILES, "add", "change", "choose"),
    permissions=(
        *_ENTER,
        *_on(_SNIPPETS, "add", "change", "delete", "view"),
        *_on(_SETTINGS, "change"),
    ),
)
ADMINISTRATOR = Rights(
    pages=(*EDITOR.pages, "bulk_delete"),
    files=(*EDITOR.files, *_on(["wagtailcore.collection"], "add", "change", "delete")),
    permissions=(EVERYTHING,),
)


def build_groups(root: Page, gallery: Page) -> None:
    """Make the groups of a new site; rights that a group has already stay as they are."""
    _take_over()
    _grant(WRITERS, WRITER, below=gallery)
    _grant(EDITORS, EDITOR, below=root)
    _grant(ADMINISTRATORS, ADMINISTRATOR, below=root)


def _take_over() -> None:
    """Rename Wagtail's groups where they are as Wagtail made them, and take their rights away."""
    if not Group.objects.filter(name="Moderators").exists():
        return
    for theirs, ours in _TAKEN_OVER:
        if Group.objects.filter(name=ours).exists():
            continue
        for group in Group.objects.filter(name=theirs):
            group.name = ours
            group.save(update_fields=["name"])
            group.permissions.clear()
            GroupPagePermission.objects.filter(group=group).delete()
            GroupCollectionPermission.objects.filter(group=group).delete()


def _grant(name: str, rights: Rights, *, below: Page) -> None:
    """Give a group each kind of right of which it has none."""
    group, _created = Group.objects.get_or_create(name=name)
    if not group.permissions.exists():
        group.permissions.set(_permissions(rights.permissions))
    if not GroupPagePermission.objects.filter(group=group).exists():
        for action in rights.pages:
            GroupPagePermission.objects.create(group=group, page=below, permission_type=action)
    if not GroupCollectionPermission.objects.filter(group=group).exists():
        root = Collection.get_first_root_node()
        for permission in _permissions(rights.files):
            GroupCollectionPermission.objects.create(
                group=group, collection=root, permission=permission
            )


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Return permissions by `app.codename`; a name that doesn't exist is a mistake of ours."""
    wanted = set(names)
    if EVERYTHING in wanted:
        return list(Permission.objects.all())
    query = Q()
    for app, codename in (name.split(".") for name in wanted):
        query |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(query).select_related("content_type"))
    if missing := wanted - {f"{p.content_type.app_label}.{p.codename}" for p in found}:
        raise LookupError(f"No such permissions: {sorted(missing)}")
    return found
