"""The picture that leads a post, and the body that does not show it again."""

from pathlib import Path

import pytest

from impact.portability import sections
from impact.portability.content import Block, Line, Link, Picture, RichText, Run
from impact.portability.files import hash_of
from impact.portability.records import Plan, PlannedEntry
from tests.portability.pictures import picture, write_picture
from tests.portability.plans import findings, plan_of, write_file

HEADING = Block("heading", {"text": "Spring", "level": "2"})
TEXT = Block("text", RichText((Line((Run("The buds open."),)),)))


def figure(file: str = "lead", caption: str = "", link: str = "") -> Block:
    words = RichText((Line((Run(caption),)),) if caption else ())
    value = {"image": Picture(file, "An alt"), "caption": words, "width": "normal", "link": link}
    return Block("figure", value)


BEFORE = {
    "nothing": ([], False),
    "text": ([TEXT], False),
    "another picture": ([figure("other")], False),
    "a heading": ([HEADING], False),
    "two headings": ([HEADING, HEADING], False),
    "a heading and text": ([HEADING, TEXT], True),
    "text and a heading": ([TEXT, HEADING], True),
    "a heading and another picture": ([HEADING, figure("other")], True),
}


@pytest.mark.parametrize(("before", "stays"), BEFORE.values(), ids=BEFORE)
def test_the_lead_picture_is_left_out_where_the_body_begins_with_it(
    before: list[Block], stays: bool
) -> None:
    body, alt = sections.without_lead([*before, figure(), TEXT], "lead")
    assert (figure() in body, alt) == (stays, None if stays else "An alt")


def test_only_the_first_of_two_is_left_out() -> None:
    body, _alt = sections.without_lead([figure(), TEXT, HEADING, figure()], "lead")
    assert [block.name for block in body] == ["text", "heading", "figure"]


def test_what_the_figure_said_and_where_it_led_stays() -> None:
    body, _alt = sections.without_lead([figure(caption="Buds", link="https://x.example/a")], "lead")
    lines = body[0].value.lines
    assert [line.text for line in lines] == ["Buds", "x.example/a"]
    assert lines[0].runs[0].marks == ("italic",)
    assert lines[1].runs[0].link == Link(href="https://x.example/a")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return tmp_path / "content" / "blog" / "a"


def post(bundle: Path, front_matter: str = "", body: str = "Text.") -> tuple[Plan, PlannedEntry]:
    root = bundle.parents[2]
    text = f"---\ntitle: A\ndate: 2024-01-01\n{front_matter}\n---\n{body}\n"
    write_file(root, "content/blog/a/index.md", text)
    plan = plan_of(root)
    entry = plan.read(plan.entries[0])
    assert entry is not None
    return plan, entry


@pytest.mark.parametrize("name", ["featured.png", "my-Featured-1.PNG", "FEATURED.png"])
def test_a_file_called_featured_leads(bundle: Path, name: str) -> None:
    write_file(bundle, "featured-notes.md", "No picture.")
    write_file(bundle, "featured.pdf", "No picture.")
    path = write_picture(bundle / name)
    write_picture(bundle / "below" / "a-featured.png", picture(colour=(1, 2, 3)))
    plan, entry = post(bundle)
    assert entry.lead == hash_of(path)
    assert not list(plan.log.of("image-refused"))


@pytest.mark.parametrize(
    "front_matter",
    [
        "image: cover.png",
        "featured_image: ./cover.png\nfeatured_image_alt: Buds",
        "cover:\n  image: cover.png\n  alt: Buds\n  caption: In *April*",
        "images: [cover.png, featured.png]",
        "images:\n- src: cover.png\n  alt_text: Buds",
        "image: gone.png\nthumbnail: cover.png",
        "resources:\n- name: featured-image\n  src: cover.png\n  params: {alt: Buds}",
        "params:\n  image: cover.png",
    ],
)
def test_front_matter_names_the_lead_in_many_ways(bundle: Path, front_matter: str) -> None:
    write_picture(bundle / "featured.png")
    path = write_picture(bundle / "cover.png", picture(colour=(1, 2, 3)))
    plan, entry = post(bundle, front_matter)
    assert entry.lead == hash_of(path)
    described = "Buds" if "Buds" in front_matter else ""
    assert plan.files.images[entry.lead].alt == described
    source = f"---\ntitle: A\ndate: 2024-01-01\n{front_matter}".splitlines()
    line = next((n for n, text in enumerate(source, 1) if "cover.png" in text), 0)
    missing = [("content/blog/a/index.md", line)]
    assert findings(plan, "no-alt") == ([] if described else missing)
    assert plan.log.counts["images_without_alt"] == (not described)
    words = [block.value.text for block in entry.body]
    assert words == ["In April\nText." if "caption" in front_matter else "Text."]


def test_words_about_the_featured_file_need_not_name_it(bundle: Path) -> None:
    write_picture(bundle / "featured.png")
    plan, entry = post(bundle, "image:\n  caption: Buds in spring\n  focal_point: Smart")
    assert plan.files.images[entry.lead].alt == "Buds in spring"
    assert entry.body[0].value.lines[0].runs == (Run("Buds in spring", ("italic",)),)
    assert entry.summary == "Text."


def test_what_is_no_name_of_a_picture_is_passed_over(bundle: Path) -> None:
    plan, entry = post(bundle, "image: true\ncover: {relative: true}\nresources: [a, {name: 1}]")
    assert (entry.lead, plan.log.messages) == ("", list(plan.log.of("no-category")))


def test_the_same_picture_under_another_name_is_shown_once(bundle: Path) -> None:
    path = write_picture(bundle / "featured.png")
    write_picture(bundle / "copy.png")
    body = (
        "## Spring\n\n![Buds](copy.png)\n\nText.\n\n## Summer\n\nMore.\n\n![Buds](featured.png)\n"
    )
    plan, entry = post(bundle, body=body)
    assert entry.lead == hash_of(path)
    assert [b.name for b in entry.body] == ["heading", "text", "heading", "text", "figure"]
    assert plan.files.images[entry.lead].alt == "Buds"
    assert len(plan.files.images) == 1


def test_missing_alt_text_is_told_once_and_not_of_logos(bundle: Path) -> None:
    write_picture(bundle / "featured.png")
    logo = bundle.parents[1] / "collaborators" / "trust"
    write_picture(logo / "featured.png")
    write_file(logo, "index.md", "---\ntitle: Trust\n---\n![](featured.png)\n\nWords.\n")
    plan, _entry = post(bundle, body="![](featured.png)\n\nText.")
    assert plan.communities[0].logo
    assert findings(plan, "no-alt") == [("content/blog/a/index.md", 6)]
    assert plan.log.counts["images_without_alt"] == 1


def test_a_picture_inside_the_text_is_told_without_it(bundle: Path) -> None:
    plan, entry = post(bundle, body=f"![Dot](data:image/png;base64,{'A' * 9000})")
    [message] = plan.log.of("image-refused")
    assert (message.line, len(message.text) < 100) == (6, True)
    assert [block.value.text for block in entry.body] == ["Dot"]


def test_a_lead_picture_elsewhere_is_reported(bundle: Path) -> None:
    plan, entry = post(bundle, "image: https://pictures.example/a.png")
    assert (entry.lead, findings(plan, "remote-lead")) == ("", [("content/blog/a/index.md", 4)])
    assert plan.log.counts["images_remote"] == 1


def test_a_picture_at_the_sites_own_address_is_its_file(bundle: Path) -> None:
    root = bundle.parents[2]
    write_file(root, "hugo.yaml", "baseURL: https://orchard.example/\n")
    path = write_picture(root / "static" / "a.png")
    plan, entry = post(
        bundle, "image: https://orchard.example/a.png", "![B](https://orchard.example/Gone.png)"
    )
    assert entry.lead == hash_of(path)
    assert [m.code for m in plan.log.messages if "image" in m.code] == ["remote-image"]


def test_pictures_and_documents_are_found_whatever_the_case_and_told(bundle: Path) -> None:
    write_picture(bundle / "Map.PNG")
    write_file(bundle, "Plan of the Year.PDF", "%PDF-1.7 plan")
    body = "![Map](map.png) [plan](plan%20of%20the%20year.pdf)"
    plan, entry = post(bundle, body=body)
    [document] = plan.files.documents.values()
    assert (document.path.name, document.title) == ("Plan of the Year.PDF", "Plan of the Year")
    assert findings(plan, "name-case") == [("content/blog/a/index.md", 6)] * 2
    assert [block.name for block in entry.body] == ["figure", "text"]


def test_a_linked_file_that_is_refused_is_told_why(bundle: Path) -> None:
    write_file(bundle, "report.pdf", "<html>")
    plan, _entry = post(bundle, body="[r](report.pdf)")
    [message] = plan.log.of("file-refused")
    assert (message.line, "not what its name says" in message.text) == (6, True)


def test_what_is_stored_smaller_is_told_at_each_place_and_counted_once(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.portability.pictures.LONGEST_SIDE", 10)
    write_picture(bundle / "map.png")
    plan, _entry = post(bundle, body="![Map](map.png)\n\n![Map](map.png)")
    assert findings(plan, "image-scaled") == [("content/blog/a/index.md", n) for n in (6, 8)]
    assert [p.scaled for p in plan.images] == [True]
