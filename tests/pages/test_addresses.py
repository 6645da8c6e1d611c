"""Absolute addresses follow one rule."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings
from wagtail.models import Site

from home.site_tree import _host_and_port
from impact.pages.addresses import absolute, origin
from tests.factories import make_story


def test_without_a_set_address_the_request_gives_it() -> None:
    request = RequestFactory().get("/", headers={"host": "127.0.0.1:8000"})
    assert origin(request) == "http://127.0.0.1:8000"
    assert absolute("/media/a.jpg", request) == "http://127.0.0.1:8000/media/a.jpg"


def test_a_set_address_goes_before_the_request(settings: Settings) -> None:
    settings.SITE_URL, settings.SITE_URL_IS_SET = "https://impact.example.org", True
    request = RequestFactory().get("/", headers={"host": "127.0.0.1"})
    assert absolute("/impact/", request) == "https://impact.example.org/impact/"


def test_without_a_request_the_setting_gives_it(settings: Settings) -> None:
    settings.SITE_URL = "https://impact.example.org"
    assert origin() == "https://impact.example.org"


@pytest.mark.parametrize("url", ["https://cdn.example.org/a.jpg", "mailto:a@example.org"])
def test_complete_addresses_stay(url: str) -> None:
    assert absolute(url) == url


@pytest.mark.django_db
def test_pages_follow_the_rule(settings: Settings) -> None:
    story = make_story()
    settings.SITE_URL, settings.SITE_URL_IS_SET = "https://impact.example.org", True
    assert story.full_url == f"https://impact.example.org{story.url}"
    request = RequestFactory().get("/", headers={"host": "localhost"})
    assert story.get_full_url(request) == story.full_url


@pytest.mark.django_db
def test_the_first_site_takes_host_and_port_of_the_setting(home: object) -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_url == "http://testserver"
    assert _host_and_port("http://127.0.0.1:8000") == ("127.0.0.1", 8000)
    assert _host_and_port("https://impact.example.org") == ("impact.example.org", 443)


@pytest.mark.django_db
def test_any_allowed_host_finds_the_site(client: Client, home: object) -> None:
    assert client.get("/", headers={"host": "127.0.0.1:8123"}).status_code == 200
