"""What the editor offers beside Wagtail's own actions on digests and their archive."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from impact.newsletter.models import DigestPage, NewsletterIndexPage
from impact.newsletter.sending import may_send


def may_draft(user: Any) -> bool:
    """Return whether a user may begin a digest."""
    index = NewsletterIndexPage.objects.first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer a draft beside the archive, and the record of its sending beside each digest."""
    yield from _buttons(page, user)


def header_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the same at the head of both pages."""
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    model = page.specific_class
    if model is NewsletterIndexPage and page.permissions_for_user(user).can_add_subpage():
        yield draft_button()
    elif model is DigestPage:
        if page.permissions_for_user(user).can_edit():
            url = reverse("digest_mail", args=[page.pk])
            yield Button(_("Mail: look, copy, send"), url, icon_name="mail", priority=11)
        if may_send(page, user):
            url = reverse("digest_sending", args=[page.pk])
            yield Button(_("Sent or not"), url, icon_name="check", priority=12)


def draft_button(classname: str = "") -> Button:
    """Return the way to what a new digest would hold."""
    icon = "" if classname else "mail"
    return Button(
        _("New digest"), reverse("digest_draft"), classname=classname, icon_name=icon, priority=1
    )


def draft_instead(request: HttpRequest, parent: Page, model: type[Page]) -> HttpResponse | None:
    """Receive `before_create_page`: nobody begins a digest with an empty form."""
    return redirect("digest_draft") if model is DigestPage else None


def nothing_sent(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Receive `after_create_page` and `after_edit_page` before wagtail-newsletter does.

    Its own buttons, which no form shows, would send what has been sent, and fail on any other page.
    """
    if "newsletter-action" in request.POST:
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def editor_script() -> SafeString:
    """Return the script that shows beside the lines of a digest what they say by themselves."""
    return format_html(
        '<script src="{}" data-address="{}" data-leads="{}"></script>',
        static("js/admin/digest-lines.js"),
        reverse("digest_lines"),
        _("leads: stands on top, not here"),
    )
