"""What an exported site holds besides the texts of its pages, written to the database as it was."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from impact.entries.models import StoryOutcome
from impact.metrics.models import Metric, Reading
from impact.portability.brought_years import brought
from impact.portability.exact import Exact
from impact.portability.front_matter import FrontMatterError, load_config
from impact.portability.links import HOME
from impact.portability.messages import FileLog
from impact.portability.records import EntryHead, Light, PlannedRoundup, PlannedStandard
from impact.portability.source import Source
from impact.portability.terms import PlannedTag
from impact.portability.values import storable
from impact.portability.writer import Writer
from impact.portability.written_context import LISTS
from impact.taxonomy.models import Tag

# What belongs to no page.
DATA = "data/impact.yaml"

_METRIC = ("name", "unit", "currency", "description", "direction", "headline")
_READING = {"value", "precision", "period_start", "date", "note"}


def already_here(planned: Light, parent: Page) -> Page | None:
    """Return the page of this site that an exported page is, if the export is brought back to it.

    An entry is known by its identifier, any other page by its address.
    """
    if isinstance(planned, EntryHead):
        return Page.objects.filter(entrypage__guid=planned.guid).first()
    return Page.objects.child_of(parent).filter(slug=planned.slug).first()


def restore(page: Any, exact: Exact) -> None:
    """Give a page the further fields and rows that its export spelled out."""
    for name, value in exact.fields:
        setattr(page, name, value)
    page.last_published_at = exact.last_published_at
    if exact.kind == "story":
        metrics = Metric.objects.in_bulk(
            {dict(fields)["metric"] for fields in exact.outcomes} - {""}, field_name="slug"
        )
        page.outcomes = [
            StoryOutcome(
                **{
                    **dict(fields),
                    "metric": metrics.get(dict(fields)["metric"]),
                    "value": Decimal(dict(fields)["value"]),
                    "sort_order": order,
                }
            )
            for order, fields in enumerate(exact.outcomes)
        ]


def fill_standard(page: Any, planned: PlannedStandard, writer: Writer) -> None:
    """Give a plain page its text."""
    page.body = writer.body(planned.body, planned.key)


def fill_roundup(page: Any, planned: PlannedRoundup, writer: Writer) -> None:
    """Give a yearly report its blocks, and the record that it equals where its year is closed."""
    page.year = planned.year
    body = writer.body(planned.body, planned.key)
    page.body = body
    closed = planned.closed
    page.snapshot = brought(closed, body, writer.page_id, writer.image_id) if closed else None


def restore_tags(tags: Iterable[PlannedTag]) -> None:
    """Make the tags that are not there, under their own names."""
    there = set(Tag.objects.values_list("slug", flat=True))
    Tag.objects.bulk_create(
        [Tag(slug=tag.slug, name=tag.name) for tag in tags if tag.slug not in there]
    )


def restore_data(
    source: Source, log: Callable[[str], FileLog], page_id: Callable[[str], int | None]
) -> None:
    """Make the metrics and redirects of the data files that are not there."""
    about = log(DATA)
    data = _data(source, about)
    for name, restore_one in (("metrics", _metric), ("redirects", _redirect)):
        for row in _rows(data.get(name)):
            try:
                with transaction.atomic():
                    restore_one(row, source, page_id)
            except (ArithmeticError, KeyError, TypeError, ValueError, ValidationError) as error:
                said = "; ".join(error.messages) if isinstance(error, ValidationError) else error
                about.warning("data", f"{storable(str(row))[:80]}: {said}")


def _data(source: Source, log: FileLog) -> Mapping[str, Any]:
    path = source.resources.inside(source.root / DATA)
    if path is None:
        return {}
    try:
        return load_config(path.read_text(encoding="utf-8"), path.suffix)
    except (FrontMatterError, UnicodeDecodeError, OSError) as error:
        log.error("data", str(error), getattr(error, "line", 0))
        return {}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _metric(row: Mapping[str, Any], source: Source, page_id: Callable[[str], int | None]) -> None:
    if Metric.objects.filter(slug=row["slug"]).exists():
        return
    last = Metric.objects.order_by("-sort_order").values_list("sort_order", flat=True).first()
    fields = {name: row[name] for name in _METRIC if name in row}
    metric = Metric(slug=row["slug"], sort_order=(last or 0) + 1, **fields)
    metric.full_clean()
    metric.save()
    for data in row.get("readings", []):
        community = data.get("community")
        section = source.sections["communities"]
        reading = Reading(
            metric=metric,
            community_id=page_id(f"{section}/{community}") if community else None,
            source_url=data.get("source", ""),
            **{name: data[name] for name in _READING if name in data},
        )
        if community and reading.community_id is None:
            raise ValueError(f"a reading of {community}, which is not there")
        reading.full_clean()
        reading.save()


def _redirect(row: Mapping[str, Any], source: Source, page_id: Callable[[str], int | None]) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if Redirect.get_for_site(site).filter(old_path=row["from"]).exists():
        return
    target = str(row["to"])
    if not target.startswith(("/", "http://", "https://")):
        raise ValueError(f"{target} is no address")
    lists = {f"/{source.sections[name]}/": key for name, key in LISTS.items()} | {"/": HOME}
    page = page_id(lists[target]) if target in lists else None
    redirect = Redirect(
        old_path=row["from"],
        site=site,
        redirect_page_id=page,
        redirect_link="" if page else target,
        is_permanent=row.get("permanent", True) is True,
    )
    # The field takes whole addresses only, though paths of this site work as well.
    redirect.full_clean(exclude=["redirect_link"])
    redirect.save()
