"""`manage.py demo`: when it loads, when it doesn't, and what it leaves alone."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from impact.accounts.models import User
from impact.demo import accounts, load
from impact.demo.artwork import scenes
from impact.demo.artwork.film import captions, film
from impact.demo.artwork.printing import Sheet, print_sheet
from impact.demo.files import Content
from impact.media.models import ImpactImage
from impact.people.models import Author
from tests.demo.conftest import blank_sheets
from tests.factories import make_author, make_category, make_story


def run() -> str:
    out = StringIO()
    call_command("demo", workers=1, verbosity=0, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_story, make_category, make_author])
def test_a_site_with_content_of_its_own_is_refused(home: Any, make: Any) -> None:
    make()
    with pytest.raises(CommandError, match=r"content of its own .*1 (entries|categories|authors)"):
        run()
    assert not load.is_loaded()
    assert not ImpactImage.objects.exists()


@pytest.mark.django_db
def test_a_load_that_is_stopped_leaves_nothing_and_can_be_run_again(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Content()
    small = Content()
    for name in ("stories", "links", "roundups", "digests"):
        small.__dict__[name] = []
    small.__dict__["pages"] = []
    small.__dict__["metrics"] = []
    small.__dict__["communities"] = [
        {**c, "description": "Short."} for c in content.communities[:1]
    ]
    small.__dict__["organisation"] = {**content.organisation, "footer": {}, "navigation": {}}
    monkeypatch.setattr(load, "Content", lambda: small)
    monkeypatch.setattr(load, "print_all", blank_sheets)
    with monkeypatch.context() as patch:
        patch.setattr(load.Loader, "_settings", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load.load(lambda _name: None, workers=1)
    assert not Author.objects.exists()
    assert load.load(lambda _name: None, workers=1).communities == 1
    names = [image.file.name for image in ImpactImage.objects.all()]
    assert "original_images/portrait-morag-tennant.jpg" in names, (
        "the file left behind was replaced"
    )


@pytest.mark.django_db
def test_there_are_no_logins_in_production(home: Any, settings: Any) -> None:
    settings.DEBUG = False
    assert accounts.create() == {}
    assert not User.objects.exists()


@pytest.mark.django_db
def test_development_has_a_writer_an_editor_and_an_administrator(home: Any, settings: Any) -> None:
    settings.DEBUG = True
    made = accounts.create()
    assert set(made) == {"writer", "editor", "admin"}
    for login in accounts.LOGINS:
        assert authenticate(username=login.username, password=login.password) is not None
        assert login.group in made[login.username].groups.values_list("name", flat=True)
    assert made["admin"].is_superuser
    assert not made["editor"].is_superuser
    made["writer"].set_password("changed")
    made["writer"].save()
    accounts.create()
    assert authenticate(username="writer", password="writer") is None, "a change stays"


@pytest.mark.parametrize("scene", sorted(set(scenes.SCENES) - {"emblem", "portrait"}))
def test_a_picture_comes_out_the_same_each_time(
    scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "LANDSCAPE", (300, 200))
    one, two = (scenes.draw(scene, "water", "seed") for _ in range(2))
    assert one.size == (300, 200)
    assert one.getextrema() != ((244, 244), (236, 236), (221, 221)), "something is drawn"
    assert one.tobytes() == two.tobytes()


def test_marks_are_png_and_pictures_jpeg() -> None:
    sign = Sheet.of(
        "sign",
        {"scene": "emblem", "alt": "x", "options": {"form": "orrery", "bare": True}},
        "water",
    )
    assert print_sheet(sign).startswith(b"\x89PNG")
    assert sign.file_name == "sign.png"
    picture = Sheet.of("waves", {"scene": "waves", "alt": "x"}, "water")
    assert print_sheet(picture).startswith(b"\xff\xd8")
    assert scenes.LANDSCAPE == (1600, 1067)


def test_the_film_is_webm_with_captions_of_its_length() -> None:
    data = film()
    assert data.startswith(bytes.fromhex("1a45dfa3"))
    assert b"webm" in data[:100]
    assert b"V_VP8" in data[:400]
    assert len(data) < 1_500_000
    assert captions().startswith("WEBVTT")
