"""What the editor takes as an image or a document, and what it says about the rest."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.models import HomePage
from impact.media.models import ImpactDocument, ImpactImage
from impact.media.sniffing import SIGNATURES, is_what_it_says
from tests.factories import make_user

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def writer(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Writers"))
    return client


def png(size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size).save(buffer, "PNG")
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(b"\x00" * 100_000)),
            chunk(b"IEND", b""),
        ]
    )


Upload = Callable[[Client, bytes, str], str]


def through_form(view: str) -> Upload:
    """The form of the library."""

    def upload(client: Client, data: bytes, name: str) -> str:
        file = SimpleUploadedFile(name, data)
        response = client.post(reverse(view), {"title": "A", "file": file})
        return response.content.decode()

    return upload


def several_at_once(view: str) -> Upload:
    """The field that takes many files."""

    def upload(client: Client, data: bytes, name: str) -> str:
        file = SimpleUploadedFile(name, data)
        response = client.post(
            reverse(view), {"title": "A", "files[]": file}, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
        )
        assert response.status_code == 200
        return str(response.json())

    return upload


def in_chooser(view: str, prefix: str) -> Upload:
    """The upload tab of a chooser."""

    def upload(client: Client, data: bytes, name: str) -> str:
        file = SimpleUploadedFile(name, data)
        response = client.post(reverse(view), {f"{prefix}-title": "A", f"{prefix}-file": file})
        return str(response.json())

    return upload


add_image = through_form("wagtailimages:add")
add_document = through_form("wagtaildocs:add")
IMAGE_WAYS = [
    add_image,
    several_at_once("wagtailimages:add_multiple"),
    in_chooser("wagtailimages_chooser:create", "image-chooser-upload"),
]
DOCUMENT_WAYS = [
    add_document,
    several_at_once("wagtaildocs:add_multiple"),
    in_chooser("wagtaildocs_chooser:create", "document-chooser-upload"),
]


@pytest.mark.parametrize("upload", IMAGE_WAYS)
def test_a_picture_is_taken(writer: Client, upload: Upload) -> None:
    upload(writer, png(), "a.png")
    assert ImpactImage.objects.count() == 1


@pytest.mark.parametrize("upload", IMAGE_WAYS)
@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"no picture at all", "a.png", "Upload a valid image"),
        (b"", "a.png", "empty"),
        (PDF, "a.jpg", "Upload a valid image"),
        (HTML, "a.gif", "Upload a valid image"),
        (SVG, "a.svgz", "Not a supported image format"),
        (SVG.replace(b"svg", b"html"), "a.svg", "This is no SVG drawing"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG, "a.svg", "declares entities"),
        (png(), "a.svg", "This SVG drawing can"),
        (SVG, "a.png", "Not a valid .png image"),
        (png(), "a.jpg", "Not a valid .jpeg image"),
        (png(), "a.html", "Not a supported image format"),
        (bomb(), "a.png", "too many pixels"),
        (png()[:60], "a.png", "This picture is damaged"),
    ],
    ids=[
        "text",
        "empty",
        "pdf",
        "html",
        "svgz",
        "html-as-svg",
        "svg-with-entities",
        "png-as-svg",
        "svg-as-png",
        "png-as-jpg",
        "png-as-html",
        "bomb",
        "cut",
    ],
)
def test_what_is_no_picture_is_refused_with_a_message(
    writer: Client, upload: Upload, data: bytes, name: str, message: str
) -> None:
    assert message in upload(writer, data, name)
    assert not ImpactImage.objects.exists()


@pytest.mark.parametrize("upload", IMAGE_WAYS)
def test_an_over_sized_picture_is_refused_with_the_limit(
    writer: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = png() + b"\x00" * (20 * 1024 * 1024)
    answer = upload(writer, huge, "a.png")
    assert "too big" in answer
    assert "20.0\xa0MB" in answer or "20.0&nbsp;MB" in answer or "20.0\\xa0MB" in answer
    assert not ImpactImage.objects.exists()


@pytest.mark.parametrize("upload", DOCUMENT_WAYS)
def test_a_document_is_taken(writer: Client, upload: Upload) -> None:
    upload(writer, PDF, "a.pdf")
    assert ImpactDocument.objects.count() == 1


@pytest.mark.parametrize("upload", DOCUMENT_WAYS)
@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (HTML, "a.html", "not allowed"),
        (SVG, "a.svg", "not allowed"),
        (b"MZ\x90", "a.exe", "not allowed"),
        (HTML, "a.pdf", "This is no PDF file"),
        (png(), "a.docx", "This is no DOCX file"),
        (HTML, "a.csv", "This is no CSV file"),
        (SVG, "a.vtt", "This is no VTT file"),
        (PDF, "a.mp4", "This is no MP4 file"),
        (b"", "a.pdf", "empty"),
    ],
)
def test_what_is_no_document_is_refused_with_a_message(
    writer: Client, upload: Upload, data: bytes, name: str, message: str
) -> None:
    assert message in upload(writer, data, name)
    assert not ImpactDocument.objects.exists()


@pytest.mark.parametrize("upload", DOCUMENT_WAYS)
def test_an_over_sized_document_is_refused(writer: Client, upload: Upload, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024
    assert "too big" in upload(writer, PDF + b"x" * 2000, "a.pdf")
    assert not ImpactDocument.objects.exists()


def test_every_format_that_is_allowed_is_known_by_its_first_bytes(settings: Any) -> None:
    assert set(SIGNATURES) == set(settings.WAGTAILDOCS_EXTENSIONS)
    genuine = {
        "csv": b"a,b\n1,2\n",
        "mp4": b"\x00\x00\x00\x18ftypmp42",
        "pdf": PDF,
        "vtt": "\ufeffWEBVTT\n".encode(),
        "webm": b"\x1a\x45\xdf\xa3",
    }
    for extension in SIGNATURES:
        assert is_what_it_says(extension, genuine.get(extension, b"PK\x03\x04"))
        assert not is_what_it_says(extension, HTML)
    assert not is_what_it_says("html", HTML)


@pytest.mark.parametrize(
    ("name", "data", "disposition", "kind"),
    [
        ("a.csv", b"a,b\n", "attachment", "text/csv"),
        ("a.zip", b"PK\x05\x06", "attachment", "application/"),
        ("a.pdf", PDF, "inline", "application/pdf"),
        ("a.vtt", b"WEBVTT\n", "inline", "text/vtt"),
    ],
)
def test_documents_are_served_as_what_they_are_and_nothing_runs(
    client: Client, home: HomePage, name: str, data: bytes, disposition: str, kind: str
) -> None:
    document = ImpactDocument.objects.create(title="A", file=ContentFile(data, name=name))
    response = client.get(document.url)
    assert response.status_code == 200
    # Shown in the browser is what has no disposition, or `inline`.
    assert response.get("Content-Disposition", "inline").startswith(disposition)
    assert response["Content-Type"].startswith(kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_document_that_says_html_is_downloaded(client: Client, home: HomePage) -> None:
    document = ImpactDocument.objects.create(title="A", file=ContentFile(HTML, name="a.html"))
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif"])
def test_no_copy_of_a_picture_says_where_it_was_taken(writer: Client, ending: str) -> None:
    notes = Image.Exif()
    notes[0x010F] = "SECRET CAMERA"
    notes.get_ifd(0x8825)[1] = "N"
    buffer = BytesIO()
    kind = {"jpg": "JPEG"}.get(ending, ending)
    Image.new("RGB", (900, 600), (90, 120, 60)).save(buffer, kind, exif=notes.tobytes())
    add_image(writer, buffer.getvalue(), f"a.{ending}")
    image = ImpactImage.objects.get()
    for spec in ("width-400", "original", "max-600x600|format-jpeg", "fill-80x80|format-webp"):
        with image.get_rendition(spec).file.open("rb") as copy:
            data = copy.read()
        assert b"SECRET" not in data, spec
        assert not Image.open(BytesIO(data)).getexif(), spec
