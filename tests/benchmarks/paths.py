"""What is asked of the site, in the addresses' one spelling."""

from tests.benchmarks.fill import EMPTY, WORD

YEAR, CATEGORY = 2023, "research"
FILTER = f"category={CATEGORY}&year={YEAR}"
# A gallery that somebody has filtered, searched, paged and subscribed to; and what it is compared with.
PAGES = {
    "home": "/",
    "gallery, unfiltered": "/impact/",
    "gallery, page 10": "/impact/?page=10",
    "gallery": f"/impact/?{FILTER}",
    "gallery, search": f"/impact/?q={WORD}",
    "feed": "/impact/feed/",
    "communities": "/communities/",
    "yearly report": f"/roundups/{YEAR}/",
    "plain listing": f"/plain/?{FILTER}",
    "empty page": f"/{EMPTY}/",
}
