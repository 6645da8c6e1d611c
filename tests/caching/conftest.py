"""A site whose pages are kept."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponseBase
from pytest_django import Settings
from wagtail.models import Site

from impact.branding.models import SiteSettings
from impact.caching.rules import rules
from impact.gallery.models import GalleryPage
from tests.factories import make_author, make_community, make_image, make_link, make_story


@pytest.fixture
def kept(settings: Settings) -> Iterator[None]:
    """Turn the page cache on, empty."""
    settings.PAGE_CACHES = ["pages"]
    caches["pages"].clear()
    rules.forget()
    yield
    caches["pages"].clear()
    rules.forget()


@pytest.fixture
def site(gallery: GalleryPage, kept: None) -> SimpleNamespace:
    """A story, its community, a link."""
    # Made by whoever asks first.
    SiteSettings.for_site(Site.objects.get())
    reef = make_community("Reef")
    story = make_story(
        "Tide gauges",
        communities=[reef],
        authors=[make_author()],
        tags=["Maps"],
        lead_image=make_image(),
    )
    return SimpleNamespace(gallery=gallery, reef=reef, story=story, link=make_link("River"))


@pytest.fixture
def made() -> Iterator[list[str]]:
    """The paths that views were asked for: what was answered without being made is not among them."""
    paths: list[str] = []
    original: Callable[..., HttpResponseBase] = BaseHandler._get_response

    def counted(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        paths.append(request.get_full_path())
        return original(self, request)

    with patch.object(BaseHandler, "_get_response", counted):
        yield paths
