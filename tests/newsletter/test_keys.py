"""The key of a mail tool goes in, is stored encrypted, and comes out nowhere but in requests to the tool."""

import copy
import logging
import pickle
import traceback
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import serializers
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from impact.newsletter.models import MailToolSettings
from impact.newsletter.tools.choice import Provider, chosen
from impact.newsletter.tools.errors import NotChosenError
from impact.newsletter.tools.keys import Key, UnreadableKeyError, resealed, seal, unseal
from tests.factories import make_user
from tests.newsletter.tool_servers import BUTTONDOWN_KEY, MAILCHIMP_KEY

ADDRESS = "newsletter", "mailtoolsettings"


def test_a_key_is_printed_nowhere() -> None:
    key = Key(BUTTONDOWN_KEY)
    printed = [str(key), repr(key), f"{key}", repr([key]), repr({"key": key})]
    try:
        raise ValueError(key)
    except ValueError as error:
        printed += [str(error), "".join(traceback.format_exception(error))]
    assert BUTTONDOWN_KEY not in "".join(printed)
    assert (key.ending, Key("short").ending) == ("wxyz", "")
    assert (bool(key), bool(Key(""))) == (True, False)
    for store in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            store(key)


def test_what_is_sealed_is_read_after_the_secret_was_changed(settings: Any) -> None:
    settings.SECRET_KEY = "the first secret"
    sealed = seal(Key(BUTTONDOWN_KEY))
    assert BUTTONDOWN_KEY not in sealed
    assert unseal(sealed).reveal() == BUTTONDOWN_KEY
    assert seal(Key(BUTTONDOWN_KEY)) != sealed
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the second", ["the first secret"]
    assert unseal(sealed).reveal() == BUTTONDOWN_KEY
    anew = resealed(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(anew).reveal() == BUTTONDOWN_KEY
    assert resealed(sealed) == sealed
    with pytest.raises(UnreadableKeyError):
        unseal(sealed)
    for broken in ("", "nonsense", sealed[:-4]):
        with pytest.raises(UnreadableKeyError):
            unseal(broken)


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    """An administrator at the settings."""
    from home.site_tree import ensure_site

    ensure_site()
    client.force_login(make_user("Administrators"))
    return client


def address() -> str:
    return reverse("wagtailsettings:edit", args=[*ADDRESS, MailToolSettings.load().pk])


def save(client: Client, **fields: str) -> Any:
    given = {"provider": "buttondown", "from_name": "", "reply_to": "", "api_key": "", **fields}
    return client.post(address(), given, follow=True)


@pytest.mark.any_database
def test_a_key_is_kept_changed_and_forgotten(admin: Client) -> None:
    page = save(admin, api_key=f"  {BUTTONDOWN_KEY} ").content.decode()
    stored = MailToolSettings.load()
    assert BUTTONDOWN_KEY not in page + stored.sealed_key
    assert "A key of Buttondown ending in wxyz is kept. Leave empty to keep it." in page
    choice = chosen()
    assert (choice.provider, choice.usable) == (Provider.BUTTONDOWN, True)
    assert choice.key is not None
    assert choice.key.reveal() == BUTTONDOWN_KEY
    # An empty field keeps it.
    save(admin, from_name="River & Reef", reply_to="hello@example.org")
    choice = chosen()
    assert (choice.from_name, choice.reply_to) == ("River & Reef", "hello@example.org")
    assert choice.key is not None
    assert choice.key.reveal() == BUTTONDOWN_KEY
    # It is not given to another tool.
    page = save(admin, provider="mailchimp").content.decode()
    assert "The key that is kept is for Buttondown. Give the one of Mailchimp." in page
    save(admin, provider="mailchimp", api_key=MAILCHIMP_KEY)
    assert chosen().key.reveal() == MAILCHIMP_KEY  # type: ignore[union-attr]
    save(admin, provider="mailchimp", forget_key="on")
    assert (chosen().key, chosen().usable) == (None, False)
    assert MailToolSettings.load().sealed_key == ""


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("provider", "key", "said"),
    [
        ("buttondown", "two words of a key", "That is no key"),
        ("buttondown", "schlüssel-schlüssel", "That is no key"),
        ("buttondown", "k3y-x7", "That is no key"),
        ("mailchimp", "0123456789abcdef-evil.example.org", "ends in a hyphen and a data centre"),
    ],
)
def test_what_can_be_no_key_is_refused_and_not_repeated(
    admin: Client, provider: str, key: str, said: str
) -> None:
    page = save(admin, provider=provider, api_key=key, from_name="Kept name").content.decode()
    assert said in page
    assert "Kept name" in page
    assert key not in page
    assert MailToolSettings.load().sealed_key == ""


@pytest.mark.any_database
def test_a_key_that_can_not_be_read_any_more_is_told(admin: Client, settings: Any) -> None:
    save(admin, api_key=BUTTONDOWN_KEY)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another one"
    # A browser with a session under the new secret.
    settings.SECRET_KEY_FALLBACKS = [former]
    assert chosen().usable
    page = save(admin, from_name="Saved again").content.decode()
    assert "ending in wxyz is kept" in page
    settings.SECRET_KEY_FALLBACKS = []
    assert chosen().usable
    settings.SECRET_KEY = "a third one"
    choice = chosen()
    assert not choice.usable
    assert "SECRET_KEY was changed" in choice.problem
    with pytest.raises(NotChosenError, match="Buttondown is not set up: its key"):
        choice.tool()


@pytest.mark.any_database
def test_the_environment_wins(admin: Client, settings: Any) -> None:
    save(admin, api_key=BUTTONDOWN_KEY, from_name="From the editor")
    settings.NEWSLETTER_TOOL, settings.NEWSLETTER_API_KEY = "mailchimp", MAILCHIMP_KEY
    choice = chosen()
    assert (choice.provider, choice.from_name) == (Provider.MAILCHIMP, "From the editor")
    assert choice.key.reveal() == MAILCHIMP_KEY  # type: ignore[union-attr]
    settings.NEWSLETTER_FROM_NAME = "From the operator"
    page = admin.get(address()).content.decode()
    assert "Set by the operator (NEWSLETTER_API_KEY)." in page
    assert "From the operator" in page
    assert MAILCHIMP_KEY not in page
    # What is fixed can't be changed by a form that sends it all the same.
    save(admin, provider="none", api_key="another-key-of-somebody", from_name="Mine")
    choice = chosen()
    assert (choice.provider, choice.from_name) == (Provider.MAILCHIMP, "From the operator")
    assert choice.key.reveal() == MAILCHIMP_KEY  # type: ignore[union-attr]
    # A key that is stored for one tool is never used with another.
    settings.NEWSLETTER_API_KEY = ""
    assert (chosen().provider, chosen().key) == (Provider.MAILCHIMP, None)


@pytest.mark.any_database
def test_only_administrators_set_it_up(admin: Client, client: Client) -> None:
    for group in ("Writers", "Editors"):
        client.force_login(make_user(group))
        assert client.get(address()).status_code in (302, 403)
        save(client, api_key=BUTTONDOWN_KEY)
        assert MailToolSettings.load().sealed_key == ""
    trusted = make_user("Editors")
    trusted.user_permissions.add(Permission.objects.get(codename="change_mailtoolsettings"))
    client.force_login(trusted)
    save(client, api_key=BUTTONDOWN_KEY)
    assert MailToolSettings.load().sealed_key


@pytest.mark.any_database
def test_no_key_is_logged_or_written_down(
    admin: Client, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = [save(admin, api_key=BUTTONDOWN_KEY), save(admin, api_key="x y"), admin.get(address())]
    stored = MailToolSettings.load()
    written = [
        *(page.content.decode() for page in pages),
        *(str(page.headers) for page in pages),
        serializers.serialize("json", [stored]),
        repr(stored),
        repr(vars(stored)),
        repr(chosen()),
        str(list(ModelLogEntry.objects.values())),
        caplog.text,
        *capsys.readouterr(),
    ]
    assert BUTTONDOWN_KEY not in "\n".join(written)
    assert ModelLogEntry.objects.filter(content_type__model="mailtoolsettings").exists()
