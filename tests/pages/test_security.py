"""Headers that stand on every answer, also on those that no page of ours gave."""

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import HomePage

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/impact/feed/", "/nothing-here/", "/theme.css", "/healthz/live/", "/search/?q=a"]
POLICY = "Content-Security-Policy"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy(client: Client, home: HomePage, address: str) -> None:
    policy = client.get(address)[POLICY]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_redirect_to_https_carries_it(
    client: Client, home: HomePage, settings: Settings, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get(address)
    assert response.status_code == 301
    assert "default-src 'none'" in response[POLICY]


@pytest.mark.parametrize("host", ["evil.example", "a b", "[::1"])
@pytest.mark.parametrize("https", [False, True])
def test_a_strange_host_is_refused_with_it(
    client: Client, home: HomePage, settings: Settings, host: str, https: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = https
    response = Client().get("/", HTTP_HOST=host)
    assert response.status_code == 400
    assert "default-src 'none'" in response[POLICY]
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_login_leads_nowhere_else(client: Client, home: HomePage, target: str) -> None:
    from tests.factories import make_user

    user = make_user("Writers")
    user.set_password("a-long-password-8")
    user.save()
    data = {"username": user.get_username(), "password": "a-long-password-8", "next": target}
    assert (
        client.post("/admin/login/", data, query_params={"next": target})["Location"] == "/admin/"
    )


def test_pages_are_shown_in_no_frame_of_others(client: Client, home: HomePage) -> None:
    response = client.get("/")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response[POLICY]
    assert response["X-Content-Type-Options"] == "nosniff"
