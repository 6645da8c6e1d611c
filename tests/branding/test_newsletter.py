"""Signing up for the newsletter: a link, or a form of the service that sends it."""

import re

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import HomePage
from impact.branding.models import SiteSettings
from impact.branding.newsletter import AddressError, Service, form_action, newsletter

BUTTONDOWN = "https://buttondown.com/api/emails/embed-subscribe/reef"
MAILCHIMP = "https://reef.us1.list-manage.com/subscribe/post?u=a1&id=b2"


@pytest.mark.parametrize(
    ("service", "address", "action"),
    [
        (Service.LINK, "https://example.org/letter", ""),
        (Service.BUTTONDOWN, "https://buttondown.com/reef", BUTTONDOWN),
        (Service.BUTTONDOWN, "https://buttondown.email/reef/", BUTTONDOWN),
        (Service.BUTTONDOWN, BUTTONDOWN, BUTTONDOWN),
        (Service.MAILCHIMP, MAILCHIMP, MAILCHIMP),
        (Service.MAILCHIMP, MAILCHIMP.replace("/post", ""), MAILCHIMP),
        (Service.MAILCHIMP, f"{MAILCHIMP.replace('&', '&amp;')}&amp;f_id=c3", f"{MAILCHIMP}&f_id=c3"),
    ],
)  # fmt: skip
def test_the_address_of_a_form_follows_from_what_people_copy(
    service: str, address: str, action: str
) -> None:
    assert form_action(service, address) == action


@pytest.mark.parametrize(
    ("service", "address"),
    [
        (Service.BUTTONDOWN, "https://buttondown.com/"),
        (Service.BUTTONDOWN, "https://buttondown.com.evil.example/reef"),
        (Service.BUTTONDOWN, "http://buttondown.com/reef"),
        (Service.BUTTONDOWN, "https://buttondown.com/reef/archive"),
        (Service.MAILCHIMP, MAILCHIMP.replace("https://", "https://x;script-src *.")),
        (Service.MAILCHIMP, MAILCHIMP.replace("https://", "https://me@")),
        (Service.MAILCHIMP, "https://reef.us1.list-manage.com/subscribe/post"),
        (Service.MAILCHIMP, MAILCHIMP.replace("list-manage.com", "list-manage.com.evil.example")),
        (Service.MAILCHIMP, MAILCHIMP.replace(".us1.list-manage.com", "list-manage.com")),
    ],
)
def test_an_address_of_somebody_else_is_none_of_the_service(service: str, address: str) -> None:
    with pytest.raises(AddressError):
        form_action(service, address)
    # One that is stored all the same is shown as a link, and posts nothing.
    stored = newsletter(service, address)
    assert stored
    assert (stored.url, stored.action, stored.origin) == (address, "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("service", "address", "field", "extra", "origin"),
    [
        (Service.LINK, "https://example.org/letter", "", "", ""),
        (Service.BUTTONDOWN, BUTTONDOWN, "email", 'type="hidden" name="embed"', "https://buttondown.com"),
        (Service.MAILCHIMP, MAILCHIMP, "EMAIL", 'name="b_a1_b2"', "https://reef.us1.list-manage.com"),
    ],
)  # fmt: skip
def test_a_page_may_post_only_to_the_service_whose_form_it_shows(
    client: Client,
    home: HomePage,
    service: str,
    address: str,
    field: str,
    extra: str,
    origin: str,
) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.newsletter_service, settings.newsletter_url = service, address
    settings.save()
    response = client.get("/impact/")
    html = re.sub(r"\s+", " ", response.content.decode())
    directives = response["Content-Security-Policy"].split("; ")
    assert f"form-action 'self' {origin}".strip() in directives
    if service == Service.LINK:
        assert f'href="{address}"' in html
        assert '<form class="newsletter-form"' not in html
    else:
        assert f'action="{address.replace("&", "&amp;")}" method="post"' in html
        assert f'type="email" name="{field}"' in html
        assert extra in html
    # What has no form needs no leave.
    assert "form-action 'self';" in client.get("/robots.txt")["Content-Security-Policy"] + ";"
