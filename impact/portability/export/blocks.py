"""The blocks of a body as Markdown, and as shortcodes where Markdown has no word for them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape as html_escape
from typing import Any

from impact.portability.content import Block, Link, RichText, Run, walk
from impact.portability.export import inline
from impact.portability.export.inline import NotInMarkdownError, Page
from impact.portability.export.params import markdown_param, params, text_param
from impact.portability.export.prose import Proof, Prose, as_html, as_shortcode
from impact.portability.spelled_out import spell

# Ends a text, so that the next one, or the next list, begins anew.
BREAK = "<!-- next -->"

_LANGUAGE = re.compile(r"[\w+#.-]*")
_TICKS = re.compile("`+")
_ANCHOR = re.compile(r"[\w-]+")


@dataclass
class BlockWriter:
    """Writes the blocks of one page, one after the other.

    `spelled_out` counts the blocks that only JSON could hold.
    """

    page: Page
    proof: Proof | None = None
    prose: Prose = field(init=False)
    spelled_out: int = 0

    def __post_init__(self) -> None:
        self.prose = Prose(self.page, self.proof)

    def write(self, block: Block) -> str:
        """Return a block as Markdown. Raises `NotInMarkdownError`."""
        writer: Callable[[Any], str] | None = getattr(self, f"_{block.name}", None)
        if writer is None:
            raise NotInMarkdownError("a block that Markdown has no word for")
        return writer(block.value)

    def spell(self, block: Block) -> str:
        """Return a block as JSON in a shortcode, with its words for readers."""
        self.spelled_out += 1
        value = spell(
            block.value,
            lambda text: as_html(text, self.page),
            lambda key: self.page.address(Link(page=key)),
        )
        data = text_param(json.dumps(value, ensure_ascii=False))
        return as_shortcode("block", _words(block), params(type=block.name, value=data))

    # Text

    def _heading(self, value: dict[str, Any]) -> str:
        text = inline.plain_line(value["text"]).replace("{", "&#123;")
        if not text or "\n" in text:
            raise NotInMarkdownError("a heading without words, or of two lines")
        if text.endswith("#"):
            text = f"{text[:-1]}\\#"
        anchor = value["anchor"]
        if anchor:
            anchor = f" {{#{anchor}}}" if _ANCHOR.fullmatch(anchor) else f' {{id="{anchor}"}}'
        return f"{'#' * int(value['level'])} {text}{anchor}"

    def _text(self, value: RichText) -> str:
        return self.prose.text(value)

    def _divider(self, _value: None) -> str:
        return "---"

    def _code(self, value: dict[str, Any]) -> str:
        code, language, caption = value["code"], value["language"], value["caption"]
        is_plain = not caption and "{{<" not in code and "{{%" not in code
        if is_plain and _LANGUAGE.fullmatch(language):
            longest = max((len(run) for run in _TICKS.findall(code)), default=0)
            fence = "`" * max(longest + 1, 3)
            return f"{fence}{language}\n{code}\n{fence}"
        inner = html_escape(code, quote=False).replace("{{", "{&#123;")
        named = params(language=text_param(language), caption=text_param(caption))
        return as_shortcode("code", inner, named)

    # Pictures and video

    def _figure(self, value: dict[str, Any]) -> str:
        width = value["width"] if value["width"] != "normal" else ""
        return self._tag(
            "figure",
            **_picture(value["image"]),
            **self._rich("caption", value["caption"]),
            **{"class": text_param(width)},
            link=text_param(value["link"]),
        )

    def _image_row(self, value: dict[str, Any]) -> str:
        pictures = [
            self._tag(
                "figure",
                **_picture(item["image"]),
                caption=markdown_param(inline.one_line([[Run(item["caption"])]], self.page))
                if item["caption"]
                else "",
            )
            for item in value["images"]
        ]
        named = params(**self._rich("caption", value["caption"]))
        return as_shortcode("image-row", "\n".join(pictures), named)

    def _video(self, value: dict[str, Any]) -> str:
        return self._tag(
            "video",
            src=text_param(value["file"].file if value["file"] else ""),
            url=text_param(value["url"]),
            title=text_param(value["title"]),
            captions=text_param(value["captions"].file if value["captions"] else ""),
            poster=text_param(value["poster"].file if value["poster"] else ""),
            **self._rich("caption", value["caption"]),
        )

    # Highlights

    def _pull_quote(self, value: dict[str, Any]) -> str:
        named = params(person=text_param(value["person"]), role=text_param(value["role"]))
        return as_shortcode("pull-quote", inline.plain_line(value["text"]), named)

    def _callout(self, value: dict[str, Any]) -> str:
        named = {"type": text_param(value["kind"]), "title": text_param(value["title"])}
        return self._around("callout", value["text"], named)

    def _acknowledgements(self, value: dict[str, Any]) -> str:
        return self._around(
            "acknowledgements", value["text"], {"title": text_param(value["title"])}
        )

    def _key_figure(self, value: dict[str, Any]) -> str:
        return self._tag(
            "key-figure",
            value=text_param(value["value"]),
            unit=text_param(value["unit"]),
            currency=text_param(value["currency"]),
            precision=text_param(value["precision"]),
            label=text_param(value["label"]),
            source=text_param(value["source_url"]),
        )

    # Links

    def _link_card(self, value: dict[str, Any]) -> str:
        return self._tag(
            "link-card",
            **self._target(value),
            title=text_param(value["title"]),
            description=text_param(value["description"]),
        )

    def _link_list(self, value: dict[str, Any]) -> str:
        items = [
            self._tag(
                "link",
                **self._target(item),
                label=text_param(item["label"]),
                note=text_param(item["note"]),
            )
            for item in value["links"]
        ]
        named = params(title=text_param(value["title"]))
        return as_shortcode("link-list", "\n".join(items), named)

    # Lists and tables

    def _task_list(self, value: dict[str, Any]) -> str:
        items = []
        for task in value["tasks"]:
            text = self._inside(task["text"])
            items.append(_hang(f"- [{'x' if task['done'] else ' '}] ", text, "  "))
        return "\n".join(items)

    def _definition_list(self, value: dict[str, Any]) -> str:
        return "\n\n".join(
            f"{inline.plain_line(item['term'])}\n{_hang(': ', self._inside(item['definition']), '  ')}"
            for item in value["definitions"]
        )

    def _table(self, value: dict[str, Any]) -> str:
        table, caption = value["table"], value["caption"] or value["table"]["caption"]
        kinds = [column["type"] for column in table["columns"]]
        rows = [
            [inline.plain_cell(column["heading"]) for column in table["columns"]],
            ["---:" if kind == "number" else "---" for kind in kinds],
            *(
                [self._cell(kind, cell) for kind, cell in zip(kinds, row["values"], strict=True)]
                for row in table["rows"]
            ),
        ]
        text = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
        if not caption and not value["row_headers"]:
            return text
        named = params(
            caption=text_param(caption), row_headers="true" if value["row_headers"] else ""
        )
        return as_shortcode("table", text, named)

    def _cell(self, kind: str, value: Any) -> str:
        if kind == "number":
            return inline.plain_cell(value)
        return inline.cell([line.runs for line in value.lines], self.page)

    def _footnotes(self, value: dict[str, Any]) -> str:
        parts, written = [], set()
        for note in value["notes"]:
            text, key = self._inside(note["text"]), note["key"]
            if key in self.prose.marked - written:
                parts.append(_hang(f"[^{key}]: ", text, "    "))
            else:
                # Markdown shows no note that nothing marks.
                parts.append(as_shortcode("footnote", text, params(key=text_param(key))))
            written.add(key)
        return "\n\n".join(parts)

    # Parts

    def _inside(self, text: RichText) -> str:
        """Return text that stands inside of Markdown. Raises `NotInMarkdownError`."""
        written = self.prose.passage(text)
        if not written:
            raise NotInMarkdownError("text that is empty, or HTML alone holds")
        return written

    def _around(self, name: str, text: RichText, named: dict[str, str]) -> str:
        """Return a shortcode around text: Markdown, or HTML where that can't hold it."""
        inner = self.prose.passage(text)
        if inner is None:
            return as_shortcode(name, self.prose.html(text.lines), params(**named, format="html"))
        return as_shortcode(name, inner, params(**named))

    def _rich(self, name: str, text: RichText) -> dict[str, str]:
        """Return the parameter that holds rich text on one line."""
        if not text:
            return {}
        try:
            if any(line.kind != "p" for line in text.lines):
                raise NotInMarkdownError("a list or a quotation")
            written = inline.one_line([line.runs for line in text.lines], self.page)
            if self.proof is None or self.proof.of_line(written, text.lines):
                return {name: markdown_param(written)}
        except NotInMarkdownError:
            pass
        return {f"{name}_html": text_param(self.prose.html(text.lines))}

    def _target(self, value: dict[str, Any]) -> dict[str, str]:
        page = value["page"]
        address = self.page.address(Link(page=page.key)) if page else ""
        return {"page": text_param(address), "url": text_param(value["url"])}

    @staticmethod
    def _tag(name: str, **named: str) -> str:
        return f"{{{{< {f'{name} {params(**named)}'.strip()} >}}}}"


def _picture(picture: Any) -> dict[str, str]:
    if picture is None:
        return {}
    return {
        "src": text_param(picture.file),
        "alt": text_param(picture.alt),
        "decorative": "" if picture.decorative is None else str(picture.decorative).lower(),
    }


def _hang(marker: str, text: str, indent: str) -> str:
    return f"{marker}{text}".replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")


def _words(block: Block) -> str:
    """Return the words of a value, for a reader of the exported site."""
    words = (part.text if isinstance(part, Run) else part for part in walk(block.value))
    lines = (html_escape(word).replace("{{", "{&#123;") for word in words if isinstance(word, str))
    return "\n".join(line for line in lines if line.strip())
