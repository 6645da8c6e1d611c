"""Near spellings: found by an index, the same ones that comparing each with each would find."""

from hypothesis import given
from hypothesis import strategies as st

from impact.portability.nearness import Names, Spellings
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


def test_a_name_is_found_by_what_it_shares_with_others() -> None:
    names = Names()
    for name in ("open-letter", "open-latter-day", "grafting-day", "ox"):
        names.add(name)
    assert names.like("opne-letter") == "open-letter"
    assert names.like("grafting-days") == "grafting-day"
    assert (names.like("ox"), names.like("river-walk"), names.like("")) == ("ox", "", "")


def test_a_like_name_is_found_among_thousands() -> None:
    names = Names()
    for number in range(3000):
        names.add(f"post-about-{number * 7919}")
    assert names.like("post-abuot-15838") == "post-about-15838"
