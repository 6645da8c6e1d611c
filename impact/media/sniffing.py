"""Whether a file is what its name says: the first bytes of the formats that we take as documents."""

from collections.abc import Callable

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
HEAD = 4096


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _is_mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _is_captions(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def _is_table(head: bytes) -> bool:
    """Lines of text: no binary data, and no page of HTML."""
    return b"\x00" not in head and not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "csv": _is_table,
    "docx": _starts(*ZIP),
    "mp4": _is_mp4,
    "odt": _starts(*ZIP),
    "pdf": _starts(b"%PDF-"),
    "pptx": _starts(*ZIP),
    "vtt": _is_captions,
    "webm": _starts(b"\x1a\x45\xdf\xa3"),
    "xlsx": _starts(*ZIP),
    "zip": _starts(*ZIP),
}


def is_what_it_says(extension: str, head: bytes) -> bool:
    """Whether the first bytes of a file belong to its extension; unknown extensions never do."""
    signature = SIGNATURES.get(extension.lower().lstrip("."))
    return signature is not None and signature(head)
