"""Every public page, wide and narrow, light and dark: nothing for axe to find, nothing that sticks out."""

from datetime import date
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.roundups.closing import close_year
from impact.roundups.models import RoundupPage
from tests.browser.conftest import Complaints
from tests.factories.content import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_digest,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_standard_page,
    make_story,
)
from tests.newsletter.bodies import entry, heading, thanks
from tests.roundups.bodies import full_body

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.long,
]

DESKTOP, PHONE, NARROW = (1280, 900), (375, 800), (320, 640)
WORDS = "An unbreakablyandunreasonablylongcompoundword and one more sentence about the lagoon. "


@pytest.fixture
def pages(site: HomePage) -> list[str]:
    """A site with something of everything; the addresses of all its kinds of page."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.organisation, settings.accent = "Tidewater Commons", "#ffff00"
    settings.newsletter_url, settings.newsletter_text = "https://example.org/n", "Once a month."
    settings.save()
    make_category("Policy", colour="#000000")
    reef = make_community(
        "Reef Watch",
        website="https://example.org/",
        logo=make_image(),
        region="oceania",
        latitude=-18,
        longitude=178,
    )
    fund = make_community("Ocean Fund", region="europe", latitude=52, longitude=5)
    make_community("Coast Fund", region="europe", latitude=51, longitude=4)
    body = [
        ("heading", {"text": "Why it matters", "level": "2", "anchor": ""}),
        ("text", f"<p>{WORDS * 3}<a href='https://example.org/'>More</a></p><ul><li>One</li></ul>"),
        ("pull_quote", {"text": WORDS, "person": "Maren Oduya", "role": "ferry master"}),
        ("callout", {"kind": "tip", "title": "Borrow one", "text": f"<p>{WORDS}</p>"}),
    ]
    story = make_story(
        WORDS[:70],
        category="Policy",
        body=body,
        communities=[reef],
        supporters=[fund],
        authors=[make_author(picture=make_image())],
        tags=["Open Hardware", "unreasonablylongtagwithoutanyspaces"],
        lead_image=make_image(credit="Ines Okafor", licence="CC BY 4.0"),
        date=date(2024, 5, 1),
        featured=True,
    )
    add_outcome(story, Decimal("1234567890.5"), WORDS, evidence_url="https://example.org/report")
    for number in range(3):
        make_story(communities=[reef, fund], date=date(2024, 6, 1 + number))
    link = make_link(communities=[reef], date=date(2024, 7, 1))
    metric = make_metric("Members")
    for community in (None, reef):
        make_reading(metric, 120, date(2023, 12, 31), community=community)
        make_reading(metric, 180, date(2024, 12, 31), community=community, precision="about")
    before = make_story(
        "The year before", communities=[reef], supporters=[fund], date=date(2023, 4, 1)
    )
    for year, shown in ((2023, before), (2024, story)):
        made = full_body(year, [shown], f"<p>{WORDS}</p>")
        make_roundup(year, title=f"{year}, {WORDS[:60]}", summary=WORDS, body=made)
    close_year(RoundupPage.objects.get(year=2023))
    lines = [
        *(entry(each) for each in (before, link)),
        {
            "type": "line",
            "value": {"title": WORDS[:60], "url": "https://a.org/", "sentence": WORDS},
        },
        {"type": "words", "value": f"<p>{WORDS}</p>"},
    ]
    make_digest(
        summary=WORDS,
        introduction=f"<p>{WORDS}</p>",
        lead=story,
        body=[*lines, heading(WORDS[:60]), *lines, heading("Thanks"), thanks()],
        closing=f"<p>{WORDS}</p>",
    )
    make_digest(slug="2024-04", title=WORDS[:60])
    make_standard_page("About", summary=WORDS, body=body)
    return [
        "/",
        "/impact/",
        "/impact/?q=nothing-like-it",
        f"/impact/{story.slug}/",
        f"/impact/{link.slug}/",
        "/communities/",
        "/communities/?region=europe",
        "/communities/reef-watch/",
        "/roundups/",
        "/roundups/2023/",
        "/roundups/2024/",
        "/newsletter/",
        "/newsletter/2024-05/",
        "/about/",
        "/not-there/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, NARROW])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, complaints: Complaints, pages: list[str], size: tuple[int, int], scheme: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    for address in pages:
        page.goto(address)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{address}: {results.generate_report()}"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{address} is {width} px wide"
    expected = [line for line in complaints.all() if "404" not in line]
    assert not expected


def test_text_of_twice_the_size_fits(page: Page, pages: list[str]) -> None:
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    for address in pages:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP[0], address
        # Words that are cut off at the edge of what holds them, but for titles that end in an ellipsis.
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main *, header *, footer *')].filter(node => {
              const style = getComputedStyle(node);
              return node.scrollWidth > node.clientWidth + 2 && node.clientWidth > 1
                && /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis'
                && style.webkitLineClamp === 'none'
                && !node.closest('input, .visually-hidden, svg, .card-picture');
            }).map(node => node.outerHTML.slice(0, 120))"""
        )
        assert cut == [], address


def test_the_page_can_be_entered_by_the_skip_link(page: Page, pages: list[str]) -> None:
    page.goto(pages[3])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_phone_navigation_works_without_javascript(
    browser: Browser, base_url: str, pages: list[str]
) -> None:
    context = browser.new_context(
        base_url=base_url,
        java_script_enabled=False,
        viewport={"width": PHONE[0], "height": PHONE[1]},
    )
    page = context.new_page()
    page.goto("/about/")
    entry = page.locator(".site-menu").get_by_role("link", name="Communities")
    expect(entry).to_be_hidden()
    page.locator(".site-menu summary").click()
    expect(entry).to_be_visible()
    entry.click()
    page.wait_for_url("**/communities/")
    page.locator(".site-menu summary").click()
    search = page.locator(".site-menu").get_by_role("searchbox")
    search.fill("lagoon")
    search.press("Enter")
    page.wait_for_url("**/impact/?q=lagoon")
    context.close()


def test_escape_closes_the_phone_menu_and_returns_to_its_button(
    page: Page, pages: list[str]
) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/about/")
    button = page.locator(".site-menu summary")
    entry = page.locator(".site-menu").get_by_role("link", name="Communities")
    button.click()
    entry.focus()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.mouse.click(4, 700)
    expect(entry).to_be_hidden()


def test_a_reader_who_wants_no_motion_gets_none(page: Page, pages: list[str]) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/impact/")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e =>"
        " parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert moving == 0


def test_the_page_keeps_its_typefaces_to_itself(page: Page, pages: list[str]) -> None:
    fonts: list[str] = []
    page.on("response", lambda r: fonts.append(r.url) if r.url.endswith(".woff2") else None)
    page.goto(pages[3])
    page.evaluate("document.fonts.ready")
    names = {url.rsplit("/", 1)[1].split(".")[0] for url in fonts}
    assert {"sans", "serif"} <= names
    assert page.evaluate("document.fonts.check('520 16px \"Impact Serif\"')")
