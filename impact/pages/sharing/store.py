"""Where share images are kept: made once, beside the uploaded files, under names that nobody can guess."""

from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from impact.media.turns import once
from impact.pages.sharing.card import ShareCard
from impact.pages.sharing.drawing import draw

FOLDER = "share"


def share_image(page_id: int, card: ShareCard) -> bytes:
    """Return the image of a page as JPEG, made unless it is kept. Not for use inside a transaction.

    Raises `BusyError` where too many are being made.
    """
    name = _name(page_id, card)

    def make() -> bytes:
        data = draw(card)
        default_storage.save(name, ContentFile(data))
        _forget_others(page_id, name)
        return data

    return once(f"share:{name}", lambda: _kept(name), make)


def forget(page_id: int) -> None:
    """Delete what is kept of a page."""
    _forget_others(page_id, "")


def _name(page_id: int, card: ShareCard) -> str:
    """Return a name that does not follow from the address: the file of a private page must not be found."""
    secret = salted_hmac(__name__, f"{page_id} {card.digest}", algorithm="sha256").hexdigest()[:32]
    return f"{FOLDER}/{page_id}/{secret}.jpg"


def _kept(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _forget_others(page_id: int, name: str) -> None:
    """Delete what a page looked like before."""
    folder = f"{FOLDER}/{page_id}"
    with suppress(FileNotFoundError):
        for file in default_storage.listdir(folder)[1]:
            if f"{folder}/{file}" != name:
                default_storage.delete(f"{folder}/{file}")
