"""From pages to rows: what the read model holds of each entry, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from wagtail.models import Page

from impact.catalogue import fulltext
from impact.catalogue.models import EntryRow
from impact.entries.models import (
    CommunityRole,
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    EntryTag,
    StoryOutcome,
)
from impact.pages.visibility import public as is_public

T = TypeVar("T")

# Entries that are read at once.
CHUNK = 500
_OWN_FIELDS = [
    field.attname for field in EntryRow._meta.concrete_fields if field.attname != "entry_id"
]


@dataclass(frozen=True)
class Projected:
    """What is to be stored of an entry that is live."""

    row: EntryRow
    texts: fulltext.Texts


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield values in lists of at most `size`."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def projected(pks: Collection[int], version: int) -> list[Projected]:
    """Return what the pages say; those that are not live, or no entries, are left out."""
    live = EntryPage.objects.filter(pk__in=pks, live=True).order_by("pk")
    pages = list(live.specific())
    keys = [page.pk for page in pages]
    open_to_all = set(live.published().values_list("pk", flat=True))
    links = EntryCommunity.objects.filter(page_id__in=keys).order_by("sort_order", "pk")
    about = _ids(links.filter(role=CommunityRole.ABOUT), "page_id", "community_id")
    supporters = _ids(links.filter(role=CommunityRole.SUPPORTER), "page_id", "community_id")
    tags = _ids(
        EntryTag.objects.filter(content_object_id__in=keys).order_by("pk"),
        "content_object_id",
        "tag_id",
    )
    authors = _ids(
        EntryAuthor.objects.filter(page_id__in=keys).order_by("sort_order", "pk"),
        "page_id",
        "author_id",
    )
    outcomes = StoryOutcome.objects.filter(page_id__in=keys).order_by()
    reporting = set(outcomes.values_list("page_id", flat=True).distinct())
    found = []
    for page in pages:
        filing = {
            "year": [page.date.year],
            # `None` stands for no category: a report on a year shows those entries too.
            "category": [page.category_id],
            "community": about[page.pk],
            "tag": tags[page.pk],
            "author": authors[page.pk],
            "kind": [page.kind],
            "supporter": supporters[page.pk],
            "featured": [page.featured],
            # Whether it reports outcomes: a yearly report shows those entries first.
            "reporting": [page.pk in reporting],
        }
        found.append(Projected(_row(page, filing, page.pk in open_to_all, version), _texts(page)))
    return found


def project(pks: Collection[int], version: int) -> None:
    """Bring the rows of some pages up to date; a page that is not live leaves a row that is not public."""
    found = projected(pks, version)
    EntryRow.objects.bulk_create(
        [one.row for one in found],
        update_conflicts=True,
        unique_fields=["entry_id"],
        update_fields=_OWN_FIELDS,
    )
    fulltext.write({one.row.pk: one.texts for one in found})
    if gone := set(pks) - {one.row.pk for one in found}:
        EntryRow.objects.filter(pk__in=gone, public=True).update(public=False, version=version)
        fulltext.forget(gone)


def project_branch(path: str, version: int) -> set[int]:
    """Bring addresses and publicity of all rows below a page up to date, however many there are.

    Nothing else of an entry depends on what stands above it, so a few statements do. Returns the entries
    that have no row yet.
    """
    entries = EntryPage.objects.order_by().filter(path__startswith=path, live=True)
    page = Page.objects.filter(pk=OuterRef("pk"))
    rows = EntryRow.objects.filter(pk__in=entries.values("pk"))
    # The index knows no addresses, so that they are new is nothing to tell its readers.
    moved = rows.filter(~Exists(page.filter(url_path=OuterRef("url_path"))))
    moved.update(url_path=Subquery(page.values("url_path")))
    for public, right in ((False, entries.filter(~is_public())), (True, entries.published())):
        wrong = EntryRow.objects.filter(pk__in=right.values("pk"), public=not public)
        wrong.update(public=public, version=version)
    missing = entries.filter(~Exists(EntryRow.objects.filter(pk=OuterRef("pk"))))
    return set(missing.values_list("pk", flat=True))


def drifted(pks: Collection[int]) -> list[int]:
    """Return which of some entries are stored differently from what their pages say."""
    stored = EntryRow.objects.in_bulk(pks)
    texts = fulltext.read(pks)
    wrong = {pk for pk, row in stored.items() if row.public} | set(texts)
    # A word that is not listed is not looked for, whoever has it.
    listed = fulltext.known({word for words, _text in texts.values() for word in words})
    for one in projected(pks, 0):
        row = stored.get(one.row.pk)
        words = frozenset(fulltext.words(" ".join(one.texts)))
        if (
            row is not None
            and _content(row) == _content(one.row)
            and texts.get(row.pk) == (words, fulltext.source(one.texts))
            and words <= listed
        ):
            wrong.remove(row.pk)
        else:
            wrong.add(one.row.pk)
    return sorted(wrong)


def _content(row: EntryRow) -> list[Any]:
    return [getattr(row, name) for name in _OWN_FIELDS if name != "version"]


def _row(page: Any, filing: dict[str, list[Any]], public: bool, version: int) -> EntryRow:
    return EntryRow(
        entry_id=page.pk,
        version=version,
        public=public,
        expires_at=page.expire_at,
        date=page.date,
        # What was made live in the tables themselves was never announced.
        announced_on=page.announced_on or page.date,
        filing=filing,
        kind=page.kind,
        title=page.title,
        summary=page.summary,
        slug=page.slug,
        url_path=page.url_path,
        language=page.language,
        featured=page.featured,
        image_id=page.lead_image_id,
        external_url=getattr(page, "external_url", ""),
        publisher=getattr(page, "publisher", ""),
    )


def _texts(page: Any) -> fulltext.Texts:
    """Return what is searched: what the page type declares to Wagtail's own search."""
    others = [
        field.get_value(page)
        for field in page.get_searchable_search_fields()
        if field.field_name not in ("title", "summary")
    ]
    return page.title, page.summary, " ".join(_flat(others))


def _flat(value: Any) -> Iterator[str]:
    """Yield the texts of a search field's value: one, or a list of them."""
    if isinstance(value, list):
        for part in value:
            yield from _flat(part)
    elif value is not None:
        yield str(value)


def _ids(rows: QuerySet[Any], page: str, other: str) -> defaultdict[int, list[int]]:
    """Return what is related to each page, in the order of the rows, each once."""
    found: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for key, related in rows.values_list(page, other):
        found[key][related] = None
    return defaultdict(list, {key: list(values) for key, values in found.items()})
