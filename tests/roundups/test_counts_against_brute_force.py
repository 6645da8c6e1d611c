"""An open report against the gallery and against counting by hand, on random years that change.

Runs on the database that `DATABASE_URL` names: CI runs it on SQLite and on PostgreSQL.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from impact.entries.models import EntryPage
from impact.taxonomy.models import Tag
from tests.documents import document, texts
from tests.factories import (
    make_author,
    make_category,
    make_community,
    make_link,
    make_roundup,
    make_story,
)
from tests.roundups.bodies import block, body, category_section, chosen
from tests.roundups.test_report import communities, gallery_total, sections, without_category
from tests.visibility import HIDDEN, hide

URL = "/roundups/2024/"
DAYS = (
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 12, 31),
    date(2025, 1, 1),
)
CATEGORIES, TAGS, AUTHORS = ("research", "tools"), ("sea", "sky"), ("ada", "grace")
# The last one is private.
COMMUNITIES = ("coast", "reef", "secret")


@dataclass(frozen=True)
class Filed:
    """An entry as the brute force knows it; `hidden` is a way of `HIDDEN`, or empty."""

    day: date
    category: str
    tags: tuple[str, ...]
    about: tuple[str, ...]
    supporters: tuple[str, ...]
    authors: tuple[str, ...]
    hidden: str
    is_link: bool


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different values."""
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


FILED = st.builds(
    Filed,
    day=st.sampled_from(DAYS),
    category=st.sampled_from([*CATEGORIES, *CATEGORIES, ""]),
    tags=some(TAGS),
    about=some(COMMUNITIES),
    supporters=some(COMMUNITIES),
    authors=some(AUTHORS),
    hidden=st.sampled_from(["", "", "", *HIDDEN]),
    is_link=st.booleans(),
)


def counted(entries: Iterable[Filed], values: Callable[[Filed], Iterable[str]]) -> dict[str, int]:
    """How many entries have each value."""
    return dict(Counter(value for entry in entries for value in values(entry)))


def headed(page: Any) -> dict[str, int]:
    """The sections that are no category's, and the numbers beside their headings."""
    found = page.xpath("//*[contains(@class, 'roundup-section')][not(@data-section)]//h2")
    return {one.get("id"): int(texts([one])[0].split()[-2]) for one in found}


def in_figures(page: Any) -> dict[str, tuple[int, int | None]]:
    """What the report counts by itself: the number and last year's, by the first word."""
    return {
        texts(one.xpath(".//*[@class='key-figure-label']"))[0].split()[0][:5]: (
            int(one.get("data-value")),
            int(one.get("data-previous")) if one.get("data-previous") else None,
        )
        for one in page.xpath("//*[contains(@class, 'key-figure')][@data-value]")
    }


class OpenYear(TestCase):
    """Whatever is filed, hidden, moved and taken down: the report counts what the gallery counts."""

    @settings(max_examples=8, deadline=None)
    @given(filed=st.lists(FILED, max_size=7), changes=st.lists(st.none() | FILED, max_size=7))
    def test_it_equals_the_gallery_and_counting_by_hand(
        self, filed: list[Filed], changes: list[Filed | None]
    ) -> None:
        self.filing = Filing()
        self.filing.report()
        entries = [(self.filing.make(spec), spec) for spec in filed]
        self.assert_equal([spec for _page, spec in entries])
        after = [*changes, *[None] * len(entries)][: len(entries)]
        now = [
            self.filing.change(page, spec, new) if new else spec
            for (page, spec), new in zip(entries, after, strict=True)
        ]
        self.assert_equal(now)

    def assert_equal(self, entries: list[Filed]) -> None:
        """Compare the page with the gallery and with what is known."""
        page = document(self.client, URL)
        public = [one for one in entries if not one.hidden]
        year = [one for one in public if one.day.year == 2024]
        categories = counted(year, lambda one: [one.category])
        assert headed(page) == {
            **{f"tag-{tag}": n for tag, n in counted(year, lambda one: one.tags).items()},
            **({"section": categories.pop("")} if "" in categories else {}),
        }
        assert sections(page) == categories
        about = counted(year, lambda one: one.about)
        about.pop("secret", None)
        assert communities(page) == about
        months = page.xpath("//*[@data-month][@data-count!='0']")
        assert {each.get("data-month"): int(each.get("data-count")) for each in months} == counted(
            year, lambda one: [f"{one.day:%Y-%m}"]
        )
        self.assert_figures(in_figures(page), year, [o for o in public if o.day.year == 2023])
        for key, values in (("category", CATEGORIES), ("tag", TAGS), ("community", ["coast"])):
            for value in values:
                of_key = {"category": categories, "community": about}.get(key)
                expected = (
                    headed(page).get(f"tag-{value}", 0) if of_key is None else of_key.get(value, 0)
                )
                assert gallery_total(self.client, year=2024, **{key: value}) == expected

    def assert_figures(
        self, figures: dict[str, tuple[int, int | None]], year: list[Filed], earlier: list[Filed]
    ) -> None:
        """Compare what the report says of its year as a whole."""

        def number(entries: list[Filed], values: Callable[[Filed], Iterable[str]]) -> int:
            return len({v for entry in entries for v in values(entry)} - {"secret"})

        counts = {
            name: (now, before if earlier else None)
            for name, now, before in (
                ("Stori", len(year), len(earlier)),
                ("Commu", number(year, lambda o: o.about), number(earlier, lambda o: o.about)),
                ("Autho", number(year, lambda o: o.authors), number(earlier, lambda o: o.authors)),
            )
            if now
        }
        told = {slug for entry in earlier for slug in entry.about}
        if new := {slug for entry in year for slug in entry.about} - told - {"secret"}:
            counts["New"] = (len(new), None)
        assert {n.replace("Story", "Stori"): found for n, found in figures.items()} == counts


class Filing:
    """What entries are filed under, in the database."""

    def __init__(self) -> None:
        self.categories = {slug: make_category(slug.title()) for slug in CATEGORIES}
        self.communities = {slug: make_community(slug.title()) for slug in COMMUNITIES}
        self.authors = {slug: make_author(slug.title()) for slug in AUTHORS}
        self.tags = dict(zip(TAGS, Tag.objects.named([tag.title() for tag in TAGS]), strict=True))
        hide(self.communities["secret"], "private")

    def report(self) -> None:
        """A report with a section for everything."""
        make_roundup(
            2024,
            body=body(
                block("key_figures"),
                *map(category_section, CATEGORIES),
                *(block("tag_section", tag=tag.pk, **chosen()) for tag in self.tags.values()),
                block("other_section", **chosen()),
                block("communities"),
                block("timeline"),
            ),
        )

    def make(self, spec: Filed) -> EntryPage:
        """An entry of some filing."""
        make: Any = make_link if spec.is_link else make_story
        page: EntryPage = make(
            category=self.categories[spec.category or CATEGORIES[0]],
            tags=[tag.title() for tag in spec.tags],
            communities=[self.communities[slug] for slug in spec.about],
            supporters=[self.communities[slug] for slug in spec.supporters],
            authors=[self.authors[slug] for slug in spec.authors],
            date=spec.day,
        )
        return self._settle(page, spec)

    def change(self, page: EntryPage, then: Filed, now: Filed) -> Filed:
        """Move an entry to another day, category and tags, and hide it; return what it is after that.

        What was hidden stays so, and whom it is about is as it was.
        """
        now = replace(then, day=now.day, category=now.category, tags=now.tags, hidden=now.hidden)
        if then.hidden:
            return then
        page.date = now.day
        page.category = self.categories[now.category or CATEGORIES[0]]
        page.tags.set([tag.title() for tag in now.tags])
        page.save_revision().publish()
        self._settle(page, now)
        return now

    def _settle(self, page: EntryPage, spec: Filed) -> EntryPage:
        if not spec.category:
            without_category(page)
        if spec.hidden:
            hide(EntryPage.objects.get(pk=page.pk).specific, spec.hidden)
        found: EntryPage = EntryPage.objects.get(pk=page.pk).specific
        return found
