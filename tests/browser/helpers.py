"""What several browser tests do: sign in, and wait until the editor has settled."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from wagtail.models import Site

from impact.accounts.models import User

# Wagtail's editor takes its first snapshot about two seconds after loading; what is typed before is not
# noticed as a change.
SETTLED_AFTER = 3_000


def login(page: Page, user: User) -> None:
    """Sign a user in by giving the browser a session, without the form."""
    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    host = Site.objects.get(is_default_site=True).hostname
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": host, "path": "/"}]
    )


def login_by_form(page: Page, user: User) -> None:
    """Sign in as a person does, with the password of the test accounts."""
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


def settle(page: Page) -> None:
    """Wait until the editor notices changes."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_AFTER)
