"""What is left of an SVG drawing, however it comes in."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import UploadedFile

from home.models import HomePage
from impact.media.drawings import DrawingRefusedError, harmless
from impact.media.models import ImpactImage
from impact.media.renditions import picture, prepare, rendition_url
from impact.media.views import uploaded
from impact.pages.head import share_picture
from impact.pages.security import ContentSecurityPolicyMiddleware
from impact.portability.imports import import_hugo
from impact.portability.models import PictureOrigin
from tests.factories import make_user
from tests.portability.plans import write_file
from tests.svg import GOOD, HOSTILE, REFUSED, svg

pytestmark = pytest.mark.any_database

# What never stands in a stored drawing, whatever it hid there.
FORBIDDEN = re.compile(
    rb"evil\.example|<script|\bon\w+=|javascript|<foreign|<iframe|<!|<\?|@import|http(?!://www\.w3)",
    re.IGNORECASE,
)


def stored() -> bytes:
    with ImpactImage.objects.get().file.open("rb") as file:
        return file.read()


@pytest.fixture
def writer(client: Client, home: HomePage) -> Client:
    client.force_login(make_user("Writers"))
    return client


def send(client: Client, data: bytes, name: str = "a.svg", **values: str) -> dict[str, Any]:
    """Send a file to the field of the library that takes many."""
    file = SimpleUploadedFile(name, data)
    address = reverse("wagtailimages:add_multiple")
    values = {"title": "A", "files[]": file, **values}
    return client.post(address, values, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()


def test_a_good_drawing_keeps_its_shapes_texts_and_colours() -> None:
    drawing, size = harmless(GOOD)
    assert size == (400, 300)
    text = drawing.decode()
    for kept in (
        "<title>Reefs by depth</title>",
        '<stop offset="0" stop-color="#0af" />',
        '<linearGradient href="#sea" id="deep" />',
        ".b &gt; .c { fill: url(#sea) }",
        "src: url(data:font/woff2;base64,AA//)",
        '<g clip-path="url(#window)" transform="scale(2)"><path d="M0 0h9v9z" fill="url(#deep)" /></g>',
        # No space comes between words that had none.
        '<text x="1" y="2">Ten<tspan>der</tspan><tspan dy="3">ly &amp; “deep”</tspan></text>',
        '<image height="1" href="data:image/png;base64,AAAA" width="1" />',
        '<use href="#window" />',
    ):
        assert kept in text
    assert harmless(drawing) == (drawing, size)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_drawing_runs_or_fetches(name: str) -> None:
    try:
        drawing, _size = harmless(HOSTILE[name])
    except DrawingRefusedError:
        assert name == "comment"  # no XML at all
        return
    assert b"evil" in HOSTILE[name].replace(b"\0", b"")
    assert not FORBIDDEN.search(drawing), drawing
    assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
    assert harmless(drawing)[0] == drawing


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_read_or_shown_is_refused_in_words(name: str) -> None:
    data, message = REFUSED[name]
    with pytest.raises(DrawingRefusedError, match=message):
        harmless(data)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="640" height="480"', (640, 480)),
        ('width="6.4in" height="460.8pt"', (614, 614)),
        ('width="100mm" viewBox="0 0 200 100"', (378, 189)),
        ('height="300px" width="100%" viewBox="0,0,200 100"', (600, 300)),
        ('viewBox="-5 -5 40000 10000"', (4096, 1024)),
        ('viewBox="0 0 12.5 5"', (256, 102)),
        ('viewBox="0 0 90000 1"', (4096, 1)),
    ],
)
def test_a_drawing_has_a_size_in_whole_pixels(attributes: str, size: tuple[int, int]) -> None:
    drawing, found = harmless(svg("", attributes))
    root = ElementTree.fromstring(drawing)  # noqa: S314
    assert found == size == (int(root.get("width")), int(root.get("height")))
    assert root.get("viewBox")


@pytest.mark.django_db
def test_an_upload_is_stored_harmless(writer: Client) -> None:
    for name, data in HOSTILE.items():
        with transaction.atomic():
            answer = send(writer, data)
            if name == "comment":
                assert not answer["success"]
                continue
            assert answer["success"], answer
            image = ImpactImage.objects.get()
            assert image.filename.endswith(".svg")
            assert not FORBIDDEN.search(stored()), name
            assert image.file_size == len(stored())
            image.delete()


@pytest.mark.django_db
def test_an_upload_that_waits_for_other_fields_is_harmless_too(
    writer: Client,
) -> None:
    send(writer, HOSTILE["script"], title="x" * 300)
    assert not ImpactImage.objects.exists()
    with UploadedFile.objects.get().file.open("rb") as file:
        assert not FORBIDDEN.search(file.read())


@pytest.mark.django_db
def test_an_imported_drawing_is_stored_harmless_and_once(home: HomePage, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "blog" / "a"
    body = "".join(f"![Map {n}]({n}.svg)\n\n" for n in range(len(HOSTILE)))
    write_file(folder, "index.md", f"---\ntitle: A\ndate: 2024-01-01\n---\nText.\n\n{body}")
    for number, data in enumerate(HOSTILE.values()):
        (folder / f"{number}.svg").write_bytes(data)
    result = import_hugo(tmp_path)
    assert ["can’t be read" in m.text for m in result.plan.log.of("image-refused")] == [True]
    assert ImpactImage.objects.exists()
    for image in ImpactImage.objects.all():
        with image.file.open("rb") as file:
            assert not FORBIDDEN.search(file.read()), image.title
    # All that was hostile and nothing else is the same drawing.
    assert ImpactImage.objects.count() < PictureOrigin.objects.count()
    assert import_hugo(tmp_path).outcome.wrote_nothing


@pytest.mark.django_db
def test_a_drawing_is_its_own_copy_and_no_photograph(writer: Client) -> None:
    assert send(writer, GOOD)["success"]
    image = ImpactImage.objects.get()
    shown = picture(image, "card")
    assert shown is not None
    assert (shown.src, shown.width, shown.height, shown.sources) == (image.file.url, 400, 300, ())
    # Shares, feeds and mail show no SVG.
    assert share_picture(image) is None
    assert prepare(image) == 0
    assert not image.renditions.exists()
    # Who still has the address of a copy of the photograph that stood here before.
    response = writer.get(rendition_url(image, "width-400|format-webp"))
    assert (response.status_code, response["Location"]) == (302, image.file.url)
    # The editor's own lists and forms make copies, which are drawings as well.
    assert ".max-165x165.svg" in writer.get(reverse("wagtailimages:index")).content.decode()
    assert writer.get(reverse("wagtailimages:edit", args=(image.pk,))).status_code == 200
    assert writer.get(reverse("wagtailimages_chooser:choose")).status_code == 200


def test_an_uploaded_drawing_that_is_opened_by_itself_can_do_nothing() -> None:
    path = Path(django_settings.MEDIA_ROOT, "original_images", "alone.svg")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(harmless(GOOD)[0])
    request = RequestFactory().get("/media/original_images/alone.svg")
    response = uploaded(request, "original_images/alone.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = ContentSecurityPolicyMiddleware(lambda _: response).process_response(request, response)
    assert {part.strip() for part in policy["Content-Security-Policy"].split(";")} == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "font-src data:",
        "img-src data:",
        "sandbox",
    }
