"""What the editor is told of a colour that can't be read: in the form, and while it is chosen."""

from math import floor

from django.http import HttpRequest, JsonResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from impact.branding.palette import Refusal, refusals

FIELDS = ("accent", "highlight", "paper")


def sentence(refusal: Refusal) -> str:
    """Say which pair fails, by how much, and what would do."""
    said = _(
        "Too hard to read: %(pair)s. The contrast is %(ratio)s to 1, and %(needed)s to 1 is needed."
        " The nearest colour that passes is %(suggestion)s."
    ) % {
        "pair": refusal.pair.name,
        # Never up: 4.49 is not 4.5.
        "ratio": number_format(floor(refusal.pair.ratio * 10) / 10, 1),
        "needed": number_format(refusal.pair.needed, 1),
        "suggestion": refusal.suggestion,
    }
    if refusal.as_highlight:
        said += " " + _("As the highlight, behind dark text, it would be readable as it is.")
    return said


@require_safe
def colours(request: HttpRequest) -> JsonResponse:
    """Answer what stands against the colours in the query: a sentence and a suggestion for each field."""
    given = {name: request.GET.get(name, "").strip() for name in FIELDS}
    return JsonResponse(
        {
            name: {"message": sentence(refusal), "suggestion": refusal.suggestion}
            for name, refusal in refusals(**given).items()
        }
    )
