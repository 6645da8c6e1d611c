"""The measurement of an import: what it sees, and that it notices what an importer loses."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from wagtail.models import Page

from home.models import HomePage
from impact.portability import sections
from impact.portability.apply import _Importer
from impact.portability.content import Block
from impact.portability.imports import import_hugo
from impact.portability.records import PlannedEntry
from tests.factories import make_image
from tests.portability.fidelity import reading, shortcodes
from tests.portability.fidelity.__main__ import main, report_on
from tests.portability.fidelity.measure import measure
from tests.portability.fidelity.pages import Visitor
from tests.portability.fidelity.posts import Post, read_all, split
from tests.portability.fidelity.seen import ADDRESS, SITE_WIDE, TITLE, Word, look, parse, words_of
from tests.portability.fidelity.targets import Targets
from tests.portability.fidelity.words import compare

pytestmark = pytest.mark.any_database

LANTERNS = """---
title: Lanterns on the towpath
slug: lanterns
date: 2024-02-03
summary: Forty lanterns in one evening.
---6 rest

# Lanterns on the towpath

We hung **forty** lanterns along the [old lock](../old-lock/index.md) and told [everybody](https://news.example/a).

![A lantern](lantern.png "Paper and wire")

{{< figure src="gone.png" caption="The lamp that *fell*" >}}

{{% callout note %}}
Candles need air.
{{% /callout %}}

Mind the wind[^1].

https://lamps.example/

{{< banner title="Bring gloves" >}}
Wire is sharp.
{{< /banner >}}

{{< feedback >}}Tell us!{{< /feedback >}}

The [jetty](/jetty/) waits; see [the lock](#the-lock) and `{{< figure src="x" >}}`.

## The lock

It opens at noon 🔑.

[^1]: And water nearby.
"""
OLD_LOCK = """---
title: The old lock
date: 2023-05-06
aliases: [/lock]
---
Oak gates, mended twice. Then [lanterns](/blog/lanterns/) came.

![Gates](/img/gates.png)
"""
BROKEN = """---
title: "Never closed
date: 2022-01-01
draft: true
---
Half a thought.
"""


@pytest.fixture
def towpath(tmp_path: Path) -> Path:
    """A site with a loss of every kind waiting to happen, and none that must."""
    root = tmp_path / "towpath"
    for name, text in {
        "hugo.yaml": "baseURL: https://towpath.example/\nenableEmoji: true\n",
        "content/blog/lanterns/index.md": LANTERNS,
        "content/blog/old-lock/index.md": OLD_LOCK,
        "content/blog/broken.md": BROKEN,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "static" / "img").mkdir(parents=True)
    Image.new("RGB", (60, 40), "#208020").save(root / "content/blog/lanterns/featured.png")
    Image.new("RGB", (60, 40), "#804000").save(root / "content/blog/lanterns/lantern.png")
    Image.new("RGB", (60, 40), "#406080").save(root / "static/img/gates.png")
    return root


def post(body: str = "", key: str = "blog/a", **data: object) -> Post:
    return Post(Path(f"/site/content/{key}/index.md"), key, "post", body, data)


def texts(words: list[Word]) -> list[str]:
    return [word.text for word in words]


# What is seen


def test_words_are_compared_without_quotes_dashes_and_variants_of_a_character() -> None:
    assert words_of("It’s “half‑done” – 10ᵗʰ ﬁle,") == words_of("It's half-done 10th file")
    assert words_of("Straße straße") == ["Straße", "straße"]
    assert words_of("5 € + ☀️.") == ["5", "€", "+", "☀"]


def test_what_no_reader_sees_is_no_word() -> None:
    html = """<p>Sh<b>own</b><br>here<!-- hidden --></p><style>p {}</style><script>x</script>
      <video src="a.mp4">Old browser</video><sup><a class="footnote-ref" href="#fn:1">1</a></sup>"""
    seen = look(parse(html))
    assert (texts(seen.words), seen.players, seen.links) == (["Shown", "here"], ["a.mp4"], [])


def test_words_that_may_be_left_out_carry_their_reason() -> None:
    html = """<h1>The Lock</h1><p>Read <a href="https://a.example/">https://a.example</a></p>
      <span data-shortcode="feedback">Tell us</span><h2>The Lock</h2>"""
    words = look(parse(html), "The Lock", frozenset({"feedback"})).words
    assert [(word.text, word.reason) for word in words] == [
        *(("The", TITLE), ("Lock", TITLE), ("Read", "")),
        *(("https", ADDRESS), ("a", ADDRESS), ("example", ADDRESS)),
        *(("Tell", SITE_WIDE), ("us", SITE_WIDE), ("The", ""), ("Lock", "")),
    ]


# Comparing


def words(text: str, reason: str = "") -> list[Word]:
    return [Word(word, reason) for word in text.split()]


def test_lost_words_are_named_with_their_neighbours() -> None:
    found = compare(words("a b c d e f g h"), list("abcfgXh"))
    assert [str(lost) for lost in found.lost] == ["a b c [d e] f g h"]
    assert (found.source, found.in_order, found.number_lost, found.added) == (8, 6, 2, 1)


def test_a_phrase_that_stands_elsewhere_was_moved_a_single_word_was_not() -> None:
    found = compare(words("n1 n2 n3 n4 a b c d e f x"), [*"abcdef", "and", "n1", "n2", "n3", "n4"])
    assert (found.moved, [lost.words for lost in found.lost]) == (4, [("x",)])
    found = compare(words("the a b c d"), [*"abcd", "with", "the", "end"])
    assert (found.moved, [lost.words for lost in found.lost]) == (0, [("the",)])


def test_words_with_a_reason_are_counted_apart() -> None:
    found = compare([*words("https x", ADDRESS), *words("a b")], ["a"])
    assert (found.on_purpose, [lost.words for lost in found.lost]) == ({ADDRESS: 2}, [("b",)])


# Reading


def test_front_matter_is_split_as_hugo_splits_it() -> None:
    assert split("---\na: 1\n---9 x\nText\n---\n") == ({"a": "1"}, "Text\n---\n", "9 x")
    assert split('+++\na = "b"\n+++\nText') == ({"a": "b"}, "Text", "")
    assert split('{"a": "b"}\nText') == ({"a": "b"}, "\nText", "")
    assert split('---\ntitle: "open\ndraft: true\n---\nText') == (
        {"title": "open", "draft": "true"},
        "Text",
        "",
    )
    assert split("Text") == ({}, "Text", "")


def test_shortcodes_agree_with_their_layouts() -> None:
    text = '{{< a >}} {{< a >}}x{{< /a >}} {{% b c="d > e" %}} `{{< a >}}` {{</* a */>}}'
    with_inner = shortcodes.paired([text])
    assert (with_inner, shortcodes.names(text)) == ({"a"}, {"a": 2, "b": 1})
    assert shortcodes.prepare(text, with_inner) == (
        '{{< a  />}} {{< a  >}}x{{< /a >}} {{% as-markdown-b c="d > e" %}} `{{</* a */>}}`'
        " {{</* a */>}}"
    )


def test_hugo_shows_what_is_inside_a_shortcode_and_what_it_says(tmp_path: Path) -> None:
    bodies = {
        "figure": '{{< figure src="a.png" alt="An oak" caption="Oak *gate*" attr="Ida" >}}',
        "paired": '{{< any title="T1" >}}\nIn **it**.\n{{< /any >}}',
        "markdown": '{{% any title="T2" %}}\n- one\n{{% /any %}}',
        "positional": '{{< cta "Join us" "https://a.example/" >}} {{< youtube abcdefghijk >}}',
        "reference": '[There]({{< relref "b/c.md" >}})',
        "code": "{{< highlight go >}}a <b> c{{< /highlight >}}",
        "wrong": '{{< figure src="open >}}',
    }
    posts = [post(body, f"blog/{name}") for name, body in bodies.items()]
    found = reading.read(tmp_path, posts)
    seen = {key.removeprefix("blog/"): look(parse(read.body)) for key, read in found.posts.items()}
    assert {name: " ".join(texts(s.words)) for name, s in seen.items()} == {
        "figure": "Oak gate Ida",
        "paired": "T1 In it",
        "markdown": "T2 one",
        "positional": "Join us",
        "reference": "There",
        "code": "a b c",
    }
    assert [(i.src, i.alt) for i in seen["figure"].images] == [("a.png", "An oak")]
    assert [link.href for link in seen["positional"].links] == ["https://a.example/"]
    assert seen["positional"].players == ["https://www.youtube.com/embed/abcdefghijk"]
    assert [link.href for link in seen["reference"].links] == ["b/c.md"]
    assert list(found.unreadable) == ["blog/wrong"]


@pytest.mark.parametrize(
    ("href", "kind", "keys"),
    [
        ("../b/", "page", {"blog/2020/b"}),
        ("../../../2020/b/index.md", "page", {"blog/2020/b"}),
        ("/posts/2020/b", "page", {"blog/2020/b"}),
        ("https://www.old.example/blog/short/", "page", {"blog/2020/b"}),
        ("/b/", "nothing", set()),
        ("/gone/2020/", "nothing", set()),
        ("https://new.example/blog/b", "external", set()),
        ("mailto:a@old.example", "external", set()),
        ("/blog/", "list", set()),
        ("/tags/two-words", "list", set()),
        ("/tags/three", "nothing", set()),
        ("#part", "fragment", set()),
    ],
)
def test_an_address_means_what_its_last_parts_name(
    tmp_path: Path, href: str, kind: str, keys: set[str]
) -> None:
    posts = [post(key="blog/2020/b", slug="short", tags=["Two words"]), post(key="blog/2021/c")]
    found = Targets(tmp_path, posts, "blog", "https://old.example/").of_link(href, posts[1])
    assert (found.kind, set(found.keys)) == (kind, keys)


# The whole measurement


@pytest.mark.django_db
def test_a_faithful_import_loses_nothing(home: HomePage, towpath: Path) -> None:
    report = measure(towpath, import_hugo(towpath))
    assert [str(loss) for loss in report.losses] == []
    assert report.rows["posts"] == {"in the source": 3, "published": 2, "drafts": 0, "refused": 1}
    assert report.rows["links"] == {
        "in the source": 6,
        "resolved": 3,
        "external": 2,
        "unresolved: no such target": 1,
    }
    assert report.rows["images"] == {"in the source": 3, "placed": 2, "missing in the source": 1}
    assert report.rows["leads"] == {"in the source": 1, "placed": 1}
    assert report.rows["alt texts"] == {"in the source": 2, "kept": 2}
    assert report.words.on_purpose == {"front matter": 2, "title": 4, "address": 1, "site-wide": 2}
    assert report.mapped == {"figure": 1, "callout": 1}
    assert (report.unmapped, report.left_out) == ({"banner": 1}, {"feedback": 1})
    assert "Nothing was lost." in report.as_text()


@pytest.mark.django_db
def test_what_an_importer_loses_is_named(
    home: HomePage,
    towpath: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    finish, fill_entry = sections.finish, _Importer._fill_entry

    def careless(blocks: list[Block], title: str) -> tuple[list[Block], bool]:
        body, repeated = finish(blocks, title)
        kept = [b for b in body if b.name not in {"figure", "callout"}]
        return kept, repeated

    def without_lead(importer: _Importer, target: Any, page: PlannedEntry) -> None:
        fill_entry(importer, target, replace(page, lead=""))

    monkeypatch.setattr(sections, "finish", careless)
    monkeypatch.setattr(_Importer, "_fill_entry", without_lead)
    written = tmp_path / "report.json"
    assert report_on(towpath, json_file=written) == 1
    losses = [
        (loss["file"].split("/")[-2], loss["what"], loss["text"])
        for loss in json.loads(written.read_text())["losses"]
    ]
    assert losses == [
        (
            "lanterns",
            "words of the text",
            "The lamp that fell [Candles need air] Mind the wind https",
        ),
        ("lanterns", "image", "lantern.png"),
        ("lanterns", "lead image", "featured.png"),
        ("old-lock", "image", "/img/gates.png"),
    ]
    assert "lost: content/blog/old-lock/index.md: image: /img/gates.png" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_picture_that_was_made_smaller_is_still_the_same(tmp_path: Path) -> None:
    gradient = Image.linear_gradient("L")
    gradient.resize((900, 600)).save(tmp_path / "large.png")
    gradient.rotate(180).resize((900, 600)).save(tmp_path / "other.png")
    stored = make_image()
    with stored.file.storage.open(stored.file.name, "wb") as file:
        gradient.resize((300, 200)).save(file, "PNG")
    visitor = Visitor()
    assert visitor.shows([stored.pk], tmp_path / "large.png")
    assert not visitor.shows([stored.pk], tmp_path / "other.png")
    assert not visitor.shows([], tmp_path / "large.png")


@pytest.mark.django_db
def test_a_page_that_fails_is_a_loss(home: HomePage, towpath: Path) -> None:
    result = import_hugo(towpath)
    # An address without a page, as a broken import could leave it.
    Page.objects.filter(slug="old-lock").update(url_path="/home/elsewhere/old-lock/")
    report = measure(towpath, result)
    assert ("content/blog/old-lock/index.md", "page") in {(x.file, x.what) for x in report.losses}


@pytest.mark.django_db
def test_a_refused_post_that_was_published_is_a_loss(home: HomePage, towpath: Path) -> None:
    path = towpath / "content/blog/broken.md"
    path.write_text(BROKEN.replace("draft: true\n", ""))
    report = measure(towpath, import_hugo(towpath))
    assert [str(loss) for loss in report.losses] == [
        "content/blog/broken.md: post: refused, though it was published"
    ]


def test_a_source_that_is_no_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["fidelity", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert f"{tmp_path / 'none'} is no folder" in capsys.readouterr().err


def test_templates_and_resources_are_no_posts(orchard: Path) -> None:
    keys = [p.key for p in read_all(orchard) if p.kind == "post"]
    assert "blog/_templates/story" not in keys
    assert "blog/2022/first-harvest" in keys
