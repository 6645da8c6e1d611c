"""The editor shows whose site it is, and editors keep the settings."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import HomePage
from impact.branding.models import SiteSettings
from tests.factories import make_image, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def settings_url(app: str = "branding", model: str = "sitesettings") -> str:
    return reverse("wagtailsettings:edit", args=[app, model, Site.objects.get().pk])


def settings_data(**changes: object) -> dict[str, str]:
    fields = {
        "organisation": "Reef Network",
        "tagline": "",
        "logo": "",
        "logo_dark": "",
        "icon": "",
        "accent": "#123456",
        "highlight": "",
        "paper": "",
        "fonts": "newsreader",
        "newsletter_service": "link",
        "newsletter_url": "",
        "newsletter_text": "",
        "footer_text": "",
        "licence_line": "",
    }
    for relation in ("navigation", "footer_links", "social_links"):
        fields[relation] = inline_formset([])
    return nested_form_data({**fields, **changes})


def test_login_and_home_name_the_organisation(client: Client, home: HomePage) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.organisation, settings.logo = "Reef <Network>", make_image()
    settings.save()
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Sign in to Reef &lt;Network&gt;" in html
    assert "impact-logo" in html
    assert "Sign in to Wagtail" not in html
    client.force_login(make_user("Writers"))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Reef &lt;Network&gt;" in html


def test_editors_keep_the_settings_and_writers_do_not(client: Client, home: HomePage) -> None:
    client.force_login(make_user("Editors"))
    html = client.get(settings_url()).content.decode()
    assert 'type="color"' in html
    response = client.post(settings_url(), settings_data())
    assert response.status_code == 302
    settings = SiteSettings.objects.get()
    assert (settings.organisation, settings.accent) == ("Reef Network", "#123456")
    client.force_login(make_user("Writers"))
    for url in (settings_url(), settings_url("entries", "storytemplate")):
        assert client.get(url)["Location"] == "/admin/"


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "expression(1)", "#123456;x"])
def test_a_colour_that_is_none_is_refused(client: Client, home: HomePage, colour: str) -> None:
    client.force_login(make_user("Editors"))
    response = client.post(settings_url(), settings_data(accent=colour))
    assert list(response.context["form"].errors) == ["accent"]


@pytest.mark.parametrize(
    ("field", "changes", "said"),
    [
        ("accent", {"accent": "#ffff00"}, ["links on the paper", "1.0 to 1", "4.5", "#7"]),
        # What passes on white does not on a darker paper.
        (
            "accent",
            {"accent": "#767676", "paper": "#eeeeee"},
            ["links in the footer", "3.6 to 1", "#6"],
        ),
        ("highlight", {"highlight": "#000080"}, ["dark text on the highlight", "1.0 to 1"]),
        ("paper", {"paper": "#e8dcc0"}, ["the borders of fields", "2.6 to 1", "3.0", "#f5e9cd"]),
        ("newsletter_url", {"newsletter_url": "https://a.org/"}, ["no sign-up of this service"]),
    ],
)
def test_what_nobody_could_read_or_use_is_refused_with_its_reason(
    client: Client, home: HomePage, field: str, changes: dict[str, str], said: list[str]
) -> None:
    client.force_login(make_user("Editors"))
    data = settings_data(newsletter_service="mailchimp", **changes)
    response = client.post(settings_url(), data)
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert [part for part in said if part not in errors[field][0]] == []


def test_the_editor_asks_what_stands_against_a_colour(client: Client, home: HomePage) -> None:
    url = reverse("branding_colours")
    assert client.get(url).status_code == 302
    client.force_login(make_user("Editors"))
    html = client.get(settings_url()).content.decode()
    assert f'data-impact-colour-url-value="{url}"' in html
    assert "js/admin/colour.js" in html
    answer = client.get(url, {"accent": "#ffff00", "paper": "", "highlight": "no colour"}).json()
    assert list(answer) == ["accent"]
    assert "would be readable as it is" in answer["accent"]["message"]
    assert client.get(url, {"accent": answer["accent"]["suggestion"]}).json() == {}


def test_a_link_needs_one_target(client: Client, home: HomePage) -> None:
    client.force_login(make_user("Editors"))
    rows = [{"page": "", "url": "", "label": "Nowhere"}]
    response = client.post(settings_url(), settings_data(navigation=inline_formset(rows)))
    assert "page" in response.context["form"].formsets["navigation"].errors[0]
