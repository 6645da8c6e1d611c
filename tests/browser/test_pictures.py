"""Which copy of a picture a browser takes, on every width of screen, and what the policy says to the head."""

from typing import Any

import pytest
from playwright.sync_api import Page

from home.models import HomePage
from tests.browser.conftest import Complaints
from tests.factories import make_author, make_community, make_image, make_roundup, make_story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
]

# How many times as wide as it is shown a copy may be, at one pixel to the pixel, and how much less. Logos
# stand in boxes of many sizes, and weigh little.
MOST, LEAST = 1.7, 0.9
MEASURE = """async () => {
  const images = [...document.images].filter((image) => image.closest("picture"));
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => null)));
  return images.map((image) => {
    const box = image.getBoundingClientRect();
    const sources = [...image.closest("picture").querySelectorAll("source")];
    const candidates = sources.flatMap((source) => source.srcset.split(", "));
    const taken = candidates.map((each) => each.split(" ")).find(
      ([url]) => new URL(url, location).href === image.currentSrc
        || new URL(url, location).pathname.includes(new URL(image.currentSrc).pathname));
    return {
      place: image.closest("picture").className,
      shown: Math.max(box.width, box.height * image.width / Math.max(1, image.height)),
      taken: taken ? parseInt(taken[1]) : 0,
      format: (image.currentSrc.match(/format-([a-z]+)/) || [])[1],
      drawn: image.naturalWidth > 0,
    };
  });
}"""


@pytest.fixture
def paths(site: HomePage) -> list[str]:
    """Pages that show pictures in all places, large enough for every copy."""
    site.hero_image = make_image(size=(1500, 1800))
    site.save()
    reef = make_community("Reef Watch", logo=make_image(size=(480, 480)))
    figure = {"caption": "", "link": ""}
    story = make_story(
        lead_image=make_image(size=(2000, 1400)),
        communities=[reef],
        authors=[make_author(picture=make_image(size=(300, 300)))],
        featured=True,
        body=[
            ("figure", {**figure, "image": make_image(size=(2000, 1400)), "width": width})
            for width in ("narrow", "normal", "wide", "full")
        ],
    )
    for _ in range(3):
        make_story(lead_image=make_image(size=(1500, 1000)), communities=[reef])
    make_roundup(2024, lead_image=make_image(size=(1500, 1800)))
    return ["/", "/impact/", story.url, reef.url, "/roundups/", "/roundups/2024/"]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_copy_is_much_larger_than_it_is_shown(
    page: Page, paths: list[str], complaints: Complaints, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    # Chromium takes a larger copy that it has already; every page is to be the first.
    network = page.context.new_cdp_session(page)
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    seen: list[dict[str, Any]] = []
    wrong: list[str] = []
    for path in paths:
        page.goto(path)
        for each in page.evaluate(MEASURE):
            seen.append(each)
            small = any(name in each["place"] for name in ("logo", "portrait", "mark"))
            ratio = each["taken"] / each["shown"]
            if not each["drawn"] or (not small and not LEAST <= ratio <= MOST):
                wrong.append(f"{path} {each} {ratio:.2f}")
    assert wrong == []
    photographs = {each["format"] for each in seen if "logo" not in each["place"]}
    assert "avif" in photographs
    assert "jpeg" not in photographs
    # Structured data is no script to the policy, and no page asks anybody else for anything.
    assert complaints.all() == []
