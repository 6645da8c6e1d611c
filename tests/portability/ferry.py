"""A site with an address of every kind, and where the addresses of one story lead to."""

from pathlib import Path

from tests.portability.plans import write_file, write_post

TRIP = "/impact/boat-trip/"
WORK, BOATS, MIRA = "?category=field-work", "?tag=old-boats", "?author=mira-holt"

CONFIG = """
baseURL: https://ferry.example/
permalinks:
  blog: /blog/:slug/
  tags: /tag/:slug/
  categories: /category/:slug/
  authors: /author/:slug/
taxonomies: {tag: tags, category: categories, author: authors}
"""


def write_site(root: Path) -> Path:
    write_file(root, "hugo.yaml", CONFIG)
    write_file(root, "content/authors/mholt/_index.md", "---\ntitle: Míra Holt\n---\n")
    write_post(root, "collaborators/river")
    terms = "categories: [Field Work]\ntags: [Old Boats]\nauthors: [mholt]\n"
    write_post(root, "blog/2024/trip", f"slug: boat-trip\naliases: [/news/trip, old]\n{terms}")
    write_post(root, "blog/2023/Fähre & Co", "url: /special/Über.html")
    write_post(root, "blog/2023/later", "draft: true\naliases: [/later]")
    return root
