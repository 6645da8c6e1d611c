"""Old addresses: aliases of the pages that they lead to, and lines for the web server for the rest."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from impact.portability.export.tree import TAXONOMIES, Tree
from impact.portability.links import GALLERY

# What Hugo makes a page of as it is, and every file system takes.
_ALIAS = re.compile(r"(?:/[\w.~+-]*[\w~+-])+")
_FILE = re.compile(r"\.\w+$")


@dataclass
class OldPaths:
    """`aliases` by the id of the page, and the other redirects: from where, to where, for ever or not."""

    aliases: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: list[tuple[str, str, bool]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.others) + sum(len(paths) for paths in self.aliases.values())


def read_redirects(site: Site, tree: Tree) -> OldPaths:
    """Return the redirects of a site. One query.

    Those to pages that stay behind stay behind as well.
    """
    found = OldPaths()
    rows = Redirect.get_for_site(site).order_by("old_path")
    names = ("old_path", "redirect_page", "redirect_page_route_path", "redirect_link")
    for old, page, route, link, permanent in rows.values_list(*names, "is_permanent"):
        if page is None:
            found.others.append((old, link, permanent))
        elif place := tree.places.get(page):
            further = f"{place.path.rstrip('/')}{route}" if route.strip("/") else ""
            is_plain = permanent and not further and place.kind not in {"home", "section"}
            if is_plain and _ALIAS.fullmatch(old) and not _FILE.search(old):
                found.aliases[page].append(f"{old}/")
            else:
                found.others.append((old, further or place.path, permanent))
    return found


def as_lines(old_paths: OldPaths, tree: Tree) -> str:
    """Return the redirects that are no aliases as web servers of static sites read them."""
    lines = (
        f"{quote(old, safe=_SAFE)} {quote(_on_hugo(to, tree), safe=_SAFE)} {301 if permanent else 302}"
        for old, to, permanent in old_paths.others
    )
    return "".join(f"{line}\n" for line in lines)


_SAFE = "/%:?&=#+,;@!$'()*~"


def _on_hugo(address: str, tree: Tree) -> str:
    """Return where something stands in the exported site: lists are Hugo's own there.

    The gallery with a filter is the page of the term; its feed is `index.xml`.
    """
    gallery = tree.sections[GALLERY].path if GALLERY in tree.sections else "/"
    url = urlsplit(address)
    if url.netloc or not url.path.startswith(gallery):
        return address
    rest, query = url.path.removeprefix(gallery), parse_qsl(url.query)
    feed = "index.xml" if rest.startswith("feed/") else ""
    if rest and not feed:
        return address
    if len(query) == 1 and query[0][0] in TAXONOMIES:
        return f"/{TAXONOMIES[query[0][0]]}/{query[0][1]}/{feed}"
    return f"{gallery}{feed}"
