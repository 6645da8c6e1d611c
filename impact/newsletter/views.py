"""The editor's own pages of digests: what a new one would hold, and whether one was sent."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from impact.blocks.references import number_of
from impact.catalogue.selection import readable
from impact.newsletter.assembly import LONGEST_LEAD, tell
from impact.newsletter.buttons import may_draft
from impact.newsletter.drafting import digests_of, draft_digest, unsent_in
from impact.newsletter.forms import PeriodForm
from impact.newsletter.models import DigestPage, NewsletterIndexPage, SendingManner
from impact.newsletter.proposal import MOST_LINES, propose, proposed_period
from impact.newsletter.sending import mark_sent, may_send, unmark_sent
from impact.newsletter.sentences import sentence_of, shortened
from impact.newsletter.wording import summary_of


def edit_url(page: Page) -> str:
    """Return where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _links(pages: Iterable[Page]) -> list[dict[str, str]]:
    return [{"title": page.get_admin_display_title(), "url": edit_url(page)} for page in pages]


class DigestsView(View):
    """Leads to the list of digests, wherever it stands among the pages."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead there."""
        return redirect("wagtailadmin_explore", get_object_or_404(NewsletterIndexPage).pk)


class DraftView(WagtailAdminTemplateMixin, FormView):
    """Asks for the days, shows what a digest of them would hold, and makes its draft."""

    form_class = PeriodForm
    template_name = "newsletter/admin/draft.html"
    page_title = gettext_lazy("New digest")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not begin a digest."""
        if not may_draft(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Read the days from what was sent, or from the address; else propose some."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "data" not in kwargs:
            period = proposed_period()
            asked = {name: self.request.GET.get(name) for name in ("since", "until")}
            proposed = {"since": period.since, "until": period.until}
            kwargs["data"] = {name: asked[name] or proposed[name] for name in proposed}
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the digest would hold, and the digests of the same days that there are."""
        context = super().get_context_data(**kwargs)
        period = context["form"].period
        proposal = propose(period) if period else None
        return {
            **context,
            "action_url": reverse("digest_draft"),
            "media": context["form"].media,
            "proposal": proposal,
            "summary": summary_of(proposal) if proposal else "",
            "same": _links(digests_of(period)) if period else [],
            "unsent": _links(unsent_in(period)) if period else [],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the digests."""
        index = NewsletterIndexPage.objects.get()
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        return [
            *items,
            {"url": reverse("wagtailadmin_explore", args=[index.pk]), "label": index.title},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: PeriodForm) -> HttpResponse:
        """Show what the days hold, or make the draft and open it.

        A second draft of the same days is made when it is asked for as one: a form that is sent twice in
        haste makes one draft.
        """
        period = form.period
        action = self.request.POST.get("action")
        is_asked = action == "another" or (action == "draft" and period and not digests_of(period))
        if period is None or not is_asked:
            return self.render_to_response(self.get_context_data(form=form))
        page = draft_digest(period, self.request.user)  # type: ignore[arg-type]
        messages.success(
            self.request, _("“%(title)s” is drafted. Nobody sees it yet.") % {"title": page.title}
        )
        return redirect(edit_url(page))


class SendingView(WagtailAdminTemplateMixin, TemplateView):
    """Records that a digest was sent, shows what was recorded, and takes it back."""

    template_name = "newsletter/admin/sending.html"
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page."""
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(DigestPage, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not send the digest."""
        if not may_send(self.page, request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Say what it is about."""
        return _("Sending “%(title)s”") % {"title": self.page.get_admin_display_title()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the page."""
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        title = self.page.get_admin_display_title()
        return [
            *items,
            {"url": edit_url(self.page), "label": title},
            {"url": "", "label": _("Sending")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was recorded, or what would be."""
        sendings = list(self.page.sendings.prefetch_related("entries").select_related("sent_by"))
        told = None if sendings else tell(self.page.get_latest_revision_as_object())
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "sendings": sendings,
            "lines": told.lines if told else (),
            "revision": self.page.latest_revision_id or "",
            "unpublished": not self.page.live or self.page.has_unpublished_changes,
            "edit_url": edit_url(self.page),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record it, or take it back."""
        done = {"mark": self._mark, "unmark": self._unmark}.get(request.POST.get("action", ""))
        if done is None or not done(request):
            return self.get(request, *args, **kwargs)
        return redirect(edit_url(self.page))

    def _mark(self, request: HttpRequest) -> bool:
        """Record the revision that was looked at, and publish it where that was asked for."""
        if request.POST.get("revision") != str(self.page.latest_revision_id or ""):
            text = _("The digest has been edited meanwhile. This is what it says now: look again.")
            messages.warning(request, text)
            return False
        user: Any = request.user
        with transaction.atomic():
            revision = self.page.latest_revision or self.page.save_revision(user=user)
            if request.POST.get("publish"):
                revision.publish(user=user)
            mark_sent(self.page, revision, user, SendingManner.HAND)
        text = _("“%(title)s” is marked as sent. Its entries are not proposed again.")
        messages.success(request, text % {"title": self.page.get_admin_display_title()})
        return True

    def _unmark(self, request: HttpRequest) -> bool:
        """Forget it, where the editor has confirmed that they know what follows."""
        if not request.POST.get("confirm"):
            messages.error(request, _("Nothing has changed: tick the box to confirm."))
            return False
        unmark_sent(self.page, request.user)  # type: ignore[arg-type]
        text = _("“%(title)s” is not marked as sent any more. Its entries are proposed again.")
        messages.success(request, text % {"title": self.page.get_admin_display_title()})
        return True


class LinesView(View):
    """Says what entries are called by themselves, for the empty fields of their lines.

    `?entry=` several times; an entry that nobody can read is left out.
    """

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return title, sentence and summary by key."""
        if not may_draft(request.user):
            raise PermissionDenied
        asked = (number_of(each) for each in request.GET.getlist("entry")[:MOST_LINES])
        return JsonResponse(
            {
                row.pk: {
                    "title": row.title,
                    "sentence": sentence_of(row.summary),
                    "summary": shortened(row.summary, LONGEST_LEAD),
                }
                for row in readable(key for key in asked if key is not None)
            }
        )
