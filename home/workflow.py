"""The way of a draft from its writer to an editor: one workflow, "Review", on every page.

Built with the site and never again; Wagtail's own workflow is taken over.
"""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.groups import EDITORS

_WAGTAILS = "Moderators approval"


def build_workflow(home: Page) -> None:
    """Let editors approve what is submitted below `home`, unless a workflow stands there already."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task = _task()
    workflow = Workflow.objects.filter(name=_WAGTAILS).first() or Workflow()
    workflow.name = _("Review")
    workflow.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.filter(workflow=workflow).delete()
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _task() -> GroupApprovalTask:
    task = GroupApprovalTask.objects.filter(name=_WAGTAILS).first() or GroupApprovalTask()
    task.name = _("Approval by an editor")
    task.save()
    task.groups.set(Group.objects.filter(name=EDITORS))
    return task
