"""What every page of the editor loads of ours."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def stylesheet() -> SafeString:
    """Return the link to our additions to Wagtail's styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
