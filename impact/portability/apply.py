"""Writing a plan: first every page as a draft, so that all have ids, then their texts and publishing.

Each page is written in a transaction of its own together with its record. Killed at any moment and run
again, an import goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Page

from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import (
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    FeaturedLinkPage,
    StoryPage,
)
from impact.gallery.models import GalleryPage
from impact.people.models import Author, AuthorLink
from impact.portability.ledger import Ledger, State
from impact.portability.links import COMMUNITIES, GALLERY
from impact.portability.models import ImportRecord
from impact.portability.records import Plan, PlannedCommunity, PlannedEntry
from impact.portability.storage import Store
from impact.portability.terms import PlannedAuthor
from impact.portability.writer import Writer
from impact.taxonomy.models import Category

Progress = Callable[[str], None]
Planned = PlannedCommunity | PlannedEntry

_TO_WRITE = frozenset({"new", "unfinished", "changed"})


@dataclass
class Outcome:
    """What was written: states by key, and the number of files stored."""

    states: dict[str, State] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    files_stored: int = 0

    @property
    def wrote_nothing(self) -> bool:
        """Whether everything was there already."""
        return not any(state in _TO_WRITE for state in self.states.values())

    def count(self, *states: State) -> int:
        """Return how many pages had one of the states."""
        return sum(state in states for state in self.states.values())


def apply(plan: Plan, progress: Progress = lambda _text: None) -> Outcome:
    """Write a plan to the database. Where nothing changed, nothing is written."""
    ledger = Ledger.of(plan.source.name)
    outcome = Outcome(states=ledger.states(plan))
    _report_left_alone(plan, outcome)
    if outcome.wrote_nothing:
        return outcome
    _Importer(plan, ledger, outcome, progress).run()
    return outcome


def _report_left_alone(plan: Plan, outcome: Outcome) -> None:
    texts: dict[State, str] = {
        "edited": "changed here since the import, and in the source; left alone",
        "deleted": "deleted here since the import; left alone",
    }
    for page in plan.pages:
        if text := texts.get(outcome.states[page.key]):
            plan.log.add("warning", "left-alone", page.file, 0, text)


class _Importer:
    def __init__(self, plan: Plan, ledger: Ledger, outcome: Outcome, progress: Progress) -> None:
        self.plan = plan
        self.ledger = ledger
        self.outcome = outcome
        self.progress = progress
        self.store = Store(plan.files)
        self.writer = Writer(self.page_id, self.store.image_id, self.store.document_id)
        self.gallery = GalleryPage.objects.get()
        self.index = CommunityIndexPage.objects.get()
        self.categories: dict[str, Category] = {}
        self.authors: dict[str, Author] = {}
        self.fixed = {GALLERY: self.gallery.pk, COMMUNITIES: self.index.pk}

    def run(self) -> None:
        todo = [p for p in self.plan.pages if self.outcome.states[p.key] in _TO_WRITE]
        self._add_terms()
        for page in todo:
            if self.outcome.states[page.key] == "new":
                self._guarded(self._create, page)
            self.progress(page.key)
        for page in todo:
            if page.key not in self.outcome.failed:
                self._guarded(self._fill, page)
            self.progress(page.key)
        self.outcome.files_stored = self.store.stored

    def page_id(self, key: str) -> int | None:
        """Return the id of a page by its key; `=5` is one that an earlier import made."""
        if key.startswith("="):
            return int(key[1:])
        if key in self.fixed:
            return self.fixed[key]
        record = self.ledger.records.get(key)
        return record.page_id if record else None

    def _guarded(self, step: Callable[[Planned], None], page: Planned) -> None:
        """One page that can't be written is reported and does not stop the others."""
        try:
            with transaction.atomic():
                step(page)
        except (ValidationError, ValueError, OverflowError, OSError, DatabaseError) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            text = "; ".join(messages)
            self.outcome.failed[page.key] = text
            self.plan.log.add("error", "not-written", page.file, 0, text)

    # Terms

    def _add_terms(self) -> None:
        for order, planned in enumerate(self.plan.categories):
            self.categories[planned.slug], _made = Category.objects.get_or_create(
                slug=planned.slug,
                defaults={"name": planned.name, "colour": planned.colour, "sort_order": order},
            )
        for planned_author in self.plan.authors:
            self.authors[planned_author.slug] = self._author(planned_author)

    @transaction.atomic
    def _author(self, planned: PlannedAuthor) -> Author:
        if found := Author.objects.filter(slug=planned.slug).first():
            return found
        author = Author(
            slug=planned.slug,
            name=planned.name,
            role=planned.role,
            bio=planned.bio,
            picture_id=self.store.image_id(planned.picture),
        )
        author.links = [AuthorLink(name=name, url=url) for name, url in planned.links]
        author.save()
        return author

    # First pass: every page gets its place

    def _create(self, page: Planned) -> None:
        parent: Page = self.gallery if isinstance(page, PlannedEntry) else self.index
        slug = _free_slug(page.slug, parent)
        new: Page
        if isinstance(page, PlannedCommunity):
            new = CommunityPage(title=page.title, slug=slug, live=False)
            old_address = ""
        else:
            new = self._new_entry(page, slug)
            old_address = page.guid
        new.has_unpublished_changes = True
        parent.add_child(instance=new)
        self.ledger.records[page.key] = ImportRecord.objects.create(
            source=self.ledger.source, key=page.key[:500], page=new, old_address=old_address
        )

    def _new_entry(self, page: PlannedEntry, slug: str) -> EntryPage:
        model = FeaturedLinkPage if page.kind == "link" else StoryPage
        entry: EntryPage = model(title=page.title, slug=slug, live=False, summary=page.summary)
        if page.guid and not EntryPage.objects.filter(guid=page.guid).exists():
            entry.guid = page.guid
        return entry

    # Second pass: texts, relations, publishing

    def _fill(self, page: Planned) -> None:
        record = self.ledger.records[page.key]
        if record.page is None:
            return
        target = record.page.specific
        if isinstance(page, PlannedCommunity):
            self._fill_community(target, page)
            publish, moment = True, None
        else:
            self._fill_entry(target, page)
            publish, moment = not page.draft, page.updated or page.moment
        target.full_clean(exclude=[] if publish else ["summary", "body"])
        if not publish:
            target.save(clean=False)
        revision = target.save_revision(clean=False)
        if publish:
            revision.publish()
            if moment is not None:
                Page.objects.filter(pk=target.pk).update(last_published_at=moment)
        record.revision = revision
        record.fingerprint = page.fingerprint
        record.save()

    def _fill_community(self, target: CommunityPage, page: PlannedCommunity) -> None:
        features = CommunityPage._meta.get_field("description").features
        target.title = target.draft_title = page.title
        target.summary = page.summary
        target.description = self.writer.rich_text(page.description, features)
        target.kind = page.kind
        target.website = page.website
        target.logo_id = self.store.image_id(page.logo)

    def _fill_entry(self, target: Any, page: PlannedEntry) -> None:
        target.title = target.draft_title = page.title
        target.summary = page.summary
        if page.moment is not None:
            target.date = page.moment.date()
            target.first_published_at = _published_at(page.moment)
        target.lead_image_id = self.store.image_id(page.lead)
        target.category = self.categories[page.category]
        target.featured = page.featured
        target.language = page.language or settings.LANGUAGE_CODE
        target.tags.set(list(page.tags))
        target.author_links = [EntryAuthor(author=self.authors[slug]) for slug in page.authors]
        target.community_links = [
            EntryCommunity(community=community, role=role)
            for key, role in page.communities
            if (community := self._community(key)) is not None
        ]
        if page.kind == "link":
            target.external_url = page.external_url
            target.publisher = page.publisher
        else:
            seed = f"{self.ledger.source}{page.key}"
            target.body = self.writer.body(page.body, seed)

    def _community(self, key: str) -> CommunityPage | None:
        record = self.ledger.records.get(key)
        return CommunityPage.objects.filter(pk=record.page_id).first() if record else None


def _published_at(moment: datetime) -> datetime:
    """A date without a time of day was published at noon of the site's own day."""
    if moment.time() == time() and moment.tzinfo is UTC:
        noon = datetime.combine(moment.date(), time(12))
        return timezone.make_aware(noon)
    return moment


def _free_slug(slug: str, parent: Page) -> str:
    taken = set(
        Page.objects.child_of(parent).filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
