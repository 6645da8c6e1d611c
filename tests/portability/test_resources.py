"""Where a text's files are found, and under which spellings."""

from pathlib import Path
from unicodedata import normalize

import pytest

from impact.portability.resources import Found, Resources

COMPOSED, APART = normalize("NFC", "café.png"), normalize("NFD", "café.png")
FILES = [
    "content/blog/a/pic.png",
    "content/blog/a/images/deep.png",
    "content/blog/a/two words.png",
    "content/blog/a/100%.png",
    "content/blog/a/who?.png",
    "content/blog/a/Mixed.PNG",
    "content/blog/a/exact.png",
    "content/blog/a/EXACT.png",
    f"content/blog/a/{APART}",
    "content/blog/shared.png",
    "content/blog/b.md",
    "content/blog/b.png",
    "static/root.png",
    "static/images/under.png",
    "static/blog/b/built.png",
    "static/pic.png",
    "assets/asset.png",
    "assets/media/Media Library/medium.png",
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files").resolve()
    (folder / "secret.png").write_text("secret\0")
    for name in FILES:
        path = folder / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Longer than a path, else it would be followed as one.
        path.write_bytes(b"\0" * 600)
    return folder / "site"


def find(root: Path, src: str, page: str = "a", base_url: str = "") -> Found | None:
    blog = root / "content" / "blog"
    folder = blog / page if (blog / page).is_dir() else blog
    return Resources(root, root / "content", base_url).find(src, folder, f"blog/{page}")


@pytest.mark.parametrize(
    ("src", "file"),
    {
        "pic.png": "content/blog/a/pic.png",
        "./pic.png": "content/blog/a/pic.png",
        "images/deep.png": "content/blog/a/images/deep.png",
        "../shared.png": "content/blog/shared.png",
        "../../shared.png": None,
        "two%20words.png": "content/blog/a/two words.png",
        "two words.png": "content/blog/a/two words.png",
        "100%.png": "content/blog/a/100%.png",
        "100%25.png": "content/blog/a/100%.png",
        "who?.png": "content/blog/a/who?.png",
        "pic.png?v=2#top": "content/blog/a/pic.png",
        "exact.png": "content/blog/a/exact.png",
        COMPOSED: f"content/blog/a/{APART}",
        APART: f"content/blog/a/{APART}",
        "caf%C3%A9.png": f"content/blog/a/{APART}",
        "/pic.png": "static/pic.png",
        "/root.png": "static/root.png",
        "root.png": "static/root.png",
        "/images/under.png": "static/images/under.png",
        "../../images/under.png": "static/images/under.png",
        "../../../../images/under.png": "static/images/under.png",
        "/blog/a/pic.png": "content/blog/a/pic.png",
        "asset.png": "assets/asset.png",
        "/Media%20Library/medium.png": "assets/media/Media Library/medium.png",
        "": None,
        "/": None,
        "images": None,
        "none.png": None,
        "\0": None,
        "a" * 5000: None,
    }.items(),
)
def test_a_path_is_looked_for_beside_the_text_and_in_the_folders_of_the_site(
    root: Path, src: str, file: str | None
) -> None:
    assert find(root, src) == (Found(root / file) if file else None)


def test_a_page_without_a_folder_has_its_files_beside_it_or_at_its_address(root: Path) -> None:
    assert find(root, "b.png", "b") == Found(root / "content/blog/b.png")
    assert find(root, "built.png", "b") == Found(root / "static/blog/b/built.png")


@pytest.mark.parametrize(
    ("src", "called"),
    {
        "mixed.png": "Mixed.PNG",
        "Mixed.png": "Mixed.PNG",
        "Images/DEEP.png": "deep.png",
        "/media library/Medium.png": "medium.png",
    }.items(),
)
def test_a_name_in_other_letters_is_found_and_told(root: Path, src: str, called: str) -> None:
    found = find(root, src)
    assert found is not None
    assert (found.called, found.path.name) == (called, called)


@pytest.mark.parametrize(
    "src",
    [
        "../../../../secret.png",
        "/../secret.png",
        "../../../../SECRET.png",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.png",
        "/etc/passwd",
    ],
)
def test_nothing_outside_the_source_is_found(root: Path, src: str) -> None:
    assert find(root, src) is None


def test_a_site_below_a_path_has_that_path_in_its_addresses(root: Path) -> None:
    assert find(root, "/garden/images/under.png") is None
    found = find(root, "/garden/images/under.png", base_url="https://x.example/garden/")
    assert found == Found(root / "static/images/under.png")


@pytest.mark.parametrize(
    ("src", "path"),
    {
        "https://orchard.example/images/a.png": "/images/a.png",
        "//orchard.example/images/a.png": "/images/a.png",
        "https://www.orchard.example/images/a.png": "/images/a.png",
        "http://Orchard.Example": "/",
        "images/a.png": "images/a.png",
        "https://other.example/images/a.png": None,
        "https://orchard.example.other.example/": None,
        "https://[": None,
    }.items(),
)
def test_the_sites_own_address_is_a_path_on_it(src: str, path: str | None) -> None:
    resources = Resources(Path("/site"), Path("/site"), "https://orchard.example/")
    assert resources.on_site(src) == path


def test_without_an_address_of_its_own_no_server_is_the_site() -> None:
    assert Resources(Path("/site"), Path("/site")).on_site("https://orchard.example/a.png") is None
