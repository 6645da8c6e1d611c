"""The real sites in the folder that IMPACT_CORPUS names: counted here, independently of the importer."""

import os
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from home.site_tree import ensure_site
from impact.blocks.text import plain_text
from impact.catalogue import facets
from impact.communities.models import CommunityKind, CommunityPage
from impact.entries.models import EntryPage, StoryPage
from impact.filters.gallery import GalleryFilter
from impact.newsletter.assembly import LONGEST_LEAD
from impact.newsletter.drafting import draft_digest
from impact.newsletter.periods import Period
from impact.newsletter.proposal import propose
from impact.portability.imports import Result, import_hugo
from tests.crawler import Crawl
from tests.portability import old_site
from tests.portability.bodies import after_the_editor, stored_rich_texts
from tests.portability.export.journey import travel
from tests.portability.fidelity.measure import measure

CORPUS = os.environ.get("IMPACT_CORPUS", "")
LINK = re.compile(r"collaborators/([\w-]+)(?:\.md)?(?:/index\.md\w*)?/?[)#\s]")
THANKS = re.compile(r"acknowledge?ments?|^thank", re.IGNORECASE)

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.django_db,
    pytest.mark.skipif(not CORPUS, reason="IMPACT_CORPUS names no folder with Hugo sites"),
    pytest.mark.long,
]


def corpus(name: str) -> Path:
    """A site of the corpus; a path that is set but missing fails, so that CI can't skip in silence."""
    path = Path(CORPUS) / name
    if not path.is_dir():
        pytest.fail(f"IMPACT_CORPUS is set, but {path} is missing")
    return path


class Post:
    """A source file, read with no more than regular expressions and a YAML loader."""

    def __init__(self, path: Path) -> None:
        head, self.body = re.split(
            r"\n---.*\n?", path.read_text().removeprefix("---\n"), maxsplit=1
        )
        self.data: dict[str, Any] = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - strings only
        self.path = path
        self.is_draft = self.data.get("draft") == "true" or "drafts" in path.parts

    @property
    def title(self) -> str:
        """The words alone: a title has no markup here."""
        return self.data["title"].strip().replace("`", "")

    @property
    def day(self) -> str:
        return self.data["date"].strip("\"'")[:10]

    @property
    def year(self) -> int:
        return int(self.data["date"].strip("\"'")[:4])

    @property
    def category(self) -> str:
        return re.sub(r"[\s_-]+", "-", self.data["categories"][0].strip().lower())

    def communities(self, known: set[str]) -> dict[str, str]:
        """The communities linked to, each with its role, by walking the lines."""
        roles: dict[str, str] = {}
        thanks_level = 0
        for line in self.body.split("\n"):
            if heading := re.match(r"(#+)\s+(.*)", line):
                level = len(heading[1])
                if not thanks_level or level <= thanks_level:
                    thanks_level = level if THANKS.search(heading[2]) else 0
            for name in LINK.findall(line):
                if name in known and roles.get(name) != "about":
                    roles[name] = "supporter" if thanks_level else "about"
        return roles


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    root = corpus("2i2c-site") / "content" / "blog"
    files = [*root.glob("20*/*/index.md"), *root.glob("drafts/*.md")]
    return [Post(path) for path in sorted(files)]


@pytest.fixture(scope="module")
def known() -> set[str]:
    return {
        path.parent.name for path in corpus("2i2c-site").glob("content/collaborators/*/index.md")
    }


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The corpus, imported once for all tests of this module and taken out again."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            ensure_site()
            yield import_hugo(corpus("2i2c-site"))
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def counts(key: str) -> dict[str, int]:
    """The counts that the gallery shows beside each value of a facet."""
    [facet] = [f for f in facets.count(GalleryFilter()) if f.key == key]
    return {value.slug: value.count for value in facet.values if value.count}


def test_no_post_is_refused_and_drafts_are_drafts(imported: Result, posts: list[Post]) -> None:
    assert imported.plan.refused == []
    assert imported.outcome is not None
    assert imported.outcome.failed == {}
    assert EntryPage.objects.count() == len(posts)
    assert EntryPage.objects.not_live().count() == sum(post.is_draft for post in posts)
    assert not EntryPage.objects.filter(date__year__lt=2000).exists()


def test_counts_a_category_are_those_of_the_source(imported: Result, posts: list[Post]) -> None:
    expected = Counter(post.category for post in posts if not post.is_draft)
    assert counts("category") == dict(expected)


def test_counts_a_year_are_those_of_the_source(imported: Result, posts: list[Post]) -> None:
    expected = Counter(str(post.year) for post in posts if not post.is_draft)
    assert counts("year") == dict(expected)


def test_the_digest_of_each_month_holds_what_was_published_in_it(
    imported: Result, posts: list[Post]
) -> None:
    published: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        if not post.is_draft:
            published[post.day[:7]].append(post.title)
    for month, titles in published.items():
        first = date.fromisoformat(f"{month}-01")
        period = Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        assert sorted(row.title for row in propose(period).entries) == sorted(titles), month


def test_the_digest_of_a_month_is_written_as_it_was_proposed(
    imported: Result, posts: list[Post]
) -> None:
    with transaction.atomic():
        digest = draft_digest(Period(date(2024, 11, 1), date(2024, 11, 30))).contents()
        transaction.set_rollback(True)
    assert digest.lead is not None
    lines = [digest.lead, *(line for group in digest.groups for line in group.lines if line.key)]
    expected = {
        post.title for post in posts if post.day.startswith("2024-11") and not post.is_draft
    }
    assert {line.title for line in lines} == expected
    assert len(lines) == len(expected)
    assert all(line.sentence and len(line.sentence) <= LONGEST_LEAD for line in lines)


def test_counts_a_community_are_those_of_the_source(
    imported: Result, posts: list[Post], known: set[str]
) -> None:
    about: Counter[str] = Counter()
    supporters: Counter[str] = Counter()
    for post in posts:
        if not post.is_draft:
            roles = post.communities(known)
            about.update(name for name, role in roles.items() if role == "about")
            supporters.update(name for name, role in roles.items() if role == "supporter")
    assert len(known) == CommunityPage.objects.live().count()
    assert counts("community") == dict(about)
    thanked = {
        community.slug: number
        for community in CommunityPage.objects.all()
        if (number := community.entry_links.filter(role="supporter", page__live=True).count())
    }
    assert thanked == dict(supporters)


def test_kinds_of_communities_and_featured_links_are_those_of_the_source(
    imported: Result, posts: list[Post]
) -> None:
    external = sum("external_link" in post.data for post in posts)
    assert counts("kind") == {
        "story": len([p for p in posts if not p.is_draft]) - external,
        "link": external,
    }
    funders = {
        path.parent.name
        for path in corpus("2i2c-site").glob("content/collaborators/*/index.md")
        if Post(path).data["tags"][0] == "funder"
    }
    assert (
        set(CommunityPage.objects.filter(kind="funder").values_list("slug", flat=True)) == funders
    )


def test_entries_keep_their_permalinks_and_dates(imported: Result, posts: list[Post]) -> None:
    for post in posts:
        if slug := post.data.get("slug", "").strip("\"'"):
            entry = EntryPage.objects.get(slug=slug)
            assert entry.guid == f"https://2i2c.org/blog/{slug}/"
            assert entry.date.isoformat() == post.data["date"].strip("\"'")[:10]
            assert entry.first_published_at.date().isoformat()[:7] == entry.date.isoformat()[:7]


def test_every_address_of_the_old_site_leads_to_a_page(
    imported: Result, posts: list[Post], client: Client, tmp_path: Path
) -> None:
    """As the real Hugo builds it: posts, aliases, communities, authors, categories, tags, feeds."""
    old = old_site.addresses(corpus("2i2c-site"), tmp_path)
    # Home page and sitemap are ours. Lists of partners have no feed here, of publications nothing.
    elsewhere = {"/", "/sitemap.xml", "/collaborators/index.xml"}
    elsewhere |= {f"/tag/{kind}/index.xml" for kind in CommunityKind.values}
    elsewhere |= {path for path in old if path.startswith("/publication_types/")}
    assert len(old) > 200
    answers = {path: client.get(path) for path in old - elsewhere}
    assert {path for path, answer in answers.items() if answer.status_code != 301} == set()
    targets = {answer.headers["Location"] for answer in answers.values()}
    assert {path for path in targets if client.get(path).status_code != 200} == set()
    published = [post for post in posts if not post.is_draft]
    for post in published:
        slug = post.data.get("slug", post.path.parent.name).strip("\"'")
        answer = answers[f"/blog/{slug.lower()}/"]
        entry = EntryPage.objects.get(guid=f"https://2i2c.org/blog/{slug.lower()}/")
        assert answer.headers["Location"] == entry.url
        folder = f"/blog/{post.path.parent.relative_to(post.path.parents[2]).as_posix()}/"
        assert client.get(folder).headers["Location"] == entry.url
        for alias in post.data.get("aliases", []):
            assert answers[f"{alias}/"].headers["Location"] == entry.url


def test_links_to_posts_that_exist_all_resolve(imported: Result, posts: list[Post]) -> None:
    """No link reported as unresolved ends in the folder of a post or community that is there."""
    names = {post.path.parent.name for post in posts} | {
        c.slug for c in CommunityPage.objects.all()
    }
    for message in imported.plan.log.of("link"):
        path = re.search(r"“(.*?)”", message.text)[1]
        parts = [
            p
            for p in re.split(r"/", re.sub(r"[#?].*", "", path))
            if p and not p.startswith("index")
        ]
        assert not parts or parts[-1].removesuffix(".md") not in names, str(message)


def test_pictures_that_exist_are_all_placed(imported: Result) -> None:
    root = corpus("2i2c-site")
    for message in imported.plan.log.of("missing-image"):
        name = message.text.split(" ")[0]
        assert not (root / message.file).parent.joinpath(name).exists(), str(message)
    assert list(imported.plan.log.of("image-refused")) == []


def test_pages_show_all_that_the_real_hugo_reads(imported: Result) -> None:
    report = measure(corpus("2i2c-site"), imported)
    assert [str(loss) for loss in report.losses] == []
    assert report.words.source > 50_000


def test_the_editor_leaves_every_value_as_it_is(imported: Result) -> None:
    values = list(stored_rich_texts())
    assert len(values) > 400
    for slug, features, html in values:
        assert after_the_editor(html, features) == html, slug


def test_bodies_and_pages_are_valid(imported: Result) -> None:
    for story in StoryPage.objects.live():
        story.full_clean()
        for child in story.body:
            child.block.clean(child.value)


def test_no_page_picture_or_fragment_is_broken(imported: Result, client: Client) -> None:
    pages = [page.url for page in Page.objects.live().filter(depth__gte=2).specific()]
    found = Crawl(client).run(["/", *pages])
    assert len(found.seen) > len(pages)
    assert found.broken == []


def test_a_second_run_writes_nothing(imported: Result) -> None:
    again = import_hugo(corpus("2i2c-site"))
    assert again.outcome is not None
    assert again.outcome.wrote_nothing


def test_the_yearly_report_keeps_every_word_though_its_pictures_are_missing(
    imported: Result,
) -> None:
    source = corpus("seed")
    result = import_hugo(source)
    [file] = source.rglob("index.md")
    assert len(list(result.plan.log.of("missing-image"))) == file.read_text().count("{{< figure")
    [entry] = result.plan.entries
    story = StoryPage.objects.get(slug=entry.slug)
    text = " ".join(str(child.value) for child in story.body)
    for block in story.body.raw_data:
        text += str(block["value"])
    words = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", " ", text)))
    markup = r"\]\([^)]*\)|https?://\S+|\{\{< figure|>\}\}|(?:src|width)=\"[^\"]*\"|caption="
    body = re.sub(markup, " ", Post(file).body)
    assert set(re.findall(r"[A-Za-z]{4,}", body)) - words == set()


def test_it_moves_out_and_in_again_unchanged(imported: Result, tmp_path: Path) -> None:
    with transaction.atomic():
        journey = travel(tmp_path)
        stories = {story.url: plain_text(story.body) for story in StoryPage.objects.live()}
        transaction.set_rollback(True)
    assert journey.complaints == ""
    numbers = journey.summary.numbers
    assert (numbers["texts as HTML"], numbers["blocks as JSON"]) == (0, 0)
    assert journey.result.plan.refused == []
    assert journey.result.outcome.failed == {}
    for kind in ("pages", "authors", "categories", "tags", "pictures", "documents"):
        assert journey.after[kind] == journey.before[kind], kind
    assert journey.before["redirects"].items() <= journey.after["redirects"].items()
    assert stories
    for url, text in stories.items():
        # Numbers of footnotes stand in the middle of words.
        shown = re.sub(r"<sup\b.*?</sup>", "", journey.html(url), flags=re.DOTALL)
        words = _letters(re.sub(r"<[^>]*>", "", shown)) + _letters(
            " ".join(re.findall(r'(?:alt|title)="([^"]*)"', shown))
        )
        assert [line for line in text.split("\n") if _letters(line) not in words] == [], url


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", unescape(text))
