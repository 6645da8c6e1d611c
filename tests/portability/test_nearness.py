"""Near spellings: found by an index, the same ones that comparing each with each would find."""

from hypothesis import given
from hypothesis import strategies as st

from impact.portability.nearness import Spellings
from impact.portability.values import differ_by_a_letter

# Few letters and short words, so that many are near each other.
TEXTS = st.lists(st.text("abé ", max_size=5), max_size=25)


@given(TEXTS, st.text("abé ", max_size=5))
def test_the_index_finds_what_comparing_each_finds(known: list[str], text: str) -> None:
    spellings = Spellings()
    for other in known:
        spellings.add(other)
    naive = [other for other in dict.fromkeys(known) if differ_by_a_letter(text, other)]
    assert spellings.near(text) == naive


def test_thousands_of_names_are_not_compared_with_each_other() -> None:
    spellings = Spellings()
    compared = 0

    class Counting(str):
        def __len__(self) -> int:
            nonlocal compared
            compared += 1
            return super().__len__()

    for number in range(3000):
        spellings.add(Counting(f"{number * 7919:08d} {number:04d}"))
    compared = 0
    assert spellings.near("00007919 000x") == ["00007919 0001"]
    assert compared < 100
