"""Pictures of other servers: links by themselves, fetched on demand, and then ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from django.core.management import call_command

from home.models import HomePage
from impact.entries.models import StoryPage
from impact.media.models import ImpactImage
from impact.portability.download import Downloader, Limits
from impact.portability.imports import Result, import_hugo
from impact.portability.models import PictureOrigin
from tests.portability.pictures import picture, write_picture
from tests.portability.plans import findings, write_file
from tests.portability.servers import PUBLIC, Server, content, redirect, serve

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

HERE = f"http://{PUBLIC}"
RED, BLUE, GREEN = (picture("PNG", colour=colour) for colour in ((9, 0, 0), (0, 0, 9), (0, 9, 0)))
ANSWERS = {
    "/red.png": content(RED),
    "/moved": redirect("/Red%20Tree.jpeg"),
    "/Red%20Tree.jpeg": content(RED),
    "/photo?id=5": content(picture("JPEG", colour=(90, 0, 0))),
    "/lead.png": content(GREEN),
    "/page": content(b"<!doctype html><script>alert(1)</script>"),
    "/page.png": content(b"<!doctype html><script>alert(1)</script>"),
    "/drawing.svg": content(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "/metadata.png": redirect("http://169.254.169.254/latest/meta-data/"),
    "/large.png": content(RED + b"\0" * 200_000),
}


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(ANSWERS) as running:
        yield running


@pytest.fixture
def site(home: HomePage, tmp_path: Path) -> Path:
    write_post(tmp_path, f"![Red]({HERE}/red.png)\n\nMore.\n\n![Blue](blue.png)")
    write_picture(tmp_path / "content" / "blog" / "a" / "blue.png", BLUE)
    return tmp_path


def write_post(site: Path, body: str, front_matter: str = "", name: str = "a") -> None:
    text = f"---\ntitle: {name}\ndate: 2024-01-01\n{front_matter}\n---\nText.\n\n{body}\n"
    write_file(site, f"content/blog/{name}/index.md", text)


def fetch(site: Path, server: Server, **options: bool) -> Result:
    guard = server.guard({"inside.example": ["10.0.0.7"], "both.example": ["9.9.9.9", "127.0.0.2"]})
    downloader = Downloader(guard, Limits(size=100_000))
    return import_hugo(site, fetch_remote=True, downloader=downloader, **options)


def body_of(slug: str = "a") -> list[tuple[str, str]]:
    """The blocks of a page: the hash of each picture, the words and addresses of the rest."""
    blocks = StoryPage.objects.get(slug=slug).body
    return [
        (b.block_type, b.value["image"].file_hash if b.block_type == "figure" else b.value.source)
        for b in blocks
    ]


def test_without_the_flag_nothing_goes_out_and_the_link_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("an import asked the net")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    call_command("import_hugo", site, verbosity=2)
    out = capsys.readouterr().out
    assert f"a/index.md:8: picture on another server, kept as a link: {HERE}/red.png" in out
    assert re.search(r"^pictures on other servers +1$", out, re.MULTILINE)
    assert f'<a href="{HERE}/red.png"><i>Red</i></a>' in body_of()[0][1]


def test_a_fetched_picture_is_ours_from_then_on(site: Path, server: Server) -> None:
    write_post(site, f"![Again]({HERE}/red.png#top)", name="b")
    result = fetch(site, server)
    assert [name for name, _value in body_of()] == ["text", "figure", "text", "figure"]
    red = ImpactImage.objects.get(source_url=f"{HERE}/red.png")
    assert (red.title, Path(red.filename).suffix, red.file_hash) == ("Red", ".png", body_of()[1][1])
    assert body_of("b")[1] == body_of()[1]
    assert StoryPage.objects.get(slug="a").body[1].value["image"].contextual_alt_text == "Red"
    assert result.plan.log.counts["images_fetched"] == 2
    assert result.plan.log.counts["images_remote"] == 0
    assert server.asked == [(PUBLIC, "/red.png")]
    # Neither with the flag nor without it does a further run fetch or write anything.
    for again in (fetch(site, server), import_hugo(site), fetch(site, server, dry_run=True)):
        assert again.outcome.wrote_nothing
        assert not list(again.plan.log.of("remote-image", "to-fetch"))
    assert len(server.asked) == 1
    assert PictureOrigin.objects.get().address == f"{HERE}/red.png"


def test_nothing_fetched_is_left_in_the_temporary_folder(
    site: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, held = tmp_path / "temporary", []
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    for name, path in (("b", "moved"), ("c", "photo?id=5"), ("d", "page.png"), ("e", "large.png")):
        write_post(site, f"![Red]({HERE}/{path})", name=name)
    import_hugo(site)
    story = StoryPage.objects.get(slug="c")
    story.save_revision()  # somebody works on it, so it is left alone
    ask = Downloader.download

    def download(self: Downloader, url: str, file: BinaryIO) -> None:
        held.append(sum(path.is_file() and path.stat().st_size > 0 for path in folder.rglob("*")))
        ask(self, url, file)

    monkeypatch.setattr(Downloader, "download", download)
    result = fetch(site, server)
    assert result.outcome.states["blog/c"] == "edited"
    # One page at a time: what was fetched for the one before is gone.
    assert held == [0, 0, 0, 0, 0]
    assert list(folder.iterdir()) == []
    assert not ImpactImage.objects.filter(source_url__contains="photo").exists()


def test_the_same_bytes_are_one_picture_wherever_they_are(site: Path, server: Server) -> None:
    write_post(site, f"![1](red.png)\n\n![2]({HERE}/red.png)\n\n![3]({HERE}/moved)", name="b")
    write_picture(site / "content" / "blog" / "b" / "red.png", RED)
    fetch(site, server)
    assert len({value for name, value in body_of("b") if name == "figure"}) == 1
    assert ImpactImage.objects.count() == 2
    origins = PictureOrigin.objects.order_by("address").values_list("address", "image__title")
    assert list(origins) == [(f"{HERE}/moved", "Red"), (f"{HERE}/red.png", "Red")]


def test_a_fetched_picture_is_named_by_what_it_is(site: Path, server: Server) -> None:
    write_post(site, f"![P]({HERE}/photo?id=5)\n\n![T]({HERE}/Red%20Tree.jpeg)", name="b")
    fetch(site, server)
    names = {image.title: Path(image.filename).suffix for image in ImpactImage.objects.all()}
    assert names == {"Red": ".png", "Blue": ".png", "Photo": ".jpg"}


FAILURES = {
    "gone.png": "the server answers 404",
    "page": "files of type",
    "page.png": "no picture",
    "drawing.svg": "neither its width and height nor its viewBox",
    "metadata.png": "it leads on to http://169.254.169.254/latest/meta-data/: not on the public net",
    "large.png": "larger than 0 MB",
    "http://inside.example/a.png": "inside.example is 10.0.0.7",
    "http://both.example/a.png": "both.example is 127.0.0.2",
    "http://127.0.0.3/red.png": "not on the public net",
    "http://localhost/red.png": "no full name",
    "http://me:secret@pictures.example/red.png": "name or password",
    "https://pictures.example/red.png": "no valid certificate",
}


def test_every_failure_is_told_with_its_place_and_stays_a_link(site: Path, server: Server) -> None:
    addresses = [path if "://" in path else f"{HERE}/{path}" for path in FAILURES]
    write_post(site, "\n\n".join(f"![A picture]({address})" for address in addresses), name="b")
    result = fetch(site, server)
    told = {m.line: m for m in result.plan.log.of("not-fetched") if "/b/" in m.file}
    for number, (address, reason) in enumerate(zip(addresses, FAILURES.values(), strict=True)):
        message = told[8 + 2 * number]
        assert message.level == "warning"
        assert message.text.startswith(f"{address} was not fetched: ")
        assert reason in message.text
        assert f'<a href="{address}"><i>A picture</i></a>' in body_of("b")[0][1]
    assert len(told) == result.plan.log.counts["images_not_fetched"] == len(FAILURES)
    assert ImpactImage.objects.count() == 2


def test_an_address_that_failed_is_tried_once_a_run(site: Path, server: Server) -> None:
    write_post(site, f"![1]({HERE}/gone.png)\n\n![2]({HERE}/gone.png)", name="b")
    result = fetch(site, server)
    assert server.asked.count((PUBLIC, "/gone.png")) == 1
    assert findings(result.plan, "not-fetched") == [("content/blog/b/index.md", n) for n in (8, 10)]
    assert fetch(site, server).outcome.wrote_nothing


def test_a_dry_run_says_what_would_be_fetched(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    result = fetch(site, server, dry_run=True)
    assert server.asked == []
    assert findings(result.plan, "to-fetch") == [("content/blog/a/index.md", 8)]
    call_command("import_hugo", site, fetch_remote=True, dry_run=True, verbosity=2)
    out = capsys.readouterr().out
    assert f"{HERE}/red.png would be fetched" in out
    assert re.search(r"^pictures to be fetched +1$", out, re.MULTILINE)
    assert not ImpactImage.objects.exists()


def test_the_flag_brings_in_what_an_earlier_import_left_out(site: Path, server: Server) -> None:
    import_hugo(site)
    result = fetch(site, server)
    assert result.outcome.states == {"blog/a": "changed"}
    assert body_of()[1][0] == "figure"


def test_a_lead_picture_of_another_server_is_fetched(site: Path, server: Server) -> None:
    front_matter = f"cover:\n  image: {HERE}/lead.png\n  alt: A leaf"
    write_post(site, f"![Shown again]({HERE}/lead.png)\n\nMore.", front_matter, "b")
    fetch(site, server)
    story = StoryPage.objects.get(slug="b")
    assert (story.lead_image.source_url, story.lead_image.description) == (
        f"{HERE}/lead.png",
        "A leaf",
    )
    assert [name for name, _value in body_of("b")] == ["text"]


def test_nothing_is_fetched_for_a_text_that_holds_no_pictures(site: Path, server: Server) -> None:
    text = f"---\ntitle: Trust\n---\nWords.\n\n![Red]({HERE}/red.png)\n"
    write_file(site, "content/collaborators/trust/index.md", text)
    write_post(site, "No picture.")
    result = fetch(site, server)
    assert server.asked == []
    [community] = result.plan.communities
    assert any(run.link for line in community.description.lines for run in line.runs)


def test_a_large_picture_of_another_server_is_stored_smaller(
    site: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.portability.pictures.LONGEST_SIDE", 10)
    result = fetch(site, server)
    assert findings(result.plan, "image-scaled") == [
        ("content/blog/a/index.md", 8),
        ("content/blog/a/index.md", 12),
    ]
    assert {image.width for image in ImpactImage.objects.all()} == {10}
    assert fetch(site, server).outcome.wrote_nothing
    assert len(server.asked) == 1


def test_a_picture_that_was_deleted_here_is_fetched_again_for_a_page_that_changed(
    site: Path, server: Server
) -> None:
    fetch(site, server)
    ImpactImage.objects.get(source_url=f"{HERE}/red.png").delete()
    assert fetch(site, server).outcome.wrote_nothing
    assert ImpactImage.objects.count() == 1
    write_post(site, f"![Red]({HERE}/red.png)\n\nChanged.\n\n![Blue](blue.png)")
    fetch(site, server)
    assert ImpactImage.objects.filter(source_url=f"{HERE}/red.png").exists()
    assert body_of()[1][0] == "figure"
