"""The groups and the workflow that a new site has."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Task, Workflow

from home.groups import build_groups
from home.models import HomePage
from home.site_tree import ensure_site
from home.workflow import build_workflow
from impact.gallery.models import GalleryPage

pytestmark = pytest.mark.django_db


def page_rights(name: str) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(group__name=name)
    return {(row.permission.codename.removesuffix("_page"), row.page.slug) for row in rows}


def permissions(name: str) -> set[str]:
    rows = Permission.objects.filter(group__name=name).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def file_rights(name: str) -> set[str]:
    return set(
        Group.objects.get(name=name).collection_permissions.values_list(
            "permission__codename", flat=True
        )
    )


def test_a_new_site_has_three_groups_and_none_of_wagtails(home: HomePage) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Writers",
        "Editors",
        "Administrators",
    }


def test_writers_add_to_the_gallery_and_nothing_else(home: HomePage) -> None:
    assert page_rights("Writers") == {("add", "impact")}
    assert permissions("Writers") == {"wagtailadmin.access_admin"}
    assert file_rights("Writers") == {
        "add_image",
        "choose_image",
        "add_document",
        "choose_document",
    }


def test_editors_publish_everywhere_and_keep_snippets_and_settings(home: HomePage) -> None:
    assert page_rights("Editors") == {
        (action, "root") for action in ("add", "change", "publish", "lock", "unlock")
    }
    granted = permissions("Editors")
    for model in ("taxonomy.category", "taxonomy.tag", "people.author", "metrics.metric"):
        app, name = model.split(".")
        assert {f"{app}.{action}_{name}" for action in ("add", "change", "delete")} <= granted
    assert {"branding.change_sitesettings", "entries.change_storytemplate"} <= granted
    assert not {p for p in granted if p.startswith(("accounts.", "auth.", "wagtailcore."))}


def test_administrators_may_do_everything(home: HomePage) -> None:
    assert permissions("Administrators") >= {
        "accounts.add_user",
        "auth.change_group",
        "wagtailcore.change_site",
        "wagtailcore.change_workflow",
    }
    assert ("bulk_delete", "root") in page_rights("Administrators")


def test_one_workflow_leads_from_writers_to_editors(home: HomePage) -> None:
    workflow = Workflow.objects.get()
    assert workflow.active
    assert workflow.name == "Review"
    assert GalleryPage.objects.get().get_workflow() == workflow
    task = GroupApprovalTask.objects.get()
    assert [t.pk for t in workflow.tasks] == [task.pk]
    assert Task.objects.count() == 1
    assert [group.name for group in task.groups.all()] == ["Editors"]


def test_later_runs_undo_nothing(home: HomePage) -> None:
    Group.objects.get(name="Administrators").delete()
    writers = Group.objects.get(name="Writers")
    writers.permissions.clear()
    Group.objects.filter(name="Editors").update(name="Redaktion")
    Workflow.objects.update(name="Four eyes", active=False)
    ensure_site()
    call_command("migrate", verbosity=0)
    assert set(Group.objects.values_list("name", flat=True)) == {"Writers", "Redaktion"}
    assert not writers.permissions.exists()
    assert [(w.name, w.active) for w in Workflow.objects.all()] == [("Four eyes", False)]


def test_groups_with_rights_keep_them_when_the_site_is_built_again(home: HomePage) -> None:
    editors = Group.objects.get(name="Editors")
    editors.permissions.set(Permission.objects.filter(codename="access_admin"))
    build_groups(Page.objects.get(depth=1), GalleryPage.objects.get())
    build_workflow(home)
    assert permissions("Editors") == {"wagtailadmin.access_admin"}
    assert Workflow.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_empty_database_gets_the_same(django_db_blocker: Any) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert HomePage.objects.count() == 1
    assert page_rights("Writers") == {("add", "impact")}
    assert "accounts.add_user" in permissions("Administrators")
    assert GalleryPage.objects.get().get_workflow().name == "Review"
