"""Old addresses as Wagtail's own redirects, which editors see and change in the admin.

Redirects to a page point at the page, so that they survive its move; those to a filtered gallery or a
feed hold its path, whatever host the site has, and follow it as well (`moves`). They belong to the site
that the gallery is part of, as those that Wagtail itself makes: the database then has each old address
once.

One that is there already is never changed or taken away, whoever made it. So an address that a post
gives up in its source goes on leading to it. Drafts get none: the old site never showed them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal, TypeVar

from django.db.models import F
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from impact.gallery.models import GalleryPage
from impact.portability.links import HOME
from impact.portability.old_addresses import LISTS, Goal, OldAddresses

State = Literal["made", "there", "conflict"]

T = TypeVar("T")

_AT_ONCE = 400
_LONGEST = 255


@dataclass(frozen=True)
class Redirected:
    """One old address, what it should lead to, and what became of it.

    `made`: there now; `there`: before; `conflict`: `why` says what is in its way.
    """

    old: str
    goal: Goal
    state: State
    why: str = ""


@dataclass
class Redirects:
    """Makes the redirects of a plan; `page_id` gives the id of a page by its key, None where it has none.

    In a dry run nothing is written, and what would be made counts as made.
    """

    addresses: OldAddresses
    page_id: Callable[[str], int | None]
    dry_run: bool = False
    done: list[Redirected] = field(default_factory=list)

    def make(self, keys: Iterable[str]) -> None:
        """Let the old addresses of some pages lead to them.

        Three queries for every four hundred addresses.
        """
        self._each(self.addresses.of_pages(keys), make=True)

    def look_up(self, keys: Iterable[str]) -> None:
        """See what is there for the old addresses of pages that are not written again."""
        self._each(self.addresses.of_pages(keys), make=False)

    def paths(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the addresses of pages here, by their keys: `/impact/first-harvest/`."""
        if self._site is None:
            return {}
        ids = {key: page_id for key in keys if (page_id := self._id(key))}
        paths: dict[int, str] = {}
        for some in _portions(ids.values()):
            found = Page.objects.filter(pk__in=some).values_list("pk", "url_path")
            paths.update((pk, self._path(url_path)) for pk, url_path in found)
        return {key: paths[page_id] for key, page_id in ids.items() if page_id in paths}

    def _each(self, goals: Mapping[str, Goal], *, make: bool) -> None:
        if self._site is None:
            # A gallery that is part of no site has no address to lead to.
            return
        for some in _portions(goals.items()):
            decided = list(self._decide(dict(some)))
            if make and not self.dry_run:
                rows = [self._row(one) for one in decided if one.state == "made"]
                Redirect.objects.bulk_create(rows, ignore_conflicts=True)
            self.done += [one for one in decided if make or one.state != "made"]

    def _decide(self, goals: Mapping[str, Goal]) -> Iterator[Redirected]:
        redirects, pages = self._redirects(goals), self._pages(goals)
        for old, goal in goals.items():
            page_id = self._id(goal.page)
            if page_id is None and not self.dry_run:
                continue
            if found := redirects.get(old):
                leads_there = self._leads_to(found, goal, page_id)
                why = (
                    "" if leads_there else f"leads to {found.link or 'nowhere'} here; left as it is"
                )
                yield Redirected(old, goal, "there" if leads_there else "conflict", why)
            elif old in pages:
                # A page that kept its address needs no redirect.
                if goal.is_link or pages[old] != page_id:
                    yield Redirected(old, goal, "conflict", "is the address of a page here")
            elif _is_taken(old):
                yield Redirected(old, goal, "conflict", "is an address of this site itself")
            elif max(len(old), len(self._link(goal))) > _LONGEST:
                yield Redirected(old, goal, "conflict", "is too long for a redirect")
            else:
                yield Redirected(old, goal, "made")

    def _redirects(self, paths: Iterable[str]) -> dict[str, Redirect]:
        """The redirects that are there, those for this site alone before those for all."""
        rows = Redirect.get_for_site(self._site).filter(old_path__in=list(paths))
        ordered = rows.select_related("redirect_page").order_by(F("site").asc(nulls_first=True))
        return {row.old_path: row for row in ordered}

    def _pages(self, paths: Iterable[str]) -> dict[str, int]:
        """The live pages that have one of the addresses themselves."""
        wanted = {f"{self._root}{path.strip('/')}/".replace("//", "/"): path for path in paths}
        found = Page.objects.live().filter(url_path__in=list(wanted))
        return {wanted[url_path]: pk for pk, url_path in found.values_list("pk", "url_path")}

    def _leads_to(self, redirect: Redirect, goal: Goal, page_id: int | None) -> bool:
        if goal.is_link:
            return redirect.redirect_page_id is None and redirect.redirect_link == self._link(goal)
        return page_id is not None and redirect.redirect_page_id == page_id

    def _row(self, one: Redirected) -> Redirect:
        if one.goal.is_link:
            link = self._link(one.goal)
            return Redirect(old_path=one.old, site=self._site, redirect_link=link)
        page_id = self._id(one.goal.page)
        return Redirect(old_path=one.old, site=self._site, redirect_page_id=page_id)

    def _link(self, goal: Goal) -> str:
        return goal.address(self.lists[goal.page]) if goal.is_link else ""

    def _id(self, key: str) -> int | None:
        if key == HOME:
            return self._site.root_page_id if self._site else None
        return self.page_id(key)

    def _path(self, url_path: str) -> str:
        return f"/{url_path.removeprefix(self._root)}"

    @cached_property
    def lists(self) -> dict[str, str]:
        """Where the lists of this site are."""
        return self.paths(LISTS)

    @cached_property
    def _site(self) -> Site | None:
        gallery = GalleryPage.objects.first()
        return gallery.get_site() if gallery else None

    @cached_property
    def _root(self) -> str:
        """Where the site begins in the tree of pages, as `/home/`."""
        return str(self._site.root_page.url_path) if self._site else "/"


def _portions(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _is_taken(path: str) -> bool:
    """Whether something other than the tree of pages answers at a path: the search, the sitemap."""
    for address in (path, f"{path}/"):
        try:
            return resolve(address).url_name != "wagtail_serve"
        except Resolver404:
            continue
    return False
