"""The editor's own pages of yearly reports: a draft, a year to close, and how much a section holds."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from impact.catalogue.selection import rows
from impact.entries.models import EntryPage
from impact.roundups import composition as plan
from impact.roundups.buttons import draft_button
from impact.roundups.closing import close_year, may_close, reopen_year
from impact.roundups.compare import Comparison, compare, gone, unnamed
from impact.roundups.drafting import YearTakenError, draft_roundup, years_to_report
from impact.roundups.edition import composition_of, edition_of
from impact.roundups.facts import CATEGORY, TAG, Year
from impact.roundups.gather import Held, gather, held_by
from impact.roundups.models import RoundupIndexPage, RoundupPage
from impact.roundups.years import FIRST_YEAR, LAST_YEAR, proposed_year


def edit_url(page: Page) -> str:
    """Return where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def may_add(user: Any) -> bool:
    """Return whether a user may begin a report."""
    index = RoundupIndexPage.objects.first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())


class YearForm(forms.Form):
    """Which year the draft is about."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)


class DraftView(WagtailAdminTemplateMixin, FormView):
    """Asks for the year, and makes the draft of its report; posted to a year's address, it doesn't ask."""

    form_class = YearForm
    template_name = "roundups/admin/draft.html"
    page_title = gettext_lazy("Draft a yearly report")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not begin a report."""
        if not may_add(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Propose the year of the address, or the newest finished one without a report."""
        return {"year": self.kwargs.get("year") or proposed_year()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Take the year from the address where it is there."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "data" in kwargs and "year" in self.kwargs:
            kwargs["data"] = {"year": self.kwargs["year"]}
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the years that have stories, each with its report or the button that drafts it."""
        small = "button button-small button-secondary"
        return {
            **super().get_context_data(**kwargs),
            # What is typed counts, whatever year the address names.
            "action_url": reverse("roundup_draft"),
            "years": [
                {
                    "year": each.year,
                    "count": each.count,
                    "title": each.page.get_admin_display_title(),
                    "edit_url": edit_url(each.page),
                    "is_draft": not each.page.live,
                }
                if each.page
                else {
                    "year": each.year,
                    "count": each.count,
                    "button": draft_button(each.year, small),
                }
                for each in years_to_report()
            ],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the reports."""
        index = RoundupIndexPage.objects.get()
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        return [
            *items,
            {"url": reverse("wagtailadmin_explore", args=[index.pk]), "label": index.title},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: YearForm) -> HttpResponse:
        """Make the draft and open it; where there is a report already, lead to it."""
        try:
            page = draft_roundup(form.cleaned_data["year"], self.request.user)  # type: ignore[arg-type]
        except YearTakenError as error:
            text = format_html(
                '{} <a href="{}">{}</a>',
                _("There is a report for %(year)s already:") % {"year": error.page.year},
                edit_url(error.page),
                error.page.get_admin_display_title(),
            )
            form.add_error("year", text)
            return self.form_invalid(form)
        messages.success(
            self.request, _("“%(title)s” is drafted. Nobody sees it yet.") % {"title": page.title}
        )
        return redirect(edit_url(page))


class YearView(WagtailAdminTemplateMixin, TemplateView):
    """Closes a year, compares a closed one with today, and opens it again."""

    template_name = "roundups/admin/year.html"
    header_icon = "calendar-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page, as it was last edited."""
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(RoundupPage, pk=kwargs["pk"])
        self.latest: RoundupPage = self.page.get_latest_revision_as_object()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not edit the page."""
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Say what it is about."""
        return _("The year %(year)s") % {"year": self.latest.year}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the page."""
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        title = self.page.get_admin_display_title()
        return [
            *items,
            {"url": edit_url(self.page), "label": title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state of the year, and what would change."""
        edition = edition_of(self.latest)
        composition = composition_of(self.latest)
        today = gather(self.latest.year, composition).year
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "closed": edition.closed,
            "damaged": bool(self.latest.snapshot) and edition.closed is None,
            "gone": edition.shown.gone,
            "today": today,
            "comparison": compared(edition.year, today, composition.charts)
            if edition.closed
            else None,
            "may_close": may_close(self.page, self.request.user),  # type: ignore[arg-type]
            "edit_url": edit_url(self.page),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close the year, or open it again."""
        user: Any = request.user
        if not may_close(self.page, user):
            raise PermissionDenied
        year = self.latest.year
        match request.POST.get("action"):
            case "close":
                close_year(self.page, user)
                text = _("%(year)s is closed: the report stays as it is now.") % {"year": year}
            case "reopen":
                reopen_year(self.page, user)
                text = _("%(year)s is open again: the report follows the gallery.") % {"year": year}
            case _unknown:
                return redirect(request.path)
        messages.success(request, text)
        return redirect(edit_url(self.page))


def compared(then: Year, now: Year, charts: Iterable[int | None]) -> Comparison:
    """Return what has changed since a year was closed, with the titles of all entries that are left."""
    missing = EntryPage.objects.filter(pk__in=unnamed(then, now))
    elsewhere = {row.entry_id: row.date.year for row in rows(sorted(gone(then, now)))}
    return compare(then, now, dict(missing.values_list("pk", "title")), charts, elsewhere)


class CountView(View):
    """Says how much a section holds, with the choices of the form as they are now.

    `?category=` or `?tag=` names what it is about, `?except=` several times the categories of the other
    sections where it is about neither; `first`, `left_out` and `limit` are what editors chose in it.
    """

    def get(self, request: HttpRequest, year: int) -> JsonResponse:
        """Return the numbers and a sentence."""
        if not may_add(request.user):
            raise PermissionDenied
        elsewhere = [key for each in request.GET.getlist("except") if (key := plan.key(each))]
        held = held_by(year, asked_section(request.GET), elsewhere)
        return JsonResponse({**asdict(held), "text": told(held, year)})


def asked_section(asked: QueryDict) -> plan.PlannedSection:
    """Return the section that a question is about, read as a stored one is."""
    kind = next((kind for kind, facet in plan.KINDS.items() if facet in asked), "other_section")
    value = {
        **{facet: asked.get(facet) for facet in (CATEGORY, TAG)},
        **{name: asked.getlist(name) for name in ("first", "left_out")},
        "limit": asked.get("limit"),
    }
    [section] = plan.read([{"type": kind, "value": value}]).sections
    return section


def told(held: Held, year: int) -> str:
    """Return what a section holds as a sentence."""
    text = ngettext("%(count)d story of %(year)d", "%(count)d stories of %(year)d", held.count) % {
        "count": held.count,
        "year": year,
    }
    if held.count:
        text = _("%(stories)s, %(shown)d shown here.") % {"stories": text, "shown": held.shown}
    if held.strangers:
        others = ngettext(
            "%(count)d chosen story is not among them, and passed over.",
            "%(count)d chosen stories are not among them, and passed over.",
            held.strangers,
        )
        text = f"{text} {others % {'count': held.strangers}}"
    return text
