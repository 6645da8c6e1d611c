"""What the editor says when a page can't be published from where there is no form to show the reason.

Approving from the dashboard and publishing many pages at once validate the page deep inside Wagtail and
would answer with a server error.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from impact.pages.security import ADMIN_PREFIX


class PageNotReadyError(ValidationError):
    """A page that can't be published yet; carries the page."""

    def __init__(self, page: Model, error: ValidationError) -> None:
        super().__init__(error)
        self.page = page

    def sentence(self) -> str:
        """Say which page, and what each field lacks."""
        reasons = "; ".join(
            f"{self._name(field)}: {' '.join(texts)}"
            if field != NON_FIELD_ERRORS
            else " ".join(texts)
            for field, texts in self.message_dict.items()
        )
        return _("“%(page)s” can’t be published yet. %(reasons)s") % {
            "page": self.page,
            "reasons": reasons,
        }

    def _name(self, field: str) -> str:
        try:
            name = str(self.page._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        except (FieldDoesNotExist, AttributeError):
            name = field
        return name[:1].upper() + name[1:]


class RefusalMiddleware(MiddlewareMixin):
    """Turns a page that isn't ready into a message in the editor."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what is missing and go back to where the editor came from."""
        if not isinstance(exception, PageNotReadyError) or not request.path.startswith(
            ADMIN_PREFIX
        ):
            return None
        messages.error(request, exception.sentence())
        return redirect(self._origin(request))

    def _origin(self, request: HttpRequest) -> str:
        wanted: Any = request.GET.get("next") or request.META.get("HTTP_REFERER", "")
        allowed = {request.get_host()}
        if wanted and url_has_allowed_host_and_scheme(
            wanted, allowed, settings.SECURE_SSL_REDIRECT
        ):
            return str(wanted)
        return reverse("wagtailadmin_home")
