"""Pull quotes are read from what is stored."""

from typing import Any

from impact.blocks.body import BodyBlock
from impact.blocks.prose import PullQuoteBlock
from impact.blocks.quotes import PULL_QUOTE, Quote, pull_quotes


def quoted(**value: Any) -> dict[str, Any]:
    return {"type": "pull_quote", "value": value, "id": "1"}


def test_the_block_has_the_name_that_is_looked_for() -> None:
    assert isinstance(BodyBlock().child_blocks[PULL_QUOTE], PullQuoteBlock)


def test_they_come_in_their_order_and_nothing_else_does() -> None:
    stored = [
        quoted(text=" One. ", person="Amara", role="keeper"),
        {"type": "text", "value": "<p>Two.</p>", "id": "2"},
        quoted(text="Three.", person="", role=None),
    ]
    assert list(pull_quotes(stored)) == [Quote("One.", "Amara", "keeper"), Quote("Three.")]


def test_one_that_says_nothing_is_none() -> None:
    assert list(pull_quotes([quoted(text=" ", person="Amara"), quoted()])) == []
