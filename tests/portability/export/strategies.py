"""Bodies made of every block, with the texts that Markdown, HTML and Hugo's templates trip over."""

from typing import Any

from hypothesis import strategies as st

from impact.portability import rich_text, stored_text
from impact.portability.content import (
    Attachment,
    Block,
    Line,
    Link,
    PageRef,
    Picture,
    RichText,
    Run,
)
from impact.portability.written_links import read_link, write_link

FRAGMENTS = [
    "river",
    "a",
    "Ä",
    "9",
    " ",
    "  ",
    "\xa0",
    "\u2003",
    "-",
    "--",
    "---",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~",
    "~~~",
    "#",
    "## ",
    "1. ",
    "2) ",
    "+ ",
    "- ",
    "* ",
    "> ",
    ": ",
    "= ",
    "===",
    "| a | b |",
    "|",
    "[x]",
    "[ ] ",
    "[a](b)",
    "![a](b)",
    "[^1]",
    "[^1]: ",
    "^",
    "!",
    "(",
    ")",
    ":tada:",
    "http://x.example",
    "www.x.example",
    "a@b.example",
    "<b>",
    "</b>",
    "<!-- x -->",
    "<br>",
    "<script>",
    "&amp;",
    "&copy",
    "&#42;",
    "&",
    "\\",
    "\\\\",
    "{",
    "}",
    "{{",
    "}}",
    "{{ .Site }}",
    '{{< readfile "/etc/passwd" >}}',
    "{{% x %}}",
    "{{</* x */>}}",
    "{{< /callout >}}",
    "{#id}",
    "{.class}",
    '"',
    "'",
    "…",
    "“q”",
    "🎉",
    "e\u0301",
    "\u200b",
    "\ufeff",
    "$x$",
    "==",
    "    ",
    "+++",
    "word_word",
    "snake_",
    "_x",
    "%",
    "=",
    "\u2028",
]
PAGES = ("impact/a-story", "communities/reading-room", "@gallery")


def path_of(key: str) -> str:
    return "/impact/" if key == "@gallery" else f"/{key}/"


def page_at(path: str) -> str:
    return next((key for key in PAGES if path_of(key) == path), "")


def address(link: Link) -> str:
    return write_link(link, path_of)


def link_at(href: str) -> Link | None:
    return read_link(href, page_at, lambda name: name if name.endswith(".pdf") else "")


words = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=6).map("".join)
some_words = words.filter(str.strip)
text = words.map(lambda t: t.replace("\n", " ").replace("\r", " "))
lines_of_text = st.lists(words, max_size=3).map("\n".join)

addresses = st.sampled_from(
    [
        "https://x.example/",
        "https://x.example/a_(b)?c=d&e;f=g#h",
        "http://x.example/ä b",
        "#top",
        "mailto:a@b.example",
    ]
)
links = st.one_of(
    addresses.map(lambda href: Link(href=href)),
    st.builds(
        Link,
        page=st.sampled_from(PAGES),
        suffix=st.sampled_from(["", "#part", "?tag=a&b=c", "?q=x#y"]),
    ),
    st.just(Link(file="notes.pdf")),
)
marks = st.sets(st.sampled_from(["bold", "code", "italic"])).map(lambda s: tuple(sorted(s)))
keys = st.sampled_from(["1", "method", "a.b-c", "Ö"])


def runs(*, breaks: bool = True, notes: bool = False) -> st.SearchStrategy[tuple[Run, ...]]:
    """Runs of one line, nasty ones next to each other."""
    piece = words | st.just("\n") | st.just("\n\n") if breaks else text
    run = st.builds(Run, piece.filter(bool), marks, st.none() | st.none() | links)
    if notes:
        run |= keys.map(lambda key: Run(f"[{key}]", note=key))
    return st.lists(run, max_size=5).map(tuple)


def as_kept(text: RichText) -> RichText:
    """Return rich text as the editor keeps it: its own rules for white space, nested lists and marks."""
    html = rich_text.write(
        text, lambda link: f'href="{address(link).replace("&", "&amp;")}"', _FEATURES
    )
    return stored_text.read(html, lambda attrs: link_at(attrs["href"]) if "href" in attrs else None)


def kept(value: Any) -> Any:
    """Return a value with all its rich text as the editor keeps it."""
    if isinstance(value, RichText):
        return as_kept(value)
    if isinstance(value, Block):
        return Block(value.name, kept(value.value))
    if isinstance(value, dict):
        return {name: kept(part) for name, part in value.items()}
    return [kept(part) for part in value] if isinstance(value, list) else value


_FEATURES = ["bold", "code", "italic", "link", "ol", "ul", "blockquote", "footnote"]


def rich(kinds: list[str], most: int = 4, **options: bool) -> st.SearchStrategy[RichText]:
    """Rich text of lines of some kinds."""
    line = st.builds(
        Line,
        runs(**options).map(lambda r: r or (Run(""),)),
        st.sampled_from(kinds),
        st.integers(0, 3),
    )
    return st.lists(line, max_size=most).map(_levelled)


def _levelled(lines: list[Line]) -> RichText:
    result: list[Line] = []
    for line in lines:
        deepest = result[-1].depth + 1 if result and result[-1].kind in {"ul", "ol"} else 0
        depth = min(line.depth, deepest) if line.kind in {"ul", "ol"} else 0
        result.append(Line(line.runs, line.kind, depth))
    return RichText(tuple(result))


running = rich(["p", "p", "ul", "ol", "blockquote"], most=7, notes=True)
passage = rich(["p", "ul", "ol"])
inline = rich(["p"], most=2)

pictures = (
    st.none()
    | st.builds(Picture, st.sampled_from(["a.jpg", "b-2.png"]), text, st.none())
    | st.just(Picture("a.jpg", "", False))
)
documents = st.none() | st.just(Attachment("film.mp4"))
targets = st.fixed_dictionaries(
    {"page": st.just(None), "url": addresses | st.just("")}
) | st.fixed_dictionaries({"page": st.sampled_from(PAGES).map(PageRef), "url": st.just("")})


def struct(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Block]:
    return st.builds(Block, st.just(name), st.fixed_dictionaries(fields))


def _table(width: int) -> st.SearchStrategy[dict[str, Any]]:
    kinds = st.lists(st.sampled_from(["text", "number"]), min_size=width, max_size=width)

    def rows(kinds: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        cells = st.tuples(*(inline if kind == "text" else text for kind in kinds)).map(list)
        columns = st.tuples(
            *(st.fixed_dictionaries({"type": st.just(k), "heading": text}) for k in kinds)
        )
        return st.fixed_dictionaries(
            {
                "columns": columns.map(list),
                "rows": st.lists(st.fixed_dictionaries({"values": cells}), max_size=3),
                "caption": st.just(""),
            }
        )

    return kinds.flatmap(rows)


note = st.fixed_dictionaries({"key": keys, "text": inline})
item = st.tuples(targets, st.fixed_dictionaries({"label": text, "note": text})).map(
    lambda pair: pair[0] | pair[1]
)
blocks = st.one_of(
    struct(
        "heading",
        text=text,
        level=st.sampled_from("23"),
        anchor=st.sampled_from(["", "a-b", "Ü_1", "x(y", "a}b"]),
    ),
    running.map(lambda value: Block("text", value)),
    running.map(lambda value: Block("text", value)),
    st.just(Block("divider", None)),
    struct(
        "figure",
        image=pictures,
        caption=inline,
        width=st.sampled_from(["normal", "wide"]),
        link=addresses | st.just(""),
    ),
    struct(
        "image_row",
        images=st.lists(st.fixed_dictionaries({"image": pictures, "caption": text}), max_size=3),
        caption=inline,
    ),
    struct(
        "video",
        title=text,
        url=addresses | st.just(""),
        file=documents,
        captions=documents,
        poster=st.none() | st.just(Picture("p.png")),
        caption=inline,
    ),
    struct("pull_quote", text=lines_of_text, person=text, role=text),
    struct("callout", kind=st.sampled_from(["note", "tip"]), title=text, text=passage),
    struct(
        "key_figure",
        value=st.sampled_from(["40", "1.5000", "-3"]),
        precision=st.sampled_from(["exact", "about"]),
        unit=st.sampled_from(["count", "currency"]),
        currency=st.sampled_from(["", "EUR"]),
        label=text,
        source_url=addresses,
    ),
    st.tuples(targets, st.fixed_dictionaries({"title": text, "description": lines_of_text})).map(
        lambda pair: Block("link_card", pair[0] | pair[1])
    ),
    struct("link_list", title=text, links=st.lists(item, max_size=3)),
    struct(
        "table", caption=text, table=st.integers(1, 3).flatmap(_table), row_headers=st.booleans()
    ),
    struct(
        "task_list",
        tasks=st.lists(st.fixed_dictionaries({"text": inline, "done": st.booleans()}), max_size=3),
    ),
    struct(
        "definition_list",
        definitions=st.lists(
            st.fixed_dictionaries({"term": text, "definition": passage}), max_size=3
        ),
    ),
    struct(
        "code",
        language=st.sampled_from(["", "python", "c++", "{a}", "go x"]),
        code=lines_of_text,
        caption=text,
    ),
    struct("acknowledgements", title=text, text=passage),
    struct("footnotes", notes=st.lists(note, max_size=3)),
)
bodies = st.lists(blocks, max_size=6)

__all__ = ["address", "bodies", "kept", "link_at"]
