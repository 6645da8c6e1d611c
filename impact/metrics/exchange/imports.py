"""Carrying out what a file says: all of it in one transaction, or nothing."""

from typing import Any

from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from impact.freshness.models import Scope
from impact.freshness.state import mark
from impact.metrics.exchange.plan import CHANGED, NEW, Plan, plan
from impact.metrics.models import Metric, Reading

_AT_ONCE = 500
_FIELDS = ("value", "precision", "period_start", "source_url", "note")


class OutdatedPlanError(Exception):
    """The file would do something else by now than what was shown; `plan` is what it would do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def import_readings(data: bytes, *, expected: str = "", user: Any = None) -> Plan:
    """Import a file if every row of it holds, and return what was (or was not) done.

    `expected` is the fingerprint of the plan that somebody agreed to; raises `OutdatedPlanError` where it
    is another one by now.
    """
    try:
        with transaction.atomic():
            found = plan(data, lock=True)
            if expected and found.fingerprint != expected:
                raise OutdatedPlanError(found)
            if found.holds and not found.idle:
                _carry_out(found, user)
            return found
    except IntegrityError as error:
        # Somebody saved one of these readings at the same moment.
        raise OutdatedPlanError(plan(data)) from error


def _carry_out(found: Plan, user: Any) -> None:
    new, changed, metrics = [], [], {}
    for step in found.steps:
        values = {name: getattr(step.after, name) for name in _FIELDS}
        row = step.row
        reading = Reading(
            pk=step.pk, metric=row.metric, date=row.day, community_id=row.community_id, **values
        )
        if step.state in {NEW, CHANGED}:
            (new if step.state == NEW else changed).append(reading)
            metrics[row.metric.pk] = row.metric
    Reading.objects.bulk_create(new, batch_size=_AT_ONCE)
    Reading.objects.bulk_update(changed, _FIELDS, batch_size=_AT_ONCE)
    # What single saves would have told others.
    mark(Scope.SITE, Reading._meta.label_lower)
    for metric in metrics.values():
        _note(metric, user)


def _note(metric: Metric, user: Any) -> None:
    ReferenceIndex.create_or_update_for_object(metric)
    log(instance=metric, action="wagtail.edit", user=user)
