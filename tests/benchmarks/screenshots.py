"""Pictures of each kind of page, wide and narrow, light and dark: `make screenshots`.

They are taken of the site that Lighthouse measures, and are there to be looked at: nothing compares them.
"""

import argparse
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
from playwright.sync_api import sync_playwright
from tqdm import tqdm

from tests.benchmarks.lighthouse import chosen_site, load, pages, served, site_options
from tests.benchmarks.servers import get
from tests.benchmarks.sites import ROOT

WIDTHS = {"wide": 1280, "narrow": 375}
STATES = {
    "gallery searched": "/impact/?q=the",
    "gallery empty": "/impact/?q=zzzzzz",
    "not found": "/no-such-page/",
}


def more_pages(port: int) -> dict[str, str]:
    """Return an address for each further kind of page that the site has, and for states of the gallery."""
    found: dict[str, str] = {}
    _status, _headers, body = get(port, "/impact/")
    gallery = lxml.html.fromstring(body)
    links = gallery.xpath("//*[@data-facet='category']//@href | //*[@data-facet='category']/@href")
    if links:
        found["gallery filtered"] = urlsplit(links[0])._replace(scheme="", netloc="").geturl()
    if slugs := gallery.xpath("//article[@data-kind='link']/@data-entry"):
        found["featured link"] = f"/impact/{slugs[0]}/"
    indexes = {
        "communities": "/communities/",
        "yearly reports": "/roundups/",
        "newsletter": "/newsletter/",
        "about": "/about/",
    }
    found |= {name: path for name, path in indexes.items() if get(port, path)[0] == HTTPStatus.OK}
    _status, _headers, body = get(port, "/newsletter/")
    digests = lxml.html.fromstring(body).xpath(
        "//main//a[starts-with(@href, '/newsletter/2')]/@href"
    )
    if digests:
        found["digest"] = digests[0]
    return found | STATES


def main() -> None:
    """Load, serve, take the pictures, say where they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    site_options(parser)
    parser.add_argument("--into", type=Path, default=ROOT / "screenshots")
    options = parser.parse_args()
    home, source = chosen_site(parser, options)
    load(home, source)
    options.into.mkdir(parents=True, exist_ok=True)
    ways = [(width, theme) for width in WIDTHS for theme in ("light", "dark")]
    with served(home) as port, sync_playwright() as playwright:
        paths = pages(port) | more_pages(port)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        with tqdm(total=len(paths) * len(ways), desc="Screenshots", unit="") as bar:
            for width, theme in ways:
                context = browser.new_context(
                    viewport={"width": WIDTHS[width], "height": 900}, color_scheme=theme
                )
                page = context.new_page()
                for name, path in paths.items():
                    page.goto(f"http://127.0.0.1:{port}{path}")
                    # What loads only when it is scrolled to would be missing in a picture of the whole page.
                    page.evaluate(
                        "document.querySelectorAll('img[loading]').forEach(i => i.loading = 'eager')"
                    )
                    page.wait_for_load_state("networkidle")
                    file = f"{name.replace(' ', '-')}-{width}-{theme}.png"
                    page.screenshot(path=options.into / file, full_page=True)
                    bar.update()
                context.close()
        browser.close()
    print(f"{len(paths) * len(ways)} screenshots in {options.into}")


if __name__ == "__main__":
    main()
