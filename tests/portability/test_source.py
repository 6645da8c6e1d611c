"""What is named on the command line and is not there."""

from pathlib import Path

import pytest

from impact.portability.messages import Log
from impact.portability.source import SourceError, read
from tests.portability.plans import plan_of, write_file, write_post


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_post(tmp_path, "news/a")
    write_post(tmp_path, "stories/2024/b")
    write_file(tmp_path, "content/empty/notes.txt", "No Markdown.")
    write_file(tmp_path, "content/_templates/t.md", "A template.")
    return tmp_path


@pytest.mark.parametrize("section", ["blgo", "../outside", "empty/none", "news/a.md", "."])
def test_a_section_that_is_not_there_is_named_with_those_that_are(site: Path, section: str) -> None:
    (site / "outside").mkdir()
    with pytest.raises(SourceError) as caught:
        read(site, Log(), section)
    assert f"--section {section}" in str(caught.value)
    assert str(caught.value).endswith("its sections are: news, stories")


def test_a_section_without_posts_is_named(site: Path) -> None:
    with pytest.raises(SourceError, match=r"/empty; its sections are: news, stories$"):
        read(site, Log(), "empty")


@pytest.mark.parametrize("section", ["stories", "/stories/", "stories/2024"])
def test_a_section_may_be_written_as_a_path(site: Path, section: str) -> None:
    assert [entry.key for entry in plan_of(site, section).entries] == ["stories/2024/b"]


@pytest.mark.parametrize(
    "url",
    [
        "orchard.example",
        "ftp://orchard.example",
        "https://",
        "https://orchard.example:port/",
        "https://[orchard/",
        "https://orchard.example/?a=b",
        "https://orchard .example/",
        "/",
    ],
)
def test_an_address_that_is_none_is_named(site: Path, url: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(site, Log(), base_url=url)
    assert str(caught.value) == f"--base-url {url}: no address such as https://example.org/"


@pytest.mark.parametrize("url", ["https://orchard.example", "http://127.0.0.1:8080/old/"])
def test_an_address_is_closed_by_a_slash(site: Path, url: str) -> None:
    assert read(site, Log(), base_url=url).base_url == f"{url.rstrip('/')}/"
