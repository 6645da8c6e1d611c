"""Who an author is, above the entries by them."""

from dataclasses import dataclass

from impact.media import renditions
from impact.media.models import ImpactImage
from impact.people.models import Author


@dataclass(frozen=True)
class Portrait:
    """An author as the gallery introduces them; `links` are names and addresses."""

    role: str
    picture: ImpactImage | None
    links: tuple[tuple[str, str], ...]


def portrait(slug: str) -> Portrait | None:
    """Return an author's portrait. Four statements at most; `None` where there is none by that slug."""
    found = Author.objects.select_related("picture").prefetch_related("links")
    author = found.filter(slug=slug).first()
    if author is None:
        return None
    if author.picture:
        renditions.prefetch([author.picture], "face")
    links = tuple((link.name, link.url) for link in author.links.all())
    return Portrait(author.role, author.picture, links)
