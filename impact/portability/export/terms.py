"""Authors, categories and tags as Hugo's pages of terms; posts name them by their slugs."""

from collections.abc import Iterator
from typing import Any

from impact.people.models import Author
from impact.portability.export.bundles import Bundle, Wanted, load
from impact.portability.export.front_matter import as_page, filled
from impact.portability.export.tree import TAXONOMIES
from impact.portability.written import FORMAT
from impact.taxonomy.models import Category, Tag

_AT_ONCE = 200


def authors() -> Iterator[tuple[str, str, Bundle]]:
    """Yield folder, content file and pictures of each author. Five queries for every two hundred."""
    rows = Author.objects.prefetch_related("links").order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1].pk
        wanted = Wanted()
        keys = {
            author.pk: wanted.picture(author.picture_id) for author in some if author.picture_id
        }
        loaded = load([wanted])
        for author in some:
            bundle = Bundle(loaded)
            picture = bundle.name(keys.get(author.pk, ""), "avatar")
            yield _folder("author", author.slug), as_page(_author(author, picture, bundle)), bundle


def _author(author: Author, picture: str, bundle: Bundle) -> dict[str, Any]:
    return {
        "title": author.name,
        **filled(
            slug=author.slug,
            role=author.role,
            bio=author.bio,
            links=[{"name": link.name, "url": link.url} for link in author.links.all()],
            images=[picture] if picture else [],
            resources=bundle.resources(),
        ),
        "impact": {"format": FORMAT},
    }


def categories() -> Iterator[tuple[str, str]]:
    """Yield folder and content file of each category, in the editors' order. One query."""
    for number, category in enumerate(Category.objects.all(), start=1):
        data = {
            "title": category.name,
            **filled(slug=category.slug, description=category.description, weight=number),
            "impact": {"format": FORMAT, "colour": category.colour},
        }
        yield _folder("category", category.slug), as_page(data)


def tags() -> Iterator[tuple[str, str]]:
    """Yield folder and content file of each tag. One query."""
    for name, slug in Tag.objects.order_by("slug").values_list("name", "slug"):
        data = {"title": name, "slug": slug, "impact": {"format": FORMAT}}
        yield _folder("tag", slug), as_page(data)


def _folder(facet: str, slug: str) -> str:
    return f"{TAXONOMIES[facet]}/{slug}"
