"""Makes the demo site in one transaction, so that a load that is stopped leaves nothing half done."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection, Page, PageLogEntry, Revision, Site

from impact.accounts.models import User
from impact.branding.models import FooterLink, NavigationLink, SiteSettings, SocialLink
from impact.communities.models import CommunityIndexPage, CommunityPage
from impact.demo import accounts, pictures
from impact.demo.artwork.film import captions, film
from impact.demo.artwork.printing import Sheet, print_all
from impact.demo.bodies import Builder
from impact.demo.bodies import pictures as pictures_of
from impact.demo.files import Content, Data, guid
from impact.demo.letters import digest
from impact.demo.pictures import CREDIT, LICENCE
from impact.demo.reports import report_body
from impact.entries.models import (
    CommunityRole,
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    FeaturedLinkPage,
    StoryOutcome,
    StoryPage,
)
from impact.gallery.models import GalleryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.metrics.models import Metric, Reading
from impact.newsletter.models import DigestPage, NewsletterIndexPage, Sending, SendingManner
from impact.newsletter.sending import MARKED, mark_sent
from impact.people.models import Author, AuthorLink
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.standard.models import StandardPage
from impact.taxonomy.models import Category

COLLECTION = "Orrery Street"
Progress = Callable[[str], object]


class SiteIsNotEmptyError(Exception):
    """The site has content of its own, which the demo would stand among."""


@dataclass(frozen=True)
class Summary:
    """What a load has made."""

    stories: int
    links: int
    communities: int
    roundups: int
    pictures: int


def is_loaded() -> bool:
    """Whether entries of the demo are there."""
    return EntryPage.objects.filter(guid__in=Content().guids).exists()


def check_empty() -> None:
    """Raise `SiteIsNotEmptyError`, saying what is there, when the site has content of its own."""
    kinds: Iterable[tuple[Any, str]] = (
        (EntryPage, "entries"),
        (CommunityPage, "communities"),
        (RoundupPage, "roundups"),
        (DigestPage, "digests"),
        (Category, "categories"),
        (Author, "authors"),
        (Metric, "metrics"),
    )
    found = [f"{count} {name}" for model, name in kinds if (count := model.objects.count())]
    if found:
        raise SiteIsNotEmptyError(", ".join(found))


def steps() -> int:
    """Return how often `load` reports progress."""
    content = Content()
    pages = (
        content.communities,
        content.stories,
        content.links,
        content.roundups,
        content.digests,
        content.pages,
    )
    return len(Loader(content)._sheets()) + sum(len(found) for found in pages)


def load(progress: Progress, workers: int | None = None) -> Summary:
    """Fill an empty site; `progress` is told the name of each thing made."""
    check_empty()
    loader = Loader(Content(), progress)
    files = list(loader.draw(workers if workers is not None else min(4, os.cpu_count() or 1)))
    with transaction.atomic():
        return loader.load(files)


class Loader:
    """One load: remembers what it has made, so that later things can refer to it."""

    def __init__(self, content: Content, progress: Progress = lambda _name: None) -> None:
        self.content = content
        self.progress = progress
        self.images: dict[str, ImpactImage] = {}
        self.documents: dict[str, ImpactDocument] = {}
        self.pages: dict[str, Any] = {}
        self.users: dict[str, User] = {}
        self.build = Builder(
            page_id=lambda target: self.pages[target].pk,
            image_id=lambda picture: self.images[picture["name"]].pk,
            document_id=lambda name: self.documents[name].pk,
        )

    # Pictures.

    def _sheets(self) -> list[Sheet]:
        """Return every picture that the content names; those in a body get their name here."""
        inks = {category["slug"]: category["inks"] for category in self.content.categories}
        organisation = self.content.organisation
        sheets = [
            Sheet.of(name, organisation[name], "people")
            for name in ("logo", "logo_dark", "icon", "hero")
        ]
        sheets += [
            Sheet.of(f"portrait-{a['slug']}", a["picture"], "people") for a in self.content.authors
        ]
        sheets += [
            Sheet.of(f"sign-{c['slug']}", c["logo"], "water") for c in self.content.communities
        ]
        for entry in (*self.content.stories, *self.content.links):
            if "image" in entry:
                sheets.append(Sheet.of(entry["slug"], entry["image"], inks[entry["category"]]))
            sheets += self._in_body(entry, inks[entry["category"]])
        for page in (*self.content.roundups, *self.content.pages):
            if "image" in page:
                sheets.append(Sheet.of(f"page-{page['slug']}", page["image"], "people"))
            sheets += self._in_body(page, "people")
        return sheets

    def _in_body(self, page: Data, inks: str) -> list[Sheet]:
        blocks = [*page.get("introduction", []), *page.get("body", []), *page.get("closing", [])]
        sheets = []
        for number, picture in enumerate(pictures_of(blocks), 1):
            picture["name"] = f"{page['slug']}-{number}"
            sheets.append(Sheet.of(picture["name"], picture, inks))
        return sheets

    def draw(self, workers: int) -> Iterable[tuple[Sheet, bytes]]:
        """Yield the files of all pictures."""
        for sheet, data in print_all(self._sheets(), workers):
            self.progress(sheet.name)
            yield sheet, data

    # Everything else.

    def load(self, files: Iterable[tuple[Sheet, bytes]]) -> Summary:
        """Make everything that the content describes."""
        collection = Collection.get_first_root_node().add_child(name=COLLECTION)
        for sheet, data in files:
            self.images[sheet.name] = pictures.keep(sheet, data, collection)
        self._documents(collection)
        self._categories()
        self._authors()
        self.users = accounts.create()
        self._communities()
        self._metrics()
        drafts = self._entries()
        self._plain_pages()
        self._roundups()
        self._digests()
        self._settings()
        self._submit(drafts)
        return Summary(
            stories=StoryPage.objects.live().count(),
            links=FeaturedLinkPage.objects.live().count(),
            communities=CommunityPage.objects.count(),
            roundups=RoundupPage.objects.count(),
            pictures=len(self.images),
        )

    def _documents(self, collection: Collection) -> None:
        """The one film of the demo, and what is said in it."""
        for name, title, data in (
            ("buoy-14.webm", "The way of buoy 14", film()),
            ("buoy-14.vtt", "The way of buoy 14: captions", captions().encode()),
        ):
            document = ImpactDocument(
                title=title, collection=collection, credit=CREDIT, licence=LICENCE
            )
            document.file.save(name, ContentFile(data), save=False)
            document.save()
            self.documents[name] = document

    def _categories(self) -> None:
        for order, data in enumerate(self.content.categories):
            fields = {name: data[name] for name in ("name", "slug", "colour", "description")}
            Category.objects.create(sort_order=order, **fields)

    def _authors(self) -> None:
        for data in self.content.authors:
            author = Author(
                name=data["name"],
                slug=data["slug"],
                role=data["role"],
                bio=data["bio"],
                picture=self.images[f"portrait-{data['slug']}"],
            )
            author.links = [AuthorLink(**link) for link in data.get("links", [])]
            author.save()

    def _communities(self) -> None:
        index = CommunityIndexPage.objects.get()
        places = self.content.organisation["introductions"]
        self._revise(index, summary=places["communities"])
        copied = ("title", "slug", "summary", "kind", "website", "region", "country", "latitude", "longitude",
                  "active_since", "active_until")  # fmt: skip
        for data in self.content.communities:
            page = CommunityPage(
                logo=self.images[f"sign-{data['slug']}"],
                **{name: data[name] for name in copied if name in data},
            )
            index.add_child(instance=page)
            self.pages[f"community:{page.slug}"] = page

    def _finish_communities(self) -> None:
        """Descriptions link to stories, which have to be there."""
        for data in self.content.communities:
            page = self.pages[f"community:{data['slug']}"]
            page.description = self.build._rich(data["description"])
            self._publish(page, max(data["active_since"], date(2021, 11, 1)))

    def _metrics(self) -> None:
        for order, data in enumerate(self.content.metrics):
            readings = data["readings"]
            fields = {name: value for name, value in data.items() if name != "readings"}
            metric = Metric.objects.create(sort_order=order, headline=True, **fields)
            for reading in readings:
                self._reading(metric, dict(reading))

    def _reading(self, metric: Metric, data: Data) -> None:
        year = data.pop("year")
        community = data.pop("community", None)
        start = None if data.pop("on_one_day", False) else date(year, 1, 1)
        Reading.objects.create(
            metric=metric,
            community=self.pages[f"community:{community}"] if community else None,
            period_start=start,
            date=date(year, 12, 31),
            **data,
        )

    def _entries(self) -> list[Page]:
        """Make pages first and bodies then, because stories link forward; return what waits for review."""
        gallery = GalleryPage.objects.get()
        organisation = self.content.organisation
        self._revise(
            gallery,
            title=organisation["titles"]["gallery"],
            summary=organisation["introductions"]["gallery"],
        )
        for data in self.content.stories:
            self.pages[f"story:{data['slug']}"] = self._entry(gallery, StoryPage(), data)
        for data in self.content.links:
            page = FeaturedLinkPage(external_url=data["url"], publisher=data["publisher"])
            self.pages[f"link:{data['slug']}"] = self._entry(gallery, page, data)
        self._pages_in_outline()
        self._finish_communities()
        drafts = []
        for data in self.content.stories:
            page = self.pages[f"story:{data['slug']}"]
            page.body = self.build.body(data["body"], data["slug"])
            if page.live:
                self._publish(page, data["date"])
            else:
                page.save_revision(user=self.users.get("writer"))
                drafts.append(page)
        for data in self.content.links:
            self._publish(self.pages[f"link:{data['slug']}"], data["date"])
        return drafts

    def _entry(self, gallery: Page, page: EntryPage, data: Data) -> EntryPage:
        for name in ("title", "slug", "summary", "date"):
            setattr(page, name, data[name])
        page.search_description = data.get("search_description", "")
        page.featured = data.get("featured", False)
        page.language = data.get("language", "en")
        page.live = not data.get("in_review", False)
        page.has_unpublished_changes = not page.live
        page.owner = self.users.get("writer" if not page.live else "editor")
        page.guid = guid(data["slug"])
        page.category = Category.objects.get(slug=data["category"])
        page.lead_image = self.images.get(data["slug"])
        page.community_links = [
            EntryCommunity(community=self.pages[f"community:{slug}"], role=role)
            for role, field in (
                (CommunityRole.ABOUT, "about"),
                (CommunityRole.SUPPORTER, "supporters"),
            )
            for slug in data.get(field, [])
        ]
        page.author_links = [
            EntryAuthor(author=Author.objects.get(slug=slug)) for slug in data.get("authors", [])
        ]
        if isinstance(page, StoryPage):
            page.body = _outline(page.title)
            page.outcomes = [self._outcome(outcome) for outcome in data.get("outcomes", [])]
        page.tags.set(data["tags"])
        gallery.add_child(instance=page)
        self.progress(page.slug)
        return page

    @staticmethod
    def _outcome(data: Data) -> StoryOutcome:
        data = dict(data)
        metric = data.pop("metric", None)
        return StoryOutcome(metric=Metric.objects.get(slug=metric) if metric else None, **data)

    def _pages_in_outline(self) -> None:
        """Make plain pages and roundups without their text, so that any text can link to them."""
        home = self._home()
        for data in self.content.pages:
            page = StandardPage(title=data["title"], slug=data["slug"], summary=data["summary"])
            self.pages[f"page:{data['slug']}"] = home.add_child(instance=page)
        index = RoundupIndexPage.objects.get()
        organisation = self.content.organisation
        self._revise(
            index,
            title=organisation["titles"]["roundups"],
            summary=organisation["introductions"]["roundups"],
        )
        for data in self.content.roundups:
            roundup = RoundupPage(
                title=data["title"],
                slug=data["slug"],
                year=int(data["slug"]),
                summary=data["summary"],
                guid=guid(f"roundup-{data['slug']}"),
                lead_image=self.images.get(f"page-{data['slug']}"),
            )
            self.pages[f"roundup:{data['slug']}"] = index.add_child(instance=roundup)

    def _plain_pages(self) -> None:
        for data in self.content.pages:
            page = self.pages[f"page:{data['slug']}"]
            page.body = self.build.body(data["body"], data["slug"])
            self._publish(page, data["date"])
            self.progress(page.slug)

    def _roundups(self) -> None:
        for data in self.content.roundups:
            page = self.pages[f"roundup:{data['slug']}"]
            entries = EntryPage.objects.live().in_year(page.year)
            categories = Category.objects.filter(entries__in=entries).distinct()
            page.body = report_body(
                data,
                self.build,
                lambda slug: int(self.pages[f"story:{slug}"].pk),
                categories.values_list("pk", flat=True),
            )
            self._publish(page, data["date"])
            self.progress(page.slug)

    def _digests(self) -> None:
        """Make the digests, oldest first; those that have a date were sent on it."""
        index = NewsletterIndexPage.objects.get()
        organisation = self.content.organisation
        self._revise(
            index,
            title=organisation["titles"]["newsletter"],
            summary=organisation["introductions"]["newsletter"],
        )
        for data in self.content.digests:
            page = digest(
                data,
                self.build,
                lambda target: int(self.pages[target].pk),
                guid(f"digest-{data['slug']}"),
            )
            page.owner = self.users.get("editor")
            index.add_child(instance=page)
            if sent := data.get("sent"):
                self._publish(page, sent)
                self._send(page, datetime.combine(sent, time(9, 0), tzinfo=UTC))
            else:
                page.save_revision(user=self.users.get("editor"), clean=False)
            self.progress(page.slug)

    def _send(self, page: DigestPage, moment: datetime) -> None:
        """Record that a digest was sent, as if it had been recorded then."""
        revision = DigestPage.objects.get(pk=page.pk).live_revision
        sending = mark_sent(page, revision, self.users.get("editor"), SendingManner.HAND)
        Sending.objects.filter(pk=sending.pk).update(sent_at=moment)
        marked = PageLogEntry.objects.filter(page=page.pk, action=MARKED)
        marked.update(timestamp=moment)

    def _settings(self) -> None:
        """Name the organisation, and open its home page."""
        data = self.content.organisation
        home = self._home()
        self._revise(home, hero_image=self.images["hero"], on=date(2021, 11, 1), **data["home"])
        site = Site.objects.get(is_default_site=True)
        site.site_name = data["settings"]["organisation"]
        site.save()
        settings = SiteSettings.for_site(site)
        for name, value in data["settings"].items():
            setattr(settings, name, value)
        settings.logo = self.images["logo"]
        settings.logo_dark = self.images["logo_dark"]
        settings.icon = self.images["icon"]
        settings.navigation = [
            NavigationLink(page=self._target(target), label=label, sort_order=order)
            for order, (target, label) in enumerate(data["navigation"].items())
        ]
        settings.footer_links = [
            FooterLink(page=self._target(target), label=label, sort_order=order)
            for order, (target, label) in enumerate(data["footer"].items())
        ]
        settings.social_links = [
            SocialLink(sort_order=order, **link) for order, link in enumerate(data["social"])
        ]
        settings.save()

    def _target(self, target: str) -> Page:
        indexes: dict[str, Any] = {
            "gallery": GalleryPage, "communities": CommunityIndexPage, "roundups": RoundupIndexPage,
            "newsletter": NewsletterIndexPage,
        }  # fmt: skip
        page: Page = indexes[target].objects.get() if target in indexes else self.pages[target]
        return page

    @staticmethod
    def _home() -> Any:
        return Site.objects.get(is_default_site=True).root_page.specific

    def _submit(self, drafts: Iterable[Page]) -> None:
        """Hand drafts in for review, where the site has a workflow."""
        for page in drafts:
            if workflow := page.get_workflow():
                workflow.start(page, self.users.get("writer"))

    def _revise(self, page: Any, on: date | None = None, **fields: Any) -> None:
        """Change a page that stands already."""
        for name, value in fields.items():
            setattr(page, name, value)
        self._publish(page, on or date(2021, 11, 1))

    def _publish(self, page: Any, on: date) -> None:
        """Publish as an editor would, then date it as if it had been done on the day."""
        moment = datetime.combine(on, time(8, 30), tzinfo=UTC)
        page.first_published_at = moment
        page.save_revision(user=self.users.get("editor")).publish(user=self.users.get("editor"))
        times = {
            "first_published_at": moment,
            "last_published_at": moment,
            "latest_revision_created_at": moment,
        }
        Page.objects.filter(pk=page.pk).update(**times)
        Revision.page_revisions.filter(object_id=str(page.pk)).update(created_at=moment)
        PageLogEntry.objects.filter(page=page.pk).update(timestamp=moment + timedelta(minutes=1))


def _outline(title: str) -> Any:
    """Return what stands in a story until those that it links to are there."""
    return [("text", f"<p>{title}</p>")]


def prepare_pictures(progress: Progress = lambda _name: None) -> int:
    """Make the copies of pictures that a visitor meets first, where they are missing; return how many.

    In the format that today's browsers take, and in the sizes of the gallery; the others are made when
    somebody asks for them.
    """
    from impact.media.renditions import PROFILES, make

    card = PROFILES["card"]
    first = [card.spec(width, card.formats[0]) for width in card.widths[:2]]
    leads = EntryPage.objects.live().values("lead_image")
    images = ImpactImage.objects.filter(collection__name=COLLECTION, pk__in=leads)
    made = 0
    for image in images.prefetch_related("renditions"):
        done = {rendition.filter_spec for rendition in image.renditions.all()}
        made += make(image, missing) if (missing := [s for s in first if s not in done]) else 0
        progress(image.file.name)
    return made
