"""Keys of mail tools: encrypted where they are stored, and never shown where something is printed.

They are encrypted with keys made from `SECRET_KEY` and, for what was stored before it was changed, from
`SECRET_KEY_FALLBACKS`. Who has the database alone can read none of them.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

# Keeps these keys apart from others that are made from the same secret.
_PURPOSE = b"impact.newsletter.tools.keys"
# A key that is shorter than this shows too much of itself by its end.
_HINTED = 16


class UnreadableKeyError(Exception):
    """A stored key that no secret of today opens."""


class Key:
    """A key that is printed nowhere: text, log and error page show that there is one, and no more."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Key(…)"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> str:
        raise TypeError("A key is not stored by itself.")

    def reveal(self) -> str:
        """Return the key itself, for the one place that sends it."""
        return self._value

    @property
    def ending(self) -> str:
        """Its last four characters, by which its owner knows it; nothing of a short one."""
        return self._value[-4:] if len(self._value) >= _HINTED else ""

    def hidden_in(self, text: str) -> str:
        """Return a text of somebody else's in which the key does not stand."""
        return text.replace(self._value, "…") if self._value else text


def seal(key: Key) -> str:
    """Return a key encrypted."""
    return _box().encrypt(key.reveal().encode()).decode()


def unseal(sealed: str) -> Key:
    """Return an encrypted key; raises `UnreadableKeyError` where the secret it was sealed with is gone."""
    try:
        return Key(_box().decrypt(sealed.encode()).decode())
    except (InvalidToken, UnicodeError) as error:
        raise UnreadableKeyError from error


def resealed(sealed: str) -> str:
    """Return an encrypted key, encrypted with the secret of today; as it was where it can't be read."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken:
        return sealed


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(force_bytes(secret))) for secret in secrets])


def _derived(secret: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret)
    return base64.urlsafe_b64encode(made)
