"""A small site that holds at least one of everything, and texts that want to be more than text."""

import json
from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from home.site_tree import ensure_site
from impact.blocks.richtext import INLINE_FEATURES
from impact.blocks.stored import as_stored
from impact.entries.models import EntryPage
from impact.gallery.models import GalleryPage
from impact.media.models import ImpactDocument
from impact.metrics.models import Metric
from impact.people.models import AuthorLink
from impact.roundups.closing import close_year
from impact.taxonomy.models import Tag
from tests.blocks.bodies import everything
from tests.factories.content import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_standard_page,
    make_story,
)

# What Hugo, Markdown or a browser would act upon; readers see every character of it.
MISCHIEF = (
    'a {{< readfile "/etc/passwd" >}} b {{% readfile "/etc/passwd" %}} c {{ .Site }} '
    "<script>alert(1)</script> *d* _e_ [f](g) `h` &amp; \\ | :tada: http://x.example 1. {#i}"
)
_ESCAPED = MISCHIEF.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
_EARLY, _LATE = datetime(2020, 2, 3, 4, 5, 6, 789, UTC), datetime(2021, 3, 4, 5, 6, 7, 0, UTC)


def build() -> None:
    """Make the site in an empty database."""
    ensure_site()
    lead = make_image("The bridge", (300, 200), credit="Ana", licence="CC BY 4.0")
    logo = make_image("Logo", (64, 64), description="")
    portrait = make_image("Ada", (90, 120), focal_point_x=40, focal_point_y=30)
    portrait.focal_point_width = portrait.focal_point_height = 20
    portrait.save()
    portrait.tags.add("people")
    plan = ImpactDocument.objects.create(
        title="The plan", credit="Bo", file=ContentFile(b"%PDF-1.4 plan", "plan.pdf")
    )
    film = ImpactDocument.objects.create(
        title="Film", file=ContentFile(b"\x00\x00\x00\x18ftypmp42" + b"\0" * 64, "film.mp4")
    )
    spoken = ImpactDocument.objects.create(
        title="Captions",
        file=ContentFile(b"WEBVTT\n\n00:00.000 --> 00:09.000\nThe river.\n" * 6, "film.vtt"),
    )
    about = make_standard_page("About", summary="Who we are.", live=True)
    make_category("Field work", colour="#123456", description="Out there.", sort_order=1)
    make_category("Research", colour="#654321", sort_order=0)
    ada = make_author(
        "Ada Wörth", role="Writer", bio="Line one.\n\nLine two: *bold*.", picture=portrait
    )
    ada.links = [
        AuthorLink(name="GitHub", url="https://code.example/ada", sort_order=0),
        AuthorLink(name="my-site x", url="mailto:ada@x.example", sort_order=1),
    ]
    ada.save()
    bo, zoe = make_author("Bo Ada Wörth", slug="bo_2"), make_author("Zoë")
    room = make_community(
        "Reading Room", logo=logo, kind="project", website="https://room.example/", region="africa",
        country="Ghana", latitude="0", longitude="-1.5", active_since=date(2019, 1, 2),
        description=as_stored(
            f'<p>They <b>read</b>. See <a linktype="page" id="{about.pk}">us</a>.</p><ul><li>x</li></ul>',
            ["bold", "italic", "link", "ul", "ol"],
        ),
    )  # fmt: skip
    fund = make_community("Fund", kind="funder", live=False, summary="")
    metric = make_metric("Readers", unit="people", description="Who reads.")
    make_reading(metric, "12.5", date(2023, 12, 31), period_start=date(2023, 1, 1), note="half")
    make_reading(metric, "7", date(2023, 6, 1), community=room)

    first = make_story(
        "One of everything", slug="one-of-everything", category="Field work", communities=[room],
        supporters=[fund], authors=[zoe, ada, bo], tags=["Old Boats", "c++"], lead_image=lead,
        body=json.dumps(_numbered(everything(lead, about.pk, plan.pk) + _more(lead.pk, film.pk, spoken.pk))),
        featured=True, language="pt-BR", seo_title="For machines", search_description="What it says.",
        first_published_at=_EARLY, last_published_at=_LATE,
    )  # fmt: skip
    add_outcome(first, "40.25", "gauges", precision="at-least", metric=metric, unit="people")
    add_outcome(
        first, "3", "grants", unit="currency", currency="EUR", evidence_url="https://x.example/e"
    )
    second = make_story(
        MISCHIEF[:200], slug="mischief", summary=MISCHIEF, tags=["old boats"],
        body=json.dumps(_numbered(_mischief(lead.pk, first.pk))),
        first_published_at=_LATE, last_published_at=_LATE,
    )  # fmt: skip
    link = make_link("Elsewhere", slug="elsewhere", communities=[room], lead_image=lead)
    # Its date was corrected later.
    EntryPage.objects.filter(pk=link.pk).update(announced_on=date(2024, 4, 30))
    draft = make_story("Not yet", slug="not-yet", live=False, category=None, summary="", body="[]")
    draft.body = json.dumps(
        _numbered([("heading", {"text": "", "level": "3", "anchor": ""}), ("text", "")])
    )
    draft.save_revision(clean=False)
    secret = make_story("Secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    about.body = json.dumps(
        _numbered([("text", as_stored(f'<p><a linktype="page" id="{second.pk}">m</a> '
                                      f'<a linktype="page" id="{secret.pk}">s</a></p>'))])
    )  # fmt: skip
    about.save()
    about.add_child(instance=type(about)(title="Team", slug="team", body=about.body))
    report = make_roundup(
        2020, summary="A year.", guid="urn:uuid:year", lead_image=lead,
        body=json.dumps(_numbered(_report(first, second, metric))),
    )  # fmt: skip
    close_year(report)
    _redirect("/blog/2020/everything", first)
    _redirect("/old?page=2", second)
    _redirect("/stories", GalleryPage.objects.get())
    Redirect.objects.create(old_path="/tag/boats", redirect_link="/impact/?tag=old-boats")
    Redirect.objects.create(
        old_path="/shop", redirect_link="https://shop.example/", is_permanent=False
    )
    # As the editor would have published them.
    Page.objects.filter(live=True, first_published_at=None).update(
        first_published_at=_EARLY, last_published_at=_LATE
    )


def _redirect(old_path: str, page: Page) -> None:
    Redirect.objects.create(old_path=old_path, redirect_page=Page.objects.get(pk=page.pk))


def _numbered(blocks: list[tuple[str, object]]) -> list[dict[str, object]]:
    return [
        {"type": name, "value": value, "id": f"block-{number}"}
        for number, (name, value) in enumerate(blocks)
    ]


def _more(image: int, film: int, spoken: int) -> list[tuple[str, object]]:
    """What is rarer: an uploaded film, code with a caption, two texts in a row, an empty paragraph."""
    return [
        (
            "video",
            {"title": "A film", "url": "", "file": film, "captions": spoken, "poster": None, "caption": ""},
        ),
        ("text", as_stored("<p>First text</p><ul><li>a<ol><li>b<br/>c</li></ol></li></ul>")),
        ("text", as_stored("<ul><li>Second text</li></ul><p></p><p>a<b>“b”</b>c</p>")),
        ("code", {"language": "go", "code": '{{< figure src="x" >}}\n\tend <b>', "caption": ""}),
        ("code", {"language": "", "code": "```\nfence\n```", "caption": ""}),
        (
            "link_card",
            {"page": None, "url": "https://x.example/?a=1&b=2", "title": "Card", "description": "a\nb"},
        ),
    ]  # fmt: skip


def _report(first: Page, second: Page, metric: Metric) -> list[tuple[str, object]]:
    """A yearly report with at least one of each of its parts."""
    words = {"heading": MISCHIEF[:100], "text": as_stored("<p>Look at <i>this</i>.</p>")}
    chosen = {"first": _listed(first.pk), "left_out": _listed(second.pk), "limit": 3}
    tag = Tag.objects.get(slug="c")
    highlight = {"entry": first.pk, "sentence": as_stored(f"<p>{_ESCAPED}</p>", INLINE_FEATURES)}
    return [
        ("text", "<p>It began.</p>"),
        ("key_figures", {**words, "metrics": _listed(metric.pk), "others": False}),
        ("heading", {"text": "So", "level": "2", "anchor": ""}),
        ("category_section", {**words, **chosen, "category": first.category_id}),
        ("tag_section", {**words, **chosen, "tag": tag.pk}),
        ("other_section", {**words, **chosen}),
        ("highlights", {**words, "entries": _listed(highlight)}),
        ("timeline", words),
        ("outcomes", words),
        ("communities", {**words, "new": True, "active": False}),
        (
            "last_goals",
            {**words, "goals": _listed({"goal": "a", "result": "not", "words": "b\nc"})},
        ),
        ("goals", {**words, "goals": _listed({"title": "d", "detail": ""})}),
        ("thanks", {**words, "supporters": True}),
    ]


def _listed(*values: object) -> list[dict[str, object]]:
    return [{"type": "item", "value": value, "id": f"i{n}"} for n, value in enumerate(values)]


def _mischief(image: int, page: int) -> list[tuple[str, object]]:
    rich = as_stored(f"<p>{_ESCAPED} <i>{_ESCAPED}</i></p>")
    line = f"<p>{_ESCAPED}</p>"
    text = MISCHIEF[:100]
    return [
        ("heading", {"text": MISCHIEF, "level": "2", "anchor": ""}),
        ("text", rich),
        (
            "figure",
            {"image": {"image": image, "alt_text": MISCHIEF, "decorative": False}, "caption": line,
             "width": "normal", "link": ""},
        ),
        ("callout", {"kind": "tip", "title": text, "text": line}),
        ("pull_quote", {"text": MISCHIEF, "person": text, "role": text}),
        ("link_card", {"page": page, "url": "", "title": text, "description": MISCHIEF}),
        ("code", {"language": "html", "code": MISCHIEF, "caption": MISCHIEF}),
        (
            "table",
            {
                "caption": MISCHIEF,
                "row_headers": True,
                "table": {
                    "columns": [{"type": "text", "heading": MISCHIEF}],
                    "rows": [{"values": [f"<p>{_ESCAPED}</p><p>{_ESCAPED}</p>"]}],
                    "caption": "",
                },
            },
        ),
        ("definition_list", {"definitions": [{"term": text, "definition": line}]}),
        ("task_list", {"tasks": [{"text": line, "done": False}]}),
        ("acknowledgements", {"title": text, "text": line}),
    ]  # fmt: skip
