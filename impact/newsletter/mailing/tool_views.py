"""What the editor asks of the mail tool, and the page that asks back before something is sent."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail_newsletter.models import NewsletterRecipients

from impact.blocks.references import number_of
from impact.newsletter.mailing.letters import TARGETS, Letter, letter_of
from impact.newsletter.mailing.views import OfDigest, edit_url, recipients_of
from impact.newsletter.models import Delivery, DeliveryAction, DeliveryState
from impact.newsletter.sending import may_send
from impact.newsletter.tools.choice import Choice, Provider, chosen
from impact.newsletter.tools.deliveries import NotNowError, Order, deliver, settle, standing
from impact.newsletter.tools.errors import ToolError


class OfSender(OfDigest):
    """A view for those who may send the digest."""

    def is_allowed(self, user: Any) -> bool:
        """Return whether a user may."""
        return may_send(self.page, user)

    def recipients(self, asked: Any) -> NewsletterRecipients | None:
        """Return the recipients that a form names."""
        key = number_of(asked)
        return NewsletterRecipients.objects.filter(pk=key).first() if key is not None else None


class ToolView(OfSender, View):
    """Asks the mail tool for one thing: `action` is `draft`, `test`, `send` or `settle`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and say what came of it."""
        choice, asked = chosen(), request.POST.get("action", "")
        try:
            if asked == "settle":
                messages.info(request, settle(self.page, choice, request.user))  # type: ignore[arg-type]
            elif asked in DeliveryAction.values:
                self._deliver(request, choice, DeliveryAction(asked))
        except NotNowError as error:
            messages.warning(request, str(error))
        except ToolError as error:
            messages.error(request, str(error))
        return self.back()

    def _deliver(self, request: HttpRequest, choice: Choice, action: DeliveryAction) -> None:
        given = request.POST
        if given.get("revision") != str(self.page.latest_revision_id or ""):
            raise NotNowError(
                _("The digest has been edited meanwhile. This is what it says now: look again.")
            )
        recipients = self.recipients(given.get("recipients"))
        self._check(action, choice, recipients)
        user: Any = request.user
        revision = self.page.latest_revision or self.page.save_revision(user=user)
        latest = revision.as_object()
        letter = Letter(latest, latest.contents(request), TARGETS[choice.provider])
        order = Order(
            self.page,
            revision,
            action,
            decision=number_of(given.get("decision")) or 0,
            user=user,
            subject=letter.subject,
            recipients=recipients,
            again=bool(given.get("again")),
        )
        # Before anything goes out: the mail leads to the page.
        if action == DeliveryAction.SEND and _hidden(self):
            choice.tool()
            revision.publish(user=user)
        _tell(request, deliver(order, choice, letter.digest), choice, letter)

    def _check(
        self, action: DeliveryAction, choice: Choice, recipients: NewsletterRecipients | None
    ) -> None:
        """Refuse what can't go well, before anything is asked of the tool."""
        if action == DeliveryAction.TEST and not self.request.user.email:  # type: ignore[union-attr]
            raise NotNowError(
                _("Your account has no email address. Give one in your account first.")
            )
        if choice.provider != Provider.MAILCHIMP:
            return
        if not choice.reply_to:
            raise NotNowError(
                _("Mailchimp needs a reply address. Give one in Settings → Mail tool.")
            )
        if action == DeliveryAction.SEND and recipients is None:
            raise NotNowError(_("Choose the recipients first. Nothing was sent."))


def _hidden(view: OfDigest) -> bool:
    """Return whether readers see the digest otherwise on the site, or not at all."""
    return not view.page.live or view.page.has_unpublished_changes


def _tell(request: HttpRequest, delivery: Delivery, choice: Choice, letter: Letter) -> None:
    """Say what came of a delivery, and what to do about it."""
    said = {"tool": choice.name, "title": letter.page.title, "to": request.user.email}  # type: ignore[union-attr]
    if delivery.state != DeliveryState.DONE:
        kept = _("The digest is as it was; you can also copy it below.")
        messages.error(request, f"{delivery.message} {kept}")
        return
    match delivery.action:
        case DeliveryAction.SEND:
            text = _("%(tool)s is sending “%(title)s”. It is marked as sent.")
        case DeliveryAction.TEST:
            text = _("%(tool)s sends a test to %(to)s.")
        case _draft:
            text = _("The draft in %(tool)s says what the digest says.")
    messages.success(request, text % said)


class SendView(OfSender, WagtailAdminTemplateMixin, TemplateView):
    """Asks whether the digest is really to go out now, and to whom."""

    template_name = "newsletter/admin/send.html"
    header_icon = "mail"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, where there is something to be asked."""
        choice = chosen()
        if not choice.usable or standing(self.page, choice.provider).open_question:
            return self.back()
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Say what it is about."""
        return _("Send “%(title)s”") % {"title": self.page.get_admin_display_title()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the mail."""
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        title = self.page.get_admin_display_title()
        return [
            *items,
            {"url": edit_url(self.page), "label": title},
            {"url": self.back().headers["Location"], "label": _("Mail")},
            {"url": "", "label": _("Send")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would go out."""
        choice = chosen()
        place = standing(self.page, choice.provider)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "choice": choice,
            "place": place,
            "letter": letter_of(self.page, self.request, choice.provider),
            "unpublished": _hidden(self),
            "decision": place.decision(DeliveryAction.SEND),
            "revision": self.page.latest_revision_id or "",
            "recipients": recipients_of(self.page, choice),
        }


class RecipientsView(OfSender, View):
    """Says how many people a mail would go to; asked by the page once it is there, as a tool may be slow."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Return the number and a sentence; the sentence alone where the tool has no answer."""
        choice = chosen()
        if not choice.usable:
            raise PermissionDenied
        asked = self.recipients(request.GET.get("recipients"))
        try:
            number = choice.tool().count(asked)
        except ToolError as error:
            return JsonResponse({"number": None, "text": str(error)})
        if number is None:
            text = _("%(tool)s does not say how many people that is.") % {"tool": choice.name}
        else:
            text = ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
        return JsonResponse({"number": number, "text": text})
