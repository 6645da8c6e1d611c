"""The editor's page of a digest as a mail: how it looks, what to copy, a proof to oneself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail_newsletter.models import NewsletterRecipients

from impact.newsletter.mail.preview import mail_preview
from impact.newsletter.mailing.letters import FORMATS, Letter, letter_of
from impact.newsletter.mailing.proof import PROOFED, ProofError, has_mail_server, send_proof
from impact.newsletter.models import DeliveryAction, DigestPage
from impact.newsletter.sending import may_send
from impact.newsletter.tools.choice import Choice, Provider, chosen
from impact.newsletter.tools.deliveries import standing, usual_recipients

SCHEMES = ("light", "dark")


def edit_url(page: DigestPage) -> str:
    """Return where a digest is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def asked_for(request: HttpRequest, choice: Choice) -> Provider:
    """Return the tool that an export is for: the one that was asked for, else the one that is set up."""
    asked = request.GET.get("for", "")
    return Provider(asked) if asked in Provider.values else choice.provider


class OfDigest:
    """A view of one digest, for those who may edit it."""

    page: DigestPage
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the digest, and refuse whoever may not do this with it."""
        self.page = get_object_or_404(DigestPage, pk=kwargs["pk"])
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def is_allowed(self, user: Any) -> bool:
        """Return whether a user may."""
        return bool(self.page.permissions_for_user(user).can_edit())

    def back(self) -> HttpResponse:
        """Lead to the page of the mail."""
        return redirect("digest_mail", self.page.pk)


class MailView(OfDigest, WagtailAdminTemplateMixin, TemplateView):
    """Shows a digest as a mail, what to copy, and how it stands at the mail tool. Asks no tool."""

    template_name = "newsletter/admin/mail.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        """Say what it is about."""
        return _("“%(title)s” as a mail") % {"title": self.page.get_admin_display_title()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the digest."""
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        title = self.page.get_admin_display_title()
        return [
            *items,
            {"url": edit_url(self.page), "label": title},
            {"url": "", "label": _("Mail")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the mail, its exports, and what the tool has done."""
        choice = chosen()
        provider = asked_for(self.request, choice)
        letter = letter_of(self.page, self.request, provider)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "letter": letter,
            "unpublished": not self.page.live or self.page.has_unpublished_changes,
            "provider": provider,
            "providers": [
                (Provider.NONE, _("any tool")),
                *((each, each.label) for each in Provider if each != Provider.NONE),
            ],
            "exports": exports_of(letter),
            "edit_url": edit_url(self.page),
            "has_mail_server": has_mail_server(),
            "may_send": may_send(self.page, self.request.user),  # type: ignore[arg-type]
            **self._tool(choice),
        }

    def _tool(self, choice: Choice) -> dict[str, Any]:
        if choice.provider == Provider.NONE:
            return {"choice": choice}
        place = standing(self.page, choice.provider)
        return {
            "choice": choice,
            "place": place,
            "decisions": {each.value: place.decision(each) for each in DeliveryAction},
            "revision": self.page.latest_revision_id or "",
            "recipients": recipients_of(self.page, choice),
        }


def recipients_of(page: DigestPage, choice: Choice) -> dict[str, Any]:
    """Return to whom a digest can go, and to whom it went last."""
    usual = usual_recipients(page, choice.provider)
    return {
        "all": list(NewsletterRecipients.objects.order_by("name")),
        "chosen": usual.pk if usual else None,
        "needed": choice.provider == Provider.MAILCHIMP,
    }


def exports_of(letter: Letter) -> list[dict[str, str]]:
    """Return each export with its name and what it is good for."""
    told = {
        "html": (_("HTML"), _("For a tool that takes the code of a mail.")),
        "text": (_("Plain text"), _("For the part without HTML, or a mail of your own.")),
        "markdown": (_("Markdown"), _("For Buttondown, Ghost and others that take it.")),
    }
    return [
        {"name": name, "label": label, "help": help_text, "content": letter.export(name)}
        for name, (label, help_text) in told.items()
    ]


class PreviewView(OfDigest, View):
    """Shows the mail alone, `?scheme=light` or `dark`."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the document."""
        letter = letter_of(self.page, request, asked_for(request, chosen()))
        scheme = request.GET.get("scheme", "")
        scheme = scheme if scheme in SCHEMES else ""
        return mail_preview(letter.digest, scheme, letter.target)


class ExportView(OfDigest, View):
    """Gives the mail as a file."""

    def get(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Return the file."""
        if name not in FORMATS:
            raise Http404
        letter = letter_of(self.page, request, asked_for(request, chosen()))
        ending, kind = FORMATS[name]
        response = HttpResponse(letter.export(name), content_type=f"{kind}; charset=utf-8")
        filename = f"{self.page.slug}.{ending}".encode("ascii", "ignore").decode()
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class ProofView(OfDigest, View):
    """Sends a proof to the address of the user, and to no other."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it, and say where it went."""
        user: Any = request.user
        letter = letter_of(self.page, request)
        try:
            address = send_proof(letter.subject, letter.digest, user)
        except ProofError as error:
            messages.error(request, str(error))
        else:
            log(self.page, PROOFED, user=user)
            messages.success(request, _("A proof is on its way to %(to)s.") % {"to": address})
        return self.back()
