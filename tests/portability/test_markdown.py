"""Markdown to blocks, without a site or a database."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from impact.blocks.stored import BLOCK_KEY, as_stored
from impact.portability import sections
from impact.portability.content import Attachment, Block, Line, Link, Picture, RichText, Run
from impact.portability.markdown import MarkdownConverter
from impact.portability.messages import FileLog, Log
from impact.portability.rich_text import write

FEATURES = ["bold", "italic", "code", "link", "ol", "ul", "blockquote", "footnote"]


@dataclass
class Site:
    """A site in which every address stands for itself, and one page is ours."""

    log: FileLog = field(default_factory=lambda: Log().about("post.md"))
    title: str = "A post"
    emoji: bool = True
    asked: list[tuple[str, int, bool]] = field(default_factory=list)

    def link(self, href: str, line: int, thanks: bool) -> Link | None:
        self.asked.append((href, line, thanks))
        if href == "gone":
            return None
        return Link(page="blog/a") if href == "ours" else Link(href=href)

    def page_title(self, key: str) -> str:
        return "The page of ours"

    def picture(self, src: str, line: int) -> str | None:
        return None if "gone" in src else f"sha-{src}"

    def remote_picture(self, src: str, line: int) -> str | None:
        return f"sha-{src}" if "fetched" in src else None

    def no_alt(self, src: str, line: int) -> None:
        self.log.warning("no-alt", src, line)

    def attachment(self, src: str, line: int) -> str | None:
        return None if "gone" in src else f"sha-{src}"


def convert(text: str, site: Site | None = None) -> list[Block]:
    return MarkdownConverter(site or Site()).blocks(text)


def html(value: RichText) -> str:
    """The rich text as the editor stores it, without the keys of its blocks."""
    written = write(value, lambda link: f'href="{link.href or link.page}"', FEATURES)
    return BLOCK_KEY.sub("", as_stored(written, FEATURES))


def only_html(text: str) -> str:
    [block] = convert(text)
    assert block.name == "text"
    return html(block.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "One **two *three* four** `five`",
            "<p>One <b>two <i>three</i> four</b> <code>five</code></p>",
        ),
        ("a\nb  \nc", "<p>a b<br/>c</p>"),
        ("[a **b** c](https://x.example)", '<p><a href="https://x.example">a <b>b</b> c</a></p>'),
        (
            "<https://x.example>, see",
            '<p><a href="https://x.example">https://x.example</a>, see</p>',
        ),
        ("[lost](gone) words", "<p>lost words</p>"),
        ("[one][r]\n\n[r]: https://x.example", '<p><a href="https://x.example">one</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("> a\n>\n> b", "<blockquote>a<br/><br/>b</blockquote>"),
        ("> a\n> - b\n> - c", "<blockquote>a<br/>• b<br/>• c</blockquote>"),
        (
            "- a\n- b\n  - c\n    - d\n- e",
            "<ul><li>a</li><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li><li>e</li></ul>",
        ),
        ("1. a\n2. b\n   - c", "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>"),
        ("- a\n\n  b\n- c", "<ul><li>a<br/>b</li><li>c</li></ul>"),
        ("3. c\n4. d", "<p>3. c</p><p>4. d</p>"),
        ("H<sub>2</sub>O<br>x<sup>2</sup> <b>bold</b>", "<p>H₂O<br/>x² <b>bold</b></p>"),
        (
            "done :tada: at 10:30:20 -- `:tada: --`",
            "<p>done 🎉 at 10:30:20 – <code>:tada: --</code></p>",
        ),
        ("~~gone~~ stays", "<p>gone stays</p>"),
        ("an <i class='icon'></i> icon", "<p>an icon</p>"),
        ("a <!-- remark --> b", "<p>a b</p>"),
    ],
)
def test_prose_becomes_one_rich_text(text: str, expected: str) -> None:
    assert only_html(text) == expected


def test_prose_around_a_heading_stays_in_two_blocks() -> None:
    blocks = convert("a\n\nb\n\n- c\n\n## D `e`\n\nf")
    assert [b.name for b in blocks] == ["text", "heading", "text"]
    assert blocks[1].value == {"text": "D e", "level": 2, "anchor": "d-e"}


def test_emoji_codes_stay_where_the_site_has_none() -> None:
    assert html(convert("done :tada:", Site(emoji=False))[0].value) == "<p>done :tada:</p>"


def test_headings_keep_their_ids() -> None:
    blocks = convert("# A, b!\n## A b\n## A b\n### C {#own}\n")
    assert [b.value["anchor"] for b in blocks] == ["a-b", "a-b-1", "a-b-2", "own"]


def test_a_bare_address_alone_becomes_a_card() -> None:
    [block] = convert("https://x.example/some/page/")
    assert block.name == "link_card"
    assert block.value["url"] == "https://x.example/some/page/"
    assert block.value["title"] == "x.example/some/page"


def test_a_bare_address_of_a_film_becomes_a_video() -> None:
    [block] = convert("https://youtu.be/abcdefghijk")
    assert (block.name, block.value["title"]) == ("video", "A post")


def test_a_bare_address_in_an_item_gets_a_readable_label() -> None:
    expected = '<ul><li>see <a href="https://x.example/y/">x.example/y</a></li></ul>'
    assert only_html("- see https://x.example/y/") == expected


def test_a_picture_becomes_a_figure_between_the_lines() -> None:
    blocks = convert('before ![Alt](a.png "A *caption*") after')
    assert [b.name for b in blocks] == ["text", "figure", "text"]
    assert blocks[1].value["image"] == Picture("sha-a.png", "Alt")
    assert html(blocks[1].value["caption"]) == "<p>A <i>caption</i></p>"


def test_a_missing_picture_loses_nothing_else() -> None:
    site = Site()
    assert only_html('a ![Alt](gone.png "Said [so](https://x.example)") b') == (
        '<p>a</p><p><i>Said</i> <a href="https://x.example"><i>so</i></a></p><p>b</p>'
    )
    assert html(convert("![Alt](gone.png)", site)[0].value) == "<p><i>Alt</i></p>"


def test_a_picture_elsewhere_stays_as_a_link() -> None:
    site = Site()
    [block] = convert("![Alt](https://x.example/a.png)", site)
    assert html(block.value) == '<p><a href="https://x.example/a.png"><i>Alt</i></a></p>'
    assert [m.code for m in site.log.log.messages] == ["remote-image"]


def test_a_picture_that_was_fetched_is_a_figure() -> None:
    [block] = convert('![](https://x.example/fetched.png "A title")')
    assert block.value["image"] == Picture("sha-https://x.example/fetched.png", "A title")


def test_a_picture_without_words_is_told() -> None:
    site = Site()
    convert("![](a.png)\n\n![](https://x.example/fetched.png)\n\n![Alt](b.png)", site)
    assert [(m.code, m.text, m.line) for m in site.log.log.messages] == [
        ("no-alt", "a.png", 1),
        ("no-alt", "https://x.example/fetched.png", 3),
    ]


def test_a_figure_inside_a_numbered_list_leaves_the_numbers_right() -> None:
    blocks = convert("1. a\n\n   ![x](a.png)\n2. b\n   - c\n")
    assert [b.name for b in blocks] == ["text", "figure", "text"]
    assert html(blocks[0].value) == "<p>1. a</p>"
    assert html(blocks[2].value) == "<p>2. b</p><ul><li>c</li></ul>"


def test_a_figure_inside_a_list_splits_it() -> None:
    blocks = convert("- a\n  - b\n\n    ![x](a.png)\n  - c\n- d")
    assert [b.name for b in blocks] == ["text", "figure", "text"]
    assert html(blocks[2].value) == "<ul><li>c</li><li>d</li></ul>"


def test_tasks_tables_terms_code_and_footnotes_are_blocks() -> None:
    text = (
        "- [x] a\n- [ ] b **c**\n\n|h|\n|-|\n|d|\n\nTerm\n: e\n\n```python title\nf\n\n g\n```\n\n"
        "    indented\n\nh[^n]\n\n---\n\n[^n]: i\n"
    )
    blocks = convert(text)
    names = [
        "task_list",
        "table",
        "definition_list",
        "code",
        "code",
        "text",
        "divider",
        "footnotes",
    ]
    assert [b.name for b in blocks] == names
    tasks = [(html(t["text"]), t["done"]) for t in blocks[0].value["tasks"]]
    assert tasks == [("<p>a</p>", True), ("<p>b <b>c</b></p>", False)]
    assert blocks[1].value["table"]["columns"] == [{"type": "text", "heading": "h"}]
    [term] = blocks[2].value["definitions"]
    assert (term["term"], html(term["definition"])) == ("Term", "<p>e</p>")
    assert blocks[3].value == {"language": "python", "code": "f\n\n g", "caption": ""}
    assert html(blocks[5].value) == '<p>h<a linktype="footnote" key="n">[n]</a></p>'
    assert blocks[7].value["notes"][0]["key"] == "n"


def test_shortcodes_become_blocks() -> None:
    text = (
        '{{< figure src="a.png" title="T" caption="C" width="50%" >}}\n\n{{% callout tip %}}\n'
        "x **y**\n{{% /callout %}}\n\n{{< youtube abcdefghijk >}}\n\n"
        '{{< video src="f.mp4" caption="C" >}}\n\n{{< pull-quote person="P" >}}\nq\n'
        '{{< /pull-quote >}}\n\n{{< cta cta_text="Go" cta_link="https://x.example" >}}\n\n'
        '{{< details "S" >}}\nd\n{{< /details >}}\n\n{{< highlight go >}}\n{{< x >}}\n{{< /highlight >}}'
    )
    blocks = convert(text)
    assert [b.name for b in blocks] == [
        "figure", "callout", "video", "video", "pull_quote", "link_card", "text", "code",
    ]  # fmt: skip
    figure, callout, tube, film, quote, card, details, code = [b.value for b in blocks]
    assert (html(figure["caption"]), figure["width"]) == ("<p><b>T</b></p><p>C</p>", "narrow")
    assert (callout["kind"], html(callout["text"])) == ("tip", "<p>x <b>y</b></p>")
    assert tube["url"] == "https://www.youtube.com/watch?v=abcdefghijk"
    assert film["file"] == Attachment("sha-f.mp4")
    assert quote == {"text": "q", "person": "P", "role": ""}
    assert (card["url"], card["title"]) == ("https://x.example", "Go")
    assert html(details) == "<p><b>S</b></p><p>d</p>"
    assert (code["language"], code["code"]) == ("go", "{{< x >}}")


def test_a_shortcode_right_below_text_ends_the_paragraph() -> None:
    assert [b.name for b in convert('text\n{{< figure src="a.png" >}}\nmore')] == [
        "text", "figure", "text",
    ]  # fmt: skip


def test_an_unknown_shortcode_keeps_its_text_and_is_reported_with_its_line() -> None:
    site = Site()
    blocks = convert("a\n\n{{< odd >}}\nkept *text*\n{{< /odd >}}\n\nb {{< bad >}} c", site)
    assert html(blocks[0].value) == "<p>a</p><p>kept <i>text</i></p><p>b c</p>"
    assert [(m.code, m.line) for m in site.log.log.messages] == [("shortcode", 3), ("shortcode", 7)]


def test_site_wide_shortcodes_are_left_out_and_counted() -> None:
    site = Site()
    assert convert("{{% about-us %}}\n\n{{< feedback >}}", site) == []
    counts = site.log.log.counts
    assert counts["shortcode_about-us_left_out"] == counts["shortcode_feedback_left_out"] == 1


def test_shortcodes_in_code_are_code() -> None:
    assert only_html("`{{< figure >}}`") == "<p><code>{{&lt; figure &gt;}}</code></p>"
    [block] = convert("```\n{{< figure >}}\n```")
    assert block.value["code"] == "{{< figure >}}"


def test_html_is_sanitised_and_its_words_stay() -> None:
    site = Site()
    blocks = convert(
        '<div onclick="x()"><p>A <b>b</b><!-- c --></p><script>d()</script><ul><li>e</li></ul>'
        '<style>f{}</style></div>\n\n<img src="g.png" alt="G" onerror="x()">\n\n'
        '<iframe src="https://player.vimeo.com/video/123"></iframe>\n\n'
        "<details><summary>H</summary>\n\ni\n\n</details>",
        site,
    )
    assert [b.name for b in blocks] == ["text", "figure", "video", "text"]
    assert html(blocks[0].value) == "<p>A <b>b</b></p><ul><li>e</li></ul>"
    assert blocks[1].value["image"] == Picture("sha-g.png", "G")
    assert html(blocks[3].value) == "<p><b>H</b></p><p>i</p>"
    dropped = [(m.text, m.line) for m in site.log.log.messages if m.code == "html-dropped"]
    assert dropped == [("<script> was left out", 1), ("<style> was left out", 1)]


def test_an_html_figure_takes_the_shortcode_inside() -> None:
    [block] = convert(
        '<figure>\n  {{< video src="a.mp4" >}}\n  <figcaption>So</figcaption>\n</figure>'
    )
    assert (block.name, block.value["title"]) == ("video", "So")
    assert html(block.value["caption"]) == "<p>So</p>"


def test_scripts_in_addresses_never_come_through() -> None:
    site = Site()
    convert('<a href="javascript:x()">a</a> [b](javascript:x())', site)
    assert not [href for href, _line, _thanks in site.asked if href.startswith("javascript")]


def test_links_under_thanks_are_told_apart() -> None:
    site = Site()
    convert(
        "[a](a)\n\n## Acknowledgements\n\n[b](b)\n\n### And\n\n[c](c)\n\n## More\n\n[d](d)", site
    )
    assert [(h, t) for h, _l, t in site.asked] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", False),
    ]


def test_lines_of_links_are_those_of_the_file() -> None:
    site = Site()
    MarkdownConverter(site).blocks("x\n\n{{< callout >}}\n\n[a](a)\n{{< /callout >}}", line=10)
    assert site.asked == [("a", 14, False)]


def test_a_section_of_thanks_becomes_one_block_and_levels_are_two() -> None:
    blocks, repeated = sections.finish(
        convert("# A post\n\n# One\n\n### Two\n\n#### Three\n\n# Acknowledgements\n\n- Ada"),
        "A post!",
    )
    assert repeated
    assert [(b.name, b.value.get("level")) for b in blocks] == [
        ("heading", "2"), ("heading", "3"), ("heading", "3"), ("acknowledgements", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*Cross-posted.*\n\nThe first sentence is long enough to stand alone on a card, really. Next.",
         "The first sentence is long enough to stand alone on a card, really."),
        ("Hello!\n\nThe U.S. centre opened on Monday with people of e.g. Ghana and many more. Next.",
         "Hello! The U.S. centre opened on Monday with people of e.g. Ghana and many more."),
        ("Three things, which we have been wanting to say for quite some time now:\n\n- a",
         "Three things, which we have been wanting to say for quite some time now."),
    ],
)  # fmt: skip
def test_a_summary_is_made_of_whole_sentences(text: str, expected: str) -> None:
    assert sections.first_words(convert(text)) == expected


def test_a_very_long_sentence_is_cut_at_a_word() -> None:
    summary = sections.shorten("word " * 200)
    assert summary.endswith("word…")
    assert len(summary) <= sections.SUMMARY_LENGTH + 1


def test_white_space_collapses_but_no_break_spaces_stay() -> None:
    value: Any = RichText((Line((Run("a\u00a0b"),)),))
    assert html(value) == "<p>a\u00a0b</p>"
    assert only_html("**a ** b\u00a0c") == "<p>**a ** b\u00a0c</p>"
