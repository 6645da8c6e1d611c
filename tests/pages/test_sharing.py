"""The image that stands for a page where its link is shared."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image, ImageDraw
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from impact.branding.fonts import Fonts, faces
from impact.branding.models import SiteSettings
from impact.media import turns
from impact.pages.sharing import store
from impact.pages.sharing.card import Brand, ShareCard
from impact.pages.sharing.drawing import draw
from impact.pages.sharing.lettering import Face, fitted, right_to_left, writable
from impact.pages.tasks import prepare_page
from tests.factories import (
    make_category,
    make_community,
    make_digest,
    make_drawing,
    make_image,
    make_link,
    make_roundup,
    make_standard_page,
    make_story,
    make_user,
)
from tests.services import missing
from tests.visibility import hide

pytestmark = pytest.mark.any_database

ORGANISATION = Brand("Tidewater Commons", "#0f6e66")
SERIF, SANS = faces("").drawn_headings, faces("").drawn_text
# Has Arabic and Greek letters, and figures.
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def path_of(page: Any) -> str:
    settings = SiteSettings.for_site(Site.objects.get())
    return page.share_card(Brand.of(settings)).path(page.pk)


def drawn(brand: Brand = ORGANISATION, **fields: Any) -> Image.Image:
    return Image.open(BytesIO(draw(ShareCard(brand=brand, **fields))))


def kept(page: Page) -> list[str]:
    folder = Path(default_storage.path(f"{store.FOLDER}/{page.pk}"))
    return sorted(file.name for file in folder.glob("*")) if folder.exists() else []


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Keys of pages come again in every test."""
    shutil.rmtree(default_storage.path(store.FOLDER), ignore_errors=True)


@pytest.mark.django_db
class TestAddress:
    def test_every_type_of_page_has_one(self, client: Client, home: HomePage) -> None:
        pages = [
            home,
            make_story(lead_image=make_image()),
            make_link(lead_image=make_drawing()),
            make_community(logo=make_image(size=(300, 80))),
            make_roundup(),
            make_digest(lead=make_story(lead_image=make_image())),
            make_standard_page(),
        ]
        for page in pages:
            response = client.get(path_of(page))
            assert response["Content-Type"] == "image/jpeg", page
            assert response["Cache-Control"] == "public, max-age=31536000, immutable"
            assert Image.open(BytesIO(response.content)).size == (1200, 630)

    def test_follows_what_is_drawn_and_leads_on_from_the_old_one(self, client: Client) -> None:
        story = make_story("Before", lead_image=make_image())
        seen = {path_of(story)}
        changes: list[Any] = [
            lambda: setattr(story, "title", "After"),
            lambda: setattr(story, "lead_image", None),
            lambda: setattr(story, "category", make_category("Other", colour="#123456")),
            lambda: SiteSettings.objects.update(organisation="Others"),
            lambda: SiteSettings.objects.update(accent="#aa0000"),
        ]
        SiteSettings.for_site(Site.objects.get())
        for change in changes:
            change()
            story.save()
            assert path_of(story) not in seen
            seen.add(path_of(story))
        story.summary = "Is not drawn."
        story.save()
        new = path_of(story)
        assert new in seen
        for old in seen - {new}:
            assert client.get(old)["Location"] == new
        assert kept(story) == []

    @pytest.mark.parametrize("how", ["draft", "unpublished", "expired"])
    def test_is_not_there_when_the_page_is_not(self, client: Client, how: str) -> None:
        story = make_story()
        path = path_of(story)
        hide(story, how)
        assert client.get(path).status_code == 404

    def test_asks_for_what_the_page_asks_for(self, client: Client) -> None:
        story = make_story()
        path = path_of(story)
        PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")
        assert client.get(path).status_code == 403
        client.force_login(make_user())
        response = client.get(path)
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]
        # Nor does the name of the file follow from the address.
        [name] = kept(story)
        assert path.rpartition("/")[2].removesuffix(".jpg") not in name

    def test_says_when_it_is_busy(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        path = path_of(make_story())
        monkeypatch.setattr(turns, "WAITING", 0.1)
        for _ in range(turns.AT_ONCE):
            turns._slots.acquire()
        try:
            response = client.get(path)
        finally:
            for _ in range(turns.AT_ONCE):
                turns._slots.release()
        assert (response.status_code, response["Retry-After"]) == (503, "5")


@pytest.mark.django_db
class TestMaking:
    def test_happens_once(self, client: Client) -> None:
        path = path_of(make_story())
        with patch.object(store, "draw", wraps=store.draw) as drawing:
            answers = {client.get(path).content for _ in range(3)}
        assert drawing.call_count == len(answers) == 1

    def test_happens_in_the_background_when_a_page_is_published(self, client: Client) -> None:
        story = make_story("Before")
        prepare_page.call(story.pk)
        [before] = kept(story)
        story.title = "After"
        story.save_revision().publish()
        prepare_page.call(story.pk)
        # What it looked like before is not kept.
        [after] = kept(story)
        assert before != after
        with patch.object(store, "draw") as drawing:
            assert client.get(path_of(story)).status_code == 200
        assert not drawing.called

    def test_a_page_never_waits_for_it(self, client: Client) -> None:
        story = make_story()
        with patch.object(store, "draw") as drawing:
            assert client.get(story.url).status_code == 200
        assert not drawing.called

    def test_nothing_stays_of_a_page_that_is_deleted(
        self, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        story = make_story()
        client.get(path_of(story))
        pk = story.pk
        assert kept(story)
        with django_capture_on_commit_callbacks(execute=True):
            story.delete()
        story.pk = pk
        assert kept(story) == []

    def test_a_broken_picture_is_as_none(self, client: Client) -> None:
        image = make_image()
        story = make_story(lead_image=image)
        path = path_of(story)
        Path(image.file.path).unlink()
        assert client.get(path).status_code == 200


class TestLetters:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("Überfahrt – “Łódź”", "Überfahrt – “Łódź”"),
            # Written with two characters each.
            ("Cafe\u0301\u00a0 Ł", "Café Ł"),
            ("Launch 🎉🇩🇪 day \u200d", "Launch day"),
            ("珊瑚礁 Reef", ""),
            ("الشعاب", ""),
            ("प्रवाल", ""),
            ("Приливы", ""),
            ("🎉", ""),
        ],
    )
    def test_what_can_not_be_written_is_not_written(self, text: str, written: str) -> None:
        assert writable(text, SERIF) == writable(text, SANS) == written

    def test_another_script_is_written_with_the_fonts_that_the_operator_names(
        self, settings: Any
    ) -> None:
        if not DEJAVU.is_file():
            missing(str(DEJAVU))
        settings.SHARE_FONTS = (str(DEJAVU),)
        for text in ("الشعاب المرجانية 2024", "Παλίρροια", "Reef الشعاب"):
            assert writable(text, SERIF) == text
        assert writable("珊瑚礁", SERIF) == ""
        assert right_to_left("الشعاب 2024")
        # Letters, spaces and figures in one go, so that the font's shaping puts them in order.
        assert len(list(Face(SERIF, 40)._runs("الشعاب المرجانية 2024"))) == 1
        card = drawn(title="الشعاب 2024").convert("L")
        left, _top, right, _bottom = (
            card.crop((40, 130, 800, 470)).point(lambda value: 255 * (value < 90)).getbbox()
        )
        # Flush with the right edge of its column, which begins at 78 and ends at 736.
        assert 40 + right > 720
        assert 40 + left > 150

    @pytest.mark.parametrize("offered", Fonts)
    def test_each_pair_of_typefaces_letters_the_image(self, offered: str) -> None:
        looks = {
            choice: drawn(
                title="Reef", sign="2024", brand=Brand("Commons", "#0f6e66", fonts=choice)
            ).tobytes()
            for choice in (offered, Fonts.NEWSREADER, Fonts.BRICOLAGE)
        }
        assert len(set(looks.values())) == 2

    def test_the_chosen_paper_is_the_ground(self) -> None:
        card = drawn(title="Reef", brand=Brand("Commons", "#0f6e66", paper="#eef4ff"))
        assert all(
            abs(a - b) < 4 for a, b in zip(card.getpixel((40, 20)), (0xEE, 0xF4, 0xFF), strict=True)
        )

    @pytest.mark.parametrize(
        "text",
        [
            "OK",
            "A library card for a spectrometer",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " * 3,
            "word " * 200,
            "W" * 400,
        ],
    )
    def test_every_text_stays_in_its_space(self, text: str) -> None:
        face, lines = fitted(writable(text, SERIF), SERIF, range(92, 34, -4), 590, 340, 1.12)
        assert lines
        assert all(face.width(line) <= 590 for line in lines)
        assert len(lines) * face.size * 1.12 <= 340
        whole = "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert whole or lines[-1].endswith("…")

    def test_a_script_without_spaces_is_broken_between_its_letters(self) -> None:
        title = "珊瑚礁の記録を地図にする。" * 3
        face, lines = fitted(title, SERIF, range(92, 34, -4), 590, 340, 1.12)
        assert "".join(lines) == title
        assert len(lines) > 1
        assert all(face.width(line) <= 590 for line in lines)
        # No line begins with a full stop.
        assert not any(line.startswith("。") for line in lines)

    def test_a_short_text_is_larger(self) -> None:
        short, long = (
            fitted(text, SERIF, range(92, 34, -4), 590, 340, 1.12)[0] for text in ("A", "A b" * 60)
        )
        assert short.size == 92
        assert long.size < short.size

    def test_a_letter_of_the_second_font_stands_in_the_line(self) -> None:
        canvas = Image.new("L", (400, 80), 255)
        face = Face(SERIF, 48)
        face.draw(ImageDraw.Draw(canvas), (10, 60), "Łódź", "black")
        left, _top, right, _bottom = canvas.point(lambda value: 255 - value).getbbox() or (
            0,
            0,
            0,
            0,
        )
        assert abs((right - left) - face.width("Łódź")) < 8


@pytest.mark.django_db
class TestDrawing:
    def test_words_never_stand_on_the_picture(self) -> None:
        image = make_image(size=(1600, 1200))
        card = drawn(title="A library card", picture=image)
        right = card.crop((724, 0, 1200, 630)).convert("L").getextrema()
        assert right[1] - right[0] < 12

    def test_a_title_in_another_script_leaves_the_picture_alone(self) -> None:
        image = make_image(size=(1600, 1200))
        colour = drawn(title="A", picture=image).getpixel((1100, 300))
        card = drawn(title="珊瑚礁の記録", picture=image)
        assert all(abs(a - b) < 8 for a, b in zip(card.getpixel((600, 200)), colour, strict=True))

    def test_a_logo_is_shown_whole(self) -> None:
        card = drawn(title="Reef", picture=make_image(size=(900, 100)), whole=True)
        # White above and below it.
        assert min(card.getpixel((960, 40))) > 250
        assert min(card.getpixel((960, 315))) < 220

    def test_without_a_picture_a_pattern_or_a_sign_stands_there(self) -> None:
        pattern, sign = drawn(title="Reef"), drawn(title="Reef", sign="2024")
        for card in (pattern, sign):
            colours = card.crop((820, 20, 1190, 610)).getcolors(300_000)
            assert colours
            assert len(colours) > 20
        assert pattern.tobytes() != sign.tobytes()
