"""The pages of a long list as `components/pager.html` shows them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PagerItem:
    """A page's number and address; without a number, a gap."""

    number: int | None = None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pager:
    """Links to the neighbours, the ends and a few pages around the current one."""

    number: int
    last: int
    previous_url: str
    next_url: str
    items: tuple[PagerItem, ...]


def pager(number: int, last: int, url_of: Callable[[int], str], around: int = 1) -> Pager:
    """Return the pager of page `number` of `last`; `url_of(page)` gives an address."""
    shown = sorted({1, last, *range(max(1, number - around), min(last, number + around) + 1)} - {0})
    items: list[PagerItem] = []
    previous = 0
    for page in shown:
        if page == previous + 2:
            items.append(PagerItem(previous + 1, url_of(previous + 1)))
        elif page > previous + 2:
            items.append(PagerItem())
        items.append(PagerItem(page, url_of(page), page == number))
        previous = page
    return Pager(
        number=number,
        last=last,
        previous_url=url_of(number - 1) if number > 1 else "",
        next_url=url_of(number + 1) if number < last else "",
        items=tuple(items),
    )
