"""Writing a plan: first every page as a draft, so that all have ids, then their texts and publishing.

Texts are read one at a time, on their way to their page. Each page is written in a transaction of its
own together with its record. Killed at any moment and run again, an import goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.entries.models import (
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    FeaturedLinkPage,
    StoryPage,
)
from impact.gallery.models import GalleryPage
from impact.media.indexing import together, weigh
from impact.portability.ledger import Ledger, State
from impact.portability.links import COMMUNITIES, GALLERY, HOME, ROUNDUPS
from impact.portability.old_addresses import LISTS, Goal
from impact.portability.records import (
    EntryHead,
    Light,
    Plan,
    PlannedCommunity,
    PlannedEntry,
    PlannedRoundup,
    PlannedStandard,
    Whole,
)
from impact.portability.redirects import Redirected, Redirects
from impact.portability.storage import Store
from impact.portability.stored_terms import StoredTerms
from impact.portability.writer import Writer
from impact.portability.written_rows import (
    already_here,
    fill_roundup,
    fill_standard,
    restore,
    restore_data,
    restore_tags,
)
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.standard.models import StandardPage

# Called with the number of steps done and of all.
Progress = Callable[[int, int], None]

# What a draft need not have yet.
_UNFINISHED = ["summary", "body", "category", "external_url", "publisher"]

_TO_WRITE = frozenset({"new", "unfinished", "changed", "overwritten"})
_TO_REPORT: dict[State, tuple[str, str]] = {
    "edited": ("left-alone", "edited or unpublished here, and changed in the source; left alone"),
    "deleted": ("left-alone", "deleted here since the import; left alone"),
    "overwritten": (
        "overwritten",
        "edited or unpublished here; overwritten by the source, the edit stays in its history",
    ),
}


@dataclass
class Outcome:
    """What was written, or would be: states by key, and the number of files stored.

    `paths` has the addresses that pages have on this site now, by key.
    """

    dry_run: bool = False
    states: dict[str, State] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    files_stored: int = 0
    redirects: list[Redirected] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    terms_changed: int = 0

    def address(self, goal: Goal) -> str:
        """Return where an old address leads to; empty while its page is still to be made."""
        path = self.paths.get(goal.page, "")
        return goal.address(path) if path else ""

    @property
    def wrote_nothing(self) -> bool:
        """Whether everything was there already, or nothing should be written."""
        to_write = any(state in _TO_WRITE for state in self.states.values())
        return self.dry_run or not (to_write or self.terms_changed)

    def count(self, *states: State) -> int:
        """Return how many pages had one of the states."""
        return sum(state in states for state in self.states.values())


def apply(
    plan: Plan,
    progress: Progress = lambda _done, _all: None,
    *,
    dry_run: bool = False,
    overwrite: bool = False,
) -> Outcome:
    """Write a plan to the database. Where nothing changed, and in a dry run, nothing is written.

    A page that was edited here is left alone, or with `overwrite` brought back to the plan's state as a
    new revision; one that was deleted here stays deleted.
    """
    ledger = Ledger.of(plan.source.name, overwrite=overwrite)
    outcome = Outcome(dry_run=dry_run)
    _Importer(plan, ledger, outcome, progress).run()
    return outcome


class _Importer:
    def __init__(self, plan: Plan, ledger: Ledger, outcome: Outcome, progress: Progress) -> None:
        self.plan = plan
        self.ledger = ledger
        self.outcome = outcome
        self.progress = progress
        self.store = Store(plan.files)
        self.writer = Writer(self.page_id, self.store.image_id, self.store.document_id)
        self.redirects = Redirects(plan.addresses, self.page_id, outcome.dry_run, outcome.redirects)
        self.terms = StoredTerms(plan, self.store, overwrite=ledger.overwrite)
        # Pages of an export that this site has already, by key.
        self.here: dict[str, int] = {}

    @cached_property
    def gallery(self) -> GalleryPage:
        """The parent of all entries."""
        found: GalleryPage = GalleryPage.objects.get()
        return found

    @cached_property
    def index(self) -> CommunityIndexPage:
        """The parent of all communities."""
        found: CommunityIndexPage = CommunityIndexPage.objects.get()
        return found

    @cached_property
    def home(self) -> Page:
        """The parent of plain pages."""
        site = self.gallery.get_site()
        found: Page = site.root_page if site else self.gallery.get_parent()
        return found

    def run(self) -> None:
        pages = self.plan.pages
        new = [page for page in pages if self.ledger.is_new(page.key)]
        done, steps = 0, len(pages) + (0 if self.outcome.dry_run else len(new))
        if not self.outcome.dry_run:
            for page in new:
                self._guarded(self._create, page)
                done += 1
                self.progress(done, steps)
        made = {page.key for page in new}
        for page in pages:
            self._bring_up_to_date(page, is_new=page.key in made)
            done += 1
            self.progress(done, steps)
        self.outcome.terms_changed = self.terms.bring_up_to_date(dry_run=self.outcome.dry_run)
        if not self.outcome.wrote_nothing:
            weigh(Page)
        self.outcome.files_stored = self.store.stored
        self._account_for_addresses()
        self._report_merged()

    def _account_for_addresses(self) -> None:
        """See to the old addresses of pages that were not written, and say where all of them are now."""
        states = self.outcome.states.items()
        written = [key for key, state in states if state in _TO_WRITE]
        as_before = [key for key, state in states if state in {"unchanged", "edited"}]
        if self.outcome.dry_run:
            self.redirects.make([*LISTS, *written] if written else [])
        self.redirects.look_up([*as_before, *([] if written else LISTS)])
        self.outcome.paths = self.redirects.lists | self.redirects.paths(self.outcome.states)
        files = {page.key: page.file for page in self.plan.pages}
        for one in self.outcome.redirects:
            if one.state == "conflict":
                file = files.get(one.goal.page, "redirects")
                self.plan.log.add("warning", "old-address", file, 0, f"“{one.old}” {one.why}")

    def _bring_up_to_date(self, page: Light, *, is_new: bool) -> None:
        """Read one page of the plan, and write it unless it is as it was."""
        whole = self.plan.whole(page)
        if whole is None:
            self._discard(page.key)
            return
        state: State = "new" if is_new else self.ledger.state(whole)
        self.outcome.states[page.key] = state
        if state in _TO_REPORT:
            code, text = _TO_REPORT[state]
            self.plan.log.add("warning", code, page.file, 0, text)
        may_write = not self.outcome.dry_run and page.key not in self.outcome.failed
        if may_write and state in _TO_WRITE:
            self._add_terms()
            self._guarded(self._fill, whole)
        self.store.tidy()

    def _report_merged(self) -> None:
        """Name the pages of earlier imports that a map has merged into others since."""
        files = {file.key: file.label for file in self.plan.source.of_kind("community")}
        for community in self.plan.communities:
            for key in community.merged:
                record = self.ledger.records.get(key)
                page = Page.objects.filter(pk=record.page_id).first() if record else None
                if page is not None:
                    text = (
                        f"made one with “{community.title}”, but imported before: {page.url} stays"
                    )
                    self.plan.log.add("warning", "left-alone", files[key], 0, text)

    def _discard(self, key: str) -> None:
        """Take away a page that was made for a text that can't be read, and never filled."""
        record = self.ledger.records.get(key)
        if self.outcome.dry_run or record is None or record.fingerprint or not record.page_id:
            return
        with transaction.atomic():
            Page.objects.get(pk=record.page_id).delete()
            record.delete()
        del self.ledger.records[key]

    def page_id(self, key: str) -> int | None:
        """Return the id of a page by its key; `=5` is one that an earlier import made."""
        if key.startswith("="):
            return int(key[1:])
        if key == GALLERY:
            return self.gallery.pk
        if key == COMMUNITIES:
            return self.index.pk
        if key == HOME:
            return self.home.pk
        if key == ROUNDUPS:
            return RoundupIndexPage.objects.get().pk
        record = self.ledger.records.get(key)
        return record.page_id if record else self.here.get(key)

    def _guarded(self, step: Callable[[Any], None], page: Light | Whole) -> None:
        """One page that can't be written is reported and does not stop the others."""
        try:
            with self.store.transaction():
                step(page)
        except (ValidationError, ValueError, OverflowError, OSError, DatabaseError) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            text = "; ".join(messages)
            self.outcome.failed[page.key] = text
            self.plan.log.add("error", "not-written", page.file, 0, text)

    # Terms

    def _add_terms(self) -> None:
        """Make the categories and authors of the plan, once, when the first page is written."""
        if self.terms.are_made:
            return
        self.terms.make()
        with transaction.atomic():
            self.redirects.make(LISTS)
        if self.plan.source.is_written:
            restore_tags(self.plan.tags)
            restore_data(self.plan.source, self.plan.log.about, self.page_id)

    # First pass: every page gets its place

    def _create(self, page: Light) -> None:
        parent = self._parent(page)
        if page.exact is not None and (here := already_here(page, parent)):
            self.here[page.key] = here.pk
            raise ValueError(f"is here already, as {here.url}; left alone")
        new = self._new(page)
        new.title, new.slug, new.live = page.title, _free_slug(page.slug, parent), False
        new.has_unpublished_changes = True
        with together(), disable_reference_index_auto_update():
            parent.add_child(instance=new)
        self.ledger.add(page.key, new.pk, getattr(page, "guid", ""))

    def _parent(self, page: Light) -> Page:
        match page:
            case EntryHead():
                return self.gallery
            case PlannedCommunity():
                return self.index
            case PlannedRoundup():
                return RoundupIndexPage.objects.get()
            case PlannedStandard(parent=key):
                parent = self.page_id(key) if key else None
                return Page.objects.get(pk=parent) if parent else self.home

    def _new(self, page: Light) -> Page:
        match page:
            case PlannedCommunity():
                return CommunityPage()
            case PlannedStandard():
                return StandardPage()
            case PlannedRoundup():
                return self._with_guid(RoundupPage(year=page.year), page.guid)
            case EntryHead(kind="link"):
                return self._with_guid(FeaturedLinkPage(), page.guid)
            case EntryHead():
                return self._with_guid(StoryPage(), page.guid)

    def _with_guid(self, page: Any, guid: str) -> Page:
        """Give a page the identifier that its source has for it, unless another page has that."""
        model = RoundupPage if isinstance(page, RoundupPage) else EntryPage
        if guid and not model.objects.filter(guid=guid).exists():
            page.guid = guid
        found: Page = page
        return found

    # Second pass: texts, relations, publishing

    def _fill(self, page: Whole) -> None:
        record = self.ledger.records[page.key]
        # Not through the record, which would keep every page in memory.
        target = Page.objects.get(pk=record.page_id).specific
        with together() as waiting:
            moment = self._fill_in(target, page)
            # Search and references learn of the page when it is whole, not at each of its saves.
            with disable_reference_index_auto_update():
                record.revision_id = self._save(target, moment, publish=not page.draft)
        waiting.write()
        ReferenceIndex.create_or_update_for_object(target)
        record.fingerprint = page.fingerprint
        record.save()
        # In the same transaction. A draft has no old addresses.
        self.redirects.make([page.key])

    def _fill_in(self, target: Any, page: Whole) -> datetime | None:
        """Give a page what the plan has for it; return when it was last published, None for now."""
        target.title = target.draft_title = page.title
        target.summary = page.summary
        moment = None
        match page:
            case PlannedCommunity():
                self._fill_community(target, page)
            case PlannedEntry():
                self._fill_entry(target, page)
                moment = page.updated or page.moment
            case PlannedStandard():
                fill_standard(target, page, self.writer)
            case PlannedRoundup():
                fill_roundup(target, page, self.writer)
                target.lead_image_id = self.store.image_id(page.lead)
        if page.exact is not None:
            restore(target, page.exact)
            moment = page.exact.last_published_at
        return moment

    def _save(self, target: Page, moment: datetime | None, *, publish: bool) -> int:
        """Save a page as a revision, and publish it or keep it as a draft; return the revision's number."""
        if not publish:
            target.full_clean(exclude=_UNFINISHED)
            self._take_down(target)
            target.save(clean=False)
        revision = target.save_revision(clean=False)
        if publish:
            # Validates. Our own `publish` would read the revision once more to do so before.
            Page.publish(target, revision)
            if moment is not None:
                Page.objects.filter(pk=target.pk).update(last_published_at=moment)
        number: int = revision.pk
        return number

    def _take_down(self, target: Page) -> None:
        """A page that was published, and is a draft in the source now."""
        if target.live:
            target.unpublish()
            target.last_published_at = None

    def _fill_community(self, target: CommunityPage, page: PlannedCommunity) -> None:
        features = CommunityPage._meta.get_field("description").features
        target.description = self.writer.rich_text(page.description, features)
        target.kind = page.kind
        target.website = page.website
        # The source knows no regions: one that was chosen here stays unless a map says another.
        target.region = page.region or target.region
        target.logo_id = self.store.image_id(page.logo)

    def _fill_entry(self, target: Any, page: PlannedEntry) -> None:
        if page.moment is not None:
            target.date = page.moment.date()
            target.first_published_at = _published_at(page.moment)
        target.lead_image_id = self.store.image_id(page.lead)
        target.category = self.terms.categories.get(page.category)
        target.featured = page.featured
        target.language = page.language or settings.LANGUAGE_CODE
        target.tags.set(list(page.tags))
        target.author_links = [
            EntryAuthor(author=self.terms.authors[slug], sort_order=order)
            for order, slug in enumerate(page.authors)
        ]
        target.community_links = [
            EntryCommunity(community=community, role=role, sort_order=order)
            for order, (key, role) in enumerate(page.communities)
            if (community := self._community(key)) is not None
        ]
        if page.kind == "link":
            target.external_url = page.external_url
            target.publisher = page.publisher
        else:
            seed = f"{self.ledger.source}{page.key}"
            target.body = self.writer.body(page.body, seed)

    def _community(self, key: str) -> CommunityPage | None:
        return CommunityPage.objects.filter(pk=self.page_id(key)).first()


def _published_at(moment: datetime) -> datetime:
    """A date without a time of day was published at noon of the site's own day."""
    if moment.time() == time() and moment.tzinfo is UTC:
        noon = datetime.combine(moment.date(), time(12))
        return timezone.make_aware(noon)
    return moment


def _free_slug(slug: str, parent: Page) -> str:
    candidate, number = slug, 2
    # One at a time by the index of slugs: names that begin alike would be looked for in all children.
    while Page.objects.filter(slug=candidate).child_of(parent).exists():
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
