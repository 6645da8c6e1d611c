"""Every word of the interface can be translated."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What is marked, what is no text, and what is no word.
MARKED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
CODE = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<!--.*?-->|<(script|style)\b.*?</\1>",
    re.DOTALL,
)
SPOKEN = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"")
TAG = re.compile(r"<[^<>]*>")
ENTITY = re.compile(r"&#?\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")


def unmarked(template: str) -> list[str]:
    """Return the words that a template says by itself."""
    bare = CODE.sub("", MARKED.sub("", template))
    said = [*SPOKEN.findall(bare), TAG.sub(" ", bare)]
    return [word for text in said for word in WORD.findall(ENTITY.sub(" ", text))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_that_is_not_marked(path: Path) -> None:
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<a aria-label="Go on">{{ x }}</a>', ["Go", "on"]),
        ("<p>{% translate 'Hello' %} {{ name }} &nbsp;×</p>", []),
        ("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}", []),
    ],
)
def test_bare_words_are_found(template: str, words: list[str]) -> None:
    assert unmarked(template) == words
