"""Any block's value as JSON, for the few that neither Markdown nor a shortcode of their own can hold.

`{{< block type="…" value="…" >}}`: an unfinished draft, a note without words. Rich text stands in it as
HTML, and what a value points at by the names that the exported page gives it.
"""

from collections.abc import Callable
from typing import Any

from impact.portability.content import Attachment, PageRef, Picture, RichText


def spell(value: Any, html_of: Callable[[RichText], str], address_of: Callable[[str], str]) -> Any:
    """Return a value as JSON can hold it; `address_of` gives the address of a page by its key."""
    if isinstance(value, dict):
        return {name: spell(part, html_of, address_of) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [spell(part, html_of, address_of) for part in value]
    if isinstance(value, RichText):
        return {"@html": html_of(value)}
    if isinstance(value, Picture):
        return {"@picture": value.file, "alt": value.alt, "decorative": value.decorative}
    if isinstance(value, Attachment):
        return {"@document": value.file}
    if isinstance(value, PageRef):
        return {"@page": address_of(value.key)}
    return value


def unspell(
    data: Any,
    text_of: Callable[[str], RichText],
    page_of: Callable[[str], PageRef | None],
    picture_of: Callable[[str], str | None],
    document_of: Callable[[str], str | None],
) -> Any:
    """Return the value that JSON spells out; what it points at is None where it is not there."""
    if isinstance(data, list):
        return [unspell(part, text_of, page_of, picture_of, document_of) for part in data]
    if not isinstance(data, dict):
        return data
    if "@html" in data:
        return text_of(str(data["@html"]))
    if "@page" in data:
        return page_of(str(data["@page"]))
    if "@picture" in data:
        file = picture_of(str(data["@picture"]))
        return Picture(file, str(data.get("alt", "")), data.get("decorative")) if file else None
    if "@document" in data:
        file = document_of(str(data["@document"]))
        return Attachment(file) if file else None
    return {
        name: unspell(part, text_of, page_of, picture_of, document_of)
        for name, part in data.items()
    }
