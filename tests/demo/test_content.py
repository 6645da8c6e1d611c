"""What the loaded demo holds, counted from the database."""

import re
from collections import Counter
from datetime import date
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex, Site

from impact.blocks.body import BodyBlock
from impact.blocks.text import rich_text_to_plain
from impact.branding.models import SiteSettings
from impact.communities.models import CommunityPage
from impact.demo import load
from impact.demo.load import Summary
from impact.entries.models import CommunityRole, EntryPage, FeaturedLinkPage, StoryPage
from impact.media.models import ImpactImage, ImpactRendition
from impact.metrics.models import Metric, Precision, Reading
from impact.people.models import Author
from impact.roundups import composition
from impact.roundups.composition import read
from impact.roundups.models import RoundupPage
from impact.standard.models import StandardPage
from impact.taxonomy.models import Category, Tag
from tests.crawler import Crawl

WRITES = ("INSERT", "UPDATE", "DELETE")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo"),
    pytest.mark.any_database,
    pytest.mark.long,
]


def run() -> str:
    """Run the command; return what it said."""
    out = StringIO()
    call_command("demo", verbosity=0, stdout=out)
    return out.getvalue()


def bodies() -> list[tuple[str, Any]]:
    """Every stream of the demo, with the address of its page."""
    found = [(story.slug, story.body) for story in StoryPage.objects.all()]
    found += [(page.slug, page.body) for page in StandardPage.objects.all()]
    for roundup in RoundupPage.objects.all():
        found.append((roundup.slug, roundup.words))
    return found


def test_there_is_as_much_as_promised(demo: Summary) -> None:
    live = EntryPage.objects.published()
    assert live.count() == demo.stories + demo.links >= 44
    assert FeaturedLinkPage.objects.live().count() >= 8
    assert CommunityPage.objects.live().count() == 12
    assert Author.objects.count() == 8
    assert Category.objects.count() == 6
    assert Tag.objects.annotate(n=Count("entry_items")).filter(n__gte=1).count() >= 25
    assert sorted(RoundupPage.objects.live().values_list("year", flat=True)) == [2023, 2024, 2025]
    assert {"about", "contact", "privacy"} <= set(
        StandardPage.objects.live().values_list("slug", flat=True)
    )


def test_entries_spread_over_four_years_and_many_months() -> None:
    dates = list(EntryPage.objects.live().values_list("date", flat=True))
    assert {day.year for day in dates} == {2022, 2023, 2024, 2025}
    assert len({(day.year, day.month) for day in dates}) >= 30
    assert min(Counter(day.year for day in dates).values()) >= 8


def test_communities_stand_on_more_than_four_continents_and_are_of_every_kind() -> None:
    regions = set(CommunityPage.objects.values_list("region", flat=True)) - {"worldwide"}
    assert len(regions) >= 4
    kinds = set(CommunityPage.objects.values_list("kind", flat=True))
    assert kinds == {"member", "collaborator", "funder", "project"}
    assert all(
        page.logo_id and page.summary and page.active_since for page in CommunityPage.objects.all()
    )
    assert CommunityPage.objects.filter(active_until__isnull=False).exists()


def test_every_entry_has_what_a_reader_needs() -> None:
    about = {
        page.pk: page.community_links.filter(role=CommunityRole.ABOUT).count()
        for page in EntryPage.objects.live()
    }
    for page in EntryPage.objects.live():
        assert 40 < len(page.summary) <= 260, page.slug
        assert page.category_id, page.slug
        assert about[page.pk] >= 1, page.slug
        assert page.tags.count() >= 2, page.slug
    for story in StoryPage.objects.live():
        assert 1 <= story.author_links.count() <= 3, story.slug
        assert story.outcomes.exists(), story.slug
        assert any(outcome.evidence_url for outcome in story.outcomes.all()), story.slug


def test_every_picture_has_alt_text_credit_and_licence() -> None:
    pictures = list(ImpactImage.objects.all())
    assert len(pictures) >= 60
    assert all(picture.description and picture.credit and picture.licence for picture in pictures)
    leads = EntryPage.objects.live().exclude(lead_image=None)
    assert leads.count() >= 30
    assert len(set(leads.values_list("lead_image", flat=True))) == leads.count()
    assert EntryPage.objects.live().filter(lead_image=None).exists(), "the drawn pattern shows too"


def test_every_block_type_appears() -> None:
    used = {child.block_type for _slug, body in bodies() for child in body}
    assert used == set(BodyBlock().child_blocks)


def test_every_body_passes_the_editors_own_checks() -> None:
    for slug, body in bodies():
        try:
            body.stream_block.clean(body)
        except Exception as error:  # the message has to name the story
            pytest.fail(f"{slug}: {error!r}")


def test_stories_are_between_a_note_and_an_essay() -> None:
    lengths = {
        story.slug: len(re.sub(r"<[^>]+>", " ", str(list(story.body.raw_data))).split())
        for story in StoryPage.objects.live()
    }
    assert min(lengths.values()) >= 250, min(lengths, key=lengths.__getitem__)
    openings = Counter(
        tuple(rich_text_to_plain(str(story.body[0].value)).split()[:2])
        for story in StoryPage.objects.live()
    )
    assert max(openings.values()) == 1, openings.most_common(3)


def test_stories_link_to_each_other_and_every_link_resolves() -> None:
    ids = set(Page.objects.live().values_list("pk", flat=True))
    linked = 0
    for slug, body in bodies():
        text = str(list(body.raw_data))
        for found in re.findall(r'linktype="page" id="(\d+)"', text):
            assert int(found) in ids, slug
            linked += 1
        marks = set(re.findall(r'linktype="footnote" key="([^"]+)"', text))
        notes = {
            n["value"]["key"] for b in body.raw_data if b["type"] == "footnotes" for n in _items(b)
        }
        assert marks == notes, slug
    assert linked >= 30
    assert ReferenceIndex.objects.exists()


def _items(block: dict[str, Any]) -> list[dict[str, Any]]:
    notes = block["value"]["notes"]
    return [note if "value" in note else {"value": note} for note in notes]


def test_nothing_leads_to_a_real_address() -> None:
    texts = [str(list(body.raw_data)) for _slug, body in bodies()]
    texts += [page.website + page.description for page in CommunityPage.objects.all()]
    texts += FeaturedLinkPage.objects.values_list("external_url", flat=True)
    texts += Reading.objects.values_list("source_url", flat=True)
    for story in StoryPage.objects.all():
        texts += [outcome.evidence_url for outcome in story.outcomes.all()]
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    texts += [settings.newsletter_url, *(link.url for link in settings.social_links.all())]
    addresses = re.findall(r"https?://[^\s\"'<>)]+", " ".join(texts))
    assert len(addresses) > 60
    for address in addresses:
        host = urlsplit(address).hostname or ""
        assert host.endswith((".example", "example.org")), address
    for mail in re.findall(r"mailto:([^\"]+)", " ".join(texts)):
        assert mail.endswith(".example"), mail


def test_metrics_have_readings_each_year_in_different_units() -> None:
    metrics = list(Metric.objects.filter(headline=True))
    assert 5 <= len(metrics) <= 6
    assert {"people", "count", "currency", "hours", "percent"} <= {
        metric.unit for metric in metrics
    }
    for metric in metrics:
        metric.full_clean()
        years = set(metric.readings.filter(community=None).values_list("date__year", flat=True))
        assert years == {2022, 2023, 2024, 2025}, metric.slug
    assert set(Precision.values) == set(Reading.objects.values_list("precision", flat=True))
    assert Reading.objects.filter(community__isnull=False).count() >= 20


def test_outcomes_that_add_to_a_metric_are_counted_alike() -> None:
    outcomes = [o for story in StoryPage.objects.all() for o in story.outcomes.all()]
    assert any(outcome.metric_id for outcome in outcomes)
    assert {outcome.precision for outcome in outcomes} == set(Precision.values)
    for outcome in outcomes:
        outcome.clean()


def test_some_entries_are_in_another_language_and_some_are_featured() -> None:
    assert StoryPage.objects.live().filter(language="es").count() == 2
    assert 4 <= EntryPage.objects.live().filter(featured=True).count() <= 8


def test_roundups_highlight_entries_of_their_own_year() -> None:
    for roundup in RoundupPage.objects.all():
        chosen = read(roundup.body.raw_data).highlights
        years = EntryPage.objects.live().filter(pk__in=chosen).values_list("date__year", flat=True)
        assert list(years) == [roundup.year] * 3


def test_roundups_answer_the_goals_of_the_year_before() -> None:
    goals = answered = None
    for roundup in RoundupPage.objects.order_by("year"):
        blocks = {block.kind: block for block in read(roundup.body.raw_data).blocks}
        if goals is not None:
            answered = [answer.goal for answer in composition.answers(blocks["last_goals"])]
            assert answered == goals
        goals = [goal.title for goal in composition.goals(blocks["goals"])]
    assert answered


def test_pages_are_dated_as_if_they_had_been_published_then() -> None:
    story = StoryPage.objects.get(slug="eleven-wells")
    assert story.first_published_at is not None
    assert story.first_published_at.date() == story.date == date(2022, 2, 17)
    assert story.revisions.count() == 1
    assert story.latest_revision.created_at.date() == story.date
    assert story.latest_revision.as_object().body.raw_data[0] == story.body.raw_data[0]


def test_one_draft_waits_for_review() -> None:
    (draft,) = StoryPage.objects.filter(live=False)
    assert draft.current_workflow_state is not None
    assert draft.current_workflow_state.status == "in_progress"


def test_every_page_opens_and_no_link_picture_or_fragment_is_broken(client: Any) -> None:
    pages = [page.url for page in Page.objects.live().filter(depth__gte=2).specific()]
    assert len(pages) > 60
    found = Crawl(client).run(["/", *pages])
    assert found.broken == []
    # Also what no page of the site leads to: feeds, styles, scripts.
    assert len(found.seen) > len(pages) + 20


def test_a_second_run_writes_nothing(demo: Summary) -> None:
    run()  # makes the copies of pictures that are still missing
    image = EntryPage.objects.get(slug="eleven-wells").lead_image
    ready = set(ImpactRendition.objects.filter(image=image).values_list("filter_spec", flat=True))
    assert {"fill-400x267|format-avif", "fill-640x427|format-avif"} <= ready
    EntryPage.objects.filter(slug="eleven-wells").update(title="Edited")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = run()
    assert "already" in said
    assert [q["sql"] for q in queries if q["sql"].startswith(WRITES)] == []
    assert EntryPage.objects.get(slug="eleven-wells").title == "Edited"


def test_logins_are_printed_only_where_they_exist(
    demo: Summary, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "prepare_pictures", lambda _progress: 0)
    assert "password" not in run()
    settings.DEBUG = True
    assert "writer" in run()
