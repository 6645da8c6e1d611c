"""A site made to do harm: reported file by file, never a traceback, nothing outside the source read."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.entries.models import EntryPage, StoryPage
from impact.media.models import ImpactDocument, ImpactImage
from impact.portability.imports import Result, import_hugo
from impact.portability.values import storable

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

GOOD = "---\ntitle: Good\ndate: 2024-01-01\n---\nText."
# Each line holds the one before it ten times: the last means a hundred million values.
DOUBLED = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{inner}'] * 10)}]"
    for inner, name in ["ab", "bc", "cd", "de", "ef", "fg", "gh"]
)
REFUSED = {
    "deep json": '{"title": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\nText",
    "number of 5000 digits in json": '{"title": ' + "9" * 5000 + "}\nText",
    "number of 5000 digits in yaml": f"---\ntitle: {'9' * 5000}\n---\nText",
    "python tag": "---\ntitle: !!python/object/apply:os.getcwd []\n---\nText",
    "never closed": "---",
    "shortcodes in shortcodes": "---\ntitle: Deep\ndate: 2024-01-01\n---\n"
    + "{{< callout >}}" * 800
    + "x"
    + "{{< /callout >}}" * 800,
}
DRAFTS = {
    "date before time": "date: 0001-01-01T00:00:00+14:00",
    "date after time": "date: 9999-12-31T23:59:59-12:00",
    "date of a bomb": f"{DOUBLED}\ndate: *h",
    "date of a mapping": "date: {year: 2024}",
    "date in another zone": "date: 2024-01-01T10:00:00+99:99",
}
PUBLISHED = {
    "title of a list": "title: [a, b]",
    "everything of a bomb": f"{DOUBLED}\ntags: *h\nauthors: *h\nslug: *h\nimage: *h\nlastmod: *h",
    "everything of a mapping": "slug: {a: b}\ntags: {a: b}\nauthors: {a: b}\naliases: {a: b}\nlang: {a: b}",
    "numbers": "slug: 7\ntags: 5\nauthors: 6\ncategories: 7\nsummary: .nan\naliases: 5",
    "NUL": 'title: "N\\0UL"\nsummary: "a\\0b"\ntags: ["t\\0g"]\nauthors: ["A\\0B"]\ncategories: "c\\0d"',
    "half characters": 'title: "\\ud800 a"\nsummary: "\\udfff"\nauthors: ["\\udfff x"]\ntags: ["\\udfff"]',
    "lastmod before time": "lastmod: 0001-01-01T00:00:00+14:00",
    "recursion": "tags: &t [*t]\nparams: &p {p: *p}",
    "slug of a path": "slug: ../../admin",
    "slug of a sub-route": "slug: feed",
}


def run(folder: Path, front_matter: str, body: str = "Text.") -> Result:
    return run_file(folder, f"---\ntitle: Odd\ndate: 2024-01-01\n{front_matter}\n---\n{body}")


def run_file(folder: Path, text: str) -> Result:
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "odd.md").write_text(text, encoding="utf-8")
    (posts / "sound.md").write_text(GOOD, encoding="utf-8")
    result = import_hugo(folder)
    assert StoryPage.objects.get(title="Good").live
    return result


def picture(kind: str = "PNG", size: int = 20) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (size, size), (9, 9, 9)).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_by_name(home: HomePage, tmp_path: Path, text: str) -> None:
    result = run_file(tmp_path, text)
    assert [message.file for message in result.plan.log.of("unreadable")] == [
        "content/posts/odd.md"
    ]
    assert result.plan.refused == ["content/posts/odd.md"]
    assert EntryPage.objects.count() == 1


@pytest.mark.parametrize("front_matter", DRAFTS.values(), ids=DRAFTS)
def test_impossible_dates_make_drafts(home: HomePage, tmp_path: Path, front_matter: str) -> None:
    result = run_file(tmp_path, f"---\ntitle: Odd\n{front_matter}\n---\nText.")
    [message] = result.plan.log.of("date")
    assert message.file == "content/posts/odd.md"
    assert len(message.text) < 300
    assert not StoryPage.objects.get(title="Odd").live


@pytest.mark.parametrize("front_matter", PUBLISHED.values(), ids=PUBLISHED)
def test_strange_values_are_read_as_far_as_they_go(
    home: HomePage, client: Client, tmp_path: Path, front_matter: str
) -> None:
    result = run_file(tmp_path, f"---\ndate: 2024-01-01\n{front_matter}\n---\nText.")
    assert result.outcome is not None
    assert result.outcome.failed == {}
    story = StoryPage.objects.exclude(title="Good").get()
    assert story.live
    assert client.get(story.get_url()).status_code == 200
    assert client.get("/impact/feed/").status_code == 200


def test_nul_in_a_text_is_no_error_of_the_database(home: HomePage, tmp_path: Path) -> None:
    body = "Te\0xt [l\0](https://a.example/\0)\n\n## He\0ad\n\n```py\0\nx\0\n```\n"
    assert run(tmp_path, "tags: [a]", body).outcome.failed == {}  # type: ignore[union-attr]
    assert StoryPage.objects.get(title="Odd").live


def test_names_of_files_that_are_no_text_are_read(home: HomePage, tmp_path: Path) -> None:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "caf\udce9.md").write_text(GOOD)
    call_command("import_hugo", tmp_path, verbosity=2)
    assert StoryPage.objects.get(title="Good").live


HARMFUL = """
[a](javascript:alert(1)) <javascript:alert(2)> [b](&#106;avascript:alert(3)) [c](data:text/html,x)
[d][r] <a href="javascript:alert(4)" onclick="alert(5)">e</a><img src=x onerror=alert(6)>

[r]: javascript:alert(7)

<div onclick="alert(8)" style="color:red">hello<script>alert(9)</script></div>

<a href='jAvAsCrIpT:alert(10)'>x</a><svg onload="alert(11)"></svg>

{{< figure src="ok.png" link="javascript:alert(12)" caption="<script>alert(13)</script>" >}}

{{< video src="javascript:alert(14)" >}}

{{< pull-quote author="<script>alert(15)</script>" >}}<b onclick=x>words</b>{{< /pull-quote >}}

<iframe src="javascript:alert(16)"></iframe>
"""


def test_nothing_that_runs_is_imported(home: HomePage, client: Client, tmp_path: Path) -> None:
    (tmp_path / "content" / "posts").mkdir(parents=True)
    (tmp_path / "content" / "posts" / "ok.png").write_bytes(picture())
    text = f"---\ntitle: Odd\ndate: 2024-01-01\n---\n{HARMFUL}"
    (tmp_path / "content" / "posts" / "odd.md").write_text(text)
    import_hugo(tmp_path)
    story = StoryPage.objects.get(title="Odd")
    assert story.live
    pages = [client.get(story.get_url()), client.get("/impact/feed/")]
    for html in (page.content.decode() for page in pages):
        assert 'href="javascript' not in html.lower()
        assert "&quot;javascript" not in html.lower()
        for bad in ("<script>alert", "onclick=", "onerror=", "onload=", "style="):
            assert bad not in html


def test_nothing_outside_the_source_is_ever_read(home: HomePage, tmp_path: Path) -> None:
    source, outside = tmp_path / "site", tmp_path / "outside"
    bundle = source / "content" / "posts" / "odd"
    bundle.mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.png").write_bytes(picture())
    (outside / "secret.pdf").write_bytes(b"%PDF-1.7 secret")
    (outside / "secret.md").write_text("---\ntitle: Secret\ndate: 2024-01-01\n---\nSecret.")
    (outside / "secret.yaml").write_text("title: Secret organisation")
    (source / "config").mkdir()
    (source / "config" / "_default").symlink_to(outside)
    (outside / "hugo.yaml").write_text("title: Secret organisation")
    (source / "hugo.yaml").symlink_to(outside / "secret.yaml")
    (source / "content" / "posts" / "linked").symlink_to(outside)
    (source / "content" / "posts" / "linked.md").symlink_to(outside / "secret.md")
    for name in ("featured.png", "avatar.png", "secret.pdf"):
        (bundle / name).symlink_to(outside / f"secret.{name[-3:]}")
    (bundle / "text.png").write_text(str(outside / "secret.png"))
    up = "../../../../outside"
    (bundle / "index.md").write_text(
        f"---\ntitle: Odd\ndate: 2024-01-01\nimage: {up}/secret.png\n---\n"
        f"![a]({up}/secret.png) ![b]({outside}/secret.png) ![c](file://{outside}/secret.png)\n"
        f"![d](text.png) [e](secret.pdf) [f]({up}/secret.pdf) [g](../linked/secret.pdf)\n\n"
        f'{{{{< figure src="{up}/secret.png" >}}}}\n\n![h](/etc/passwd) ![i](../../../../../etc/passwd)\n'
    )
    result = import_hugo(source)
    assert StoryPage.objects.count() == 1
    assert not ImpactImage.objects.exists()
    assert not ImpactDocument.objects.exists()
    assert "Secret" not in json.dumps(list(StoryPage.objects.get().body.raw_data))
    assert (
        SiteSettings.objects.first() is None
        or "Secret" not in SiteSettings.objects.get().organisation
    )
    reported = {message.file for message in result.plan.log.of("config")}
    assert reported == {
        "config/_default/hugo.yaml",
        "config/_default/secret.yaml",
        "hugo.yaml",
    }


def test_files_are_taken_by_what_they_are_and_by_their_name(home: HomePage, tmp_path: Path) -> None:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "page.html").write_bytes(picture("GIF") + b"<script>alert(1)</script>")
    (posts / "report.pdf").write_bytes(b"<html><script>alert(1)</script></html>")
    (posts / "broken.png").write_bytes(picture()[:60])
    (posts / "empty.png").write_bytes(b"")
    (posts / "odd.md").write_text(
        "---\ntitle: Odd\ndate: 2024-01-01\n---\n"
        "![a](page.html) ![b](broken.png) ![c](empty.png) [d](report.pdf)"
    )
    result = import_hugo(tmp_path)
    assert len(list(result.plan.log.of("image-refused"))) == 3
    assert not ImpactImage.objects.exists()
    assert not ImpactDocument.objects.exists()


def test_a_strange_configuration_is_none(home: HomePage, tmp_path: Path) -> None:
    (tmp_path / "hugo.yaml").write_text(
        'baseURL: {a: b}\ntitle: ["x"]\npermalinks: [1]\nparams: 5\nenableEmoji: {}\n'
    )
    assert run(tmp_path, "tags: [a]").plan.source.base_url == ""


def test_text_for_a_database_has_no_nul_and_no_halves_of_characters() -> None:
    assert storable("a\0b\ud800c🐟") == "a b\ufffdc🐟"
