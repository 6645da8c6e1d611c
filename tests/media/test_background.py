"""Copies that are made beside requests, and what waits for one that is being made."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django_tasks import task, task_backends

from home.models import HomePage
from impact.freshness.state import current
from impact.media import background, turns
from impact.media.background import ThreadBackend
from impact.media.indexing import together
from impact.media.models import ImpactImage
from impact.media.renditions import missing, rendition_url
from impact.media.tasks import make_usual_copies
from impact.pages.tasks import prepare_page
from tests.factories import make_community, make_drawing, make_image, make_story

done: list[str] = []
gate = threading.Event()


@task(backend="pictures")
def note(what: str) -> None:
    gate.wait(5)
    if what == "wrong":
        raise ValueError(what)
    done.append(what)


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> ThreadBackend:
    """The backend as a web server has it."""
    done.clear()
    gate.set()
    monkeypatch.setattr(background, "_lines", {})
    monkeypatch.setattr(background, "_serving", threading.Event())
    background.serve()
    return ThreadBackend("pictures", {})


def enqueued() -> list[tuple[str, Any]]:
    """Return what was enqueued since the last time, by name and argument."""
    results = task_backends["pictures"].results
    found = [(result.task.name, *result.args) for result in results]
    results.clear()
    return found


class TestThread:
    @pytest.mark.django_db
    def test_works_after_the_transaction_and_goes_on_after_a_failure(
        self,
        backend: ThreadBackend,
        django_capture_on_commit_callbacks: Any,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            for what in ("one", "wrong", "two"):
                backend.enqueue(note, (what,), {})
        assert done == []
        for callback in callbacks:
            callback()
        backend.line.join()
        assert done == ["one", "two"]
        assert "ValueError: wrong" in caplog.text

    @pytest.mark.django_db
    def test_drops_what_is_too_much(
        self,
        backend: ThreadBackend,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(background, "WAITING", 2)
        gate.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for number in range(10):
                backend.enqueue(note, (str(number),), {})
        gate.set()
        backend.line.join()
        assert 2 <= len(done) <= 3
        assert "Too much is waiting" in caplog.text

    @pytest.mark.django_db
    def test_is_one_for_all_threads_of_a_web_server(
        self, backend: ThreadBackend, django_capture_on_commit_callbacks: Any
    ) -> None:
        """Django makes a backend anew in each thread, and a server may have one for each request."""
        with ThreadPoolExecutor(1) as threads:
            other = threads.submit(ThreadBackend, "pictures", {}).result()
        with django_capture_on_commit_callbacks(execute=True):
            other.enqueue(note, ("one",), {})
        backend.line.join()
        assert done == ["one"]

    @pytest.mark.django_db
    def test_does_nothing_in_a_command(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        monkeypatch.setattr(background, "_serving", threading.Event())
        with django_capture_on_commit_callbacks() as callbacks:
            ThreadBackend("pictures", {}).enqueue(note, ("one",), {})
        assert callbacks == []


@pytest.mark.django_db
class TestCopies:
    def test_are_made_of_what_is_uploaded(self) -> None:
        enqueued()
        image = make_image()
        assert enqueued() == [("make_usual_copies", image.pk)]
        before = current()
        assert make_usual_copies.call(image.pk) == image.renditions.count() > 0
        assert missing(ImpactImage.objects.get(pk=image.pk)) == []
        # Pages that were kept in between name the addresses at which copies are made.
        assert current() != before
        settled = current()
        assert make_usual_copies.call(image.pk) == 0
        assert current() == settled

    def test_of_a_drawing_and_of_a_broken_picture_there_are_none(self) -> None:
        image = make_image()
        Path(image.file.path).unlink()
        assert make_usual_copies.call(image.pk) == 0
        assert make_usual_copies.call(make_drawing().pk) == 0
        assert make_usual_copies.call(0) == 0

    def test_of_many_in_a_row_wait_for_the_command(self) -> None:
        enqueued()
        with together():
            make_image()
            make_story().save_revision().publish()
        assert enqueued() == []

    def test_of_all_that_a_page_shows_are_made_when_it_is_published(self, client: Client) -> None:
        figure, logo = make_image(size=(2000, 1200)), make_image(size=(400, 100))
        story = make_story(
            lead_image=make_image(),
            communities=[make_community(logo=logo)],
            body=[("figure", {"image": figure, "caption": "", "width": "wide", "link": ""})],
        )
        enqueued()
        story.save_revision().publish()
        assert enqueued() == [("prepare_page", story.pk)]
        assert "/pictures/" in client.get(story.url).content.decode()
        assert prepare_page.call(story.pk) > 0
        assert "/pictures/" not in client.get(story.url).content.decode()
        assert missing(story.lead_image, "card", "feature") == []

    def test_of_a_page_that_is_gone_there_are_none(self) -> None:
        assert prepare_page.call(0) == 0
        assert prepare_page.call(make_story(live=False).pk) == 0

    def test_of_old_pictures_are_made_by_a_command(
        self, client: Client, home: HomePage, capsys: pytest.CaptureFixture[str]
    ) -> None:
        story = make_story(lead_image=make_image())
        call_command("make_renditions", dry_run=True, verbosity=0)
        assert "copies of 1 pictures are missing" in capsys.readouterr().out
        assert story.lead_image.renditions.count() == 0
        call_command("make_renditions", verbosity=0)
        assert "Made" in capsys.readouterr().out
        assert "/pictures/" not in client.get("/impact/").content.decode()
        call_command("make_renditions", verbosity=0)
        assert "Made 0 copies of 0 pictures" in capsys.readouterr().out


class TestTurns:
    def test_what_many_ask_for_is_made_once(self) -> None:
        made: list[int] = []
        found: dict[str, int] = {}

        def make() -> int:
            made.append(1)
            gate.wait(0.2)
            return found.setdefault("it", len(made))

        gate.clear()
        with ThreadPoolExecutor(8) as threads:
            answers = list(
                threads.map(lambda _: turns.once("it", lambda: found.get("it"), make), range(8))
            )
        assert (made, set(answers)) == ([1], {1})

    def test_who_fails_leaves_the_turn_to_the_next(self) -> None:
        with pytest.raises(ValueError, match="wrong"):
            turns.once("it", lambda: None, lambda: int("wrong"))
        assert turns.once("it", lambda: None, lambda: 2) == 2

    def test_without_a_cache_everybody_makes_their_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # As a tolerant cache answers without its server.
        monkeypatch.setattr(cache, "add", lambda *args, **kwargs: False)
        assert turns.once("it", lambda: None, lambda: 3) == 3

    @pytest.mark.django_db
    def test_who_waits_too_long_is_told_to_come_again(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(turns, "WAITING", 0.1)
        image = make_image()
        cache.add(f"making:{image.pk}:width-640|format-webp", True, 60)
        response = client.get(rendition_url(image, "width-640|format-webp"))
        assert (response.status_code, response["Retry-After"]) == (503, "5")
