"""The editor's form of a redirect, which takes a path of this site as the target.

Wagtail's own asks for a complete URL. Redirects to a filtered gallery hold a path, so that they are
right on every host that the site ever has.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm


class TargetField(URLOrAbsolutePathField):
    """A URL, or a path of this site; nothing is no error."""

    def to_python(self, value: str | None) -> str:
        """Read what was entered, or not even sent."""
        text: str = super().to_python(value or "")
        return text


class LocalRedirectForm(RedirectForm):
    """A redirect to a page, to a path of this site, or to another site."""

    redirect_link = TargetField(
        label=_("Redirect to any URL"),
        help_text=_("On this site without its host: /impact/?category=research"),
        required=False,
        max_length=255,
    )

    def _get_validation_exclusions(self) -> set[str]:
        """The field above has validated the target; the model would ask for a complete URL again."""
        return {*super()._get_validation_exclusions(), "redirect_link"}


add_redirect = views.CreateView.as_view(form_class=LocalRedirectForm)
edit_redirect = views.EditView.as_view(form_class=LocalRedirectForm)
