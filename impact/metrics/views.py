"""What editors do with readings as files: upload, look at what would happen, agree; download."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from impact.metrics.exchange.columns import COLUMNS
from impact.metrics.exchange.exports import BYTE_ORDER_MARK, export_readings
from impact.metrics.exchange.imports import OutdatedPlanError, import_readings
from impact.metrics.exchange.plan import Plan, plan
from impact.metrics.exchange.table import MAX_BYTES
from impact.metrics.models import Metric

# Forms may be 2.5 MB; what is sent along for agreeing is compressed and rarely a tenth of that.
_MOST_SENT_ALONG = 2_000_000
_AGREE_WITHIN = 24 * 60 * 60


# What the page says of each column of a file.
COLUMN_HELP = {
    "metric": gettext_lazy("Its short name. Needed."),
    "period_start": gettext_lazy("Where the value is over a period."),
    "date": gettext_lazy("The day, or the end of the period: 2024-12-31. Needed."),
    "value": gettext_lazy("9100, ~9100, ≥2000, $2.2M. Needed."),
    "precision": gettext_lazy("exact, about, at-least or at-most, where the value doesn’t say it."),
    "currency": gettext_lazy("Must be that of the metric, where there is one."),
    "community": gettext_lazy("Its title or address; empty for the whole organisation."),
    "source": gettext_lazy(
        "Shown with the figure. A column that is left out leaves alone what is there."
    ),
    "note": gettext_lazy("Shown with the figure, like its source."),
}


class UploadForm(forms.Form):
    """Takes a CSV file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/tab-separated-values"}),
    )


class ReadingsImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Shows what a file would do; does it once somebody has agreed.

    The file goes along with the page, signed for the person who uploaded it. It is read and checked again
    when they agree, and only carried out if it would still do what they saw.
    """

    model = Metric
    permission_required = "change"
    index_url_name = ""
    export_url_name = ""
    page_title = gettext_lazy("Import readings")
    header_icon = "upload"
    template_name = "metrics/admin/import.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return self._ask(UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what the file would do, or do what was agreed to."""
        if "agreed" in request.POST:
            return self._carry_out(request.POST["agreed"])
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._ask(form)
        # One byte more than may be read, so that a larger file is known by it.
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        return self._show(plan(data), data)

    def get_breadcrumbs_items(self) -> list[Any]:
        """Return the way here, through the list of metrics."""
        metrics = {"url": reverse(self.index_url_name), "label": _("Metrics")}
        return [*self.breadcrumbs_items, metrics, {"url": "", "label": self.page_title}]

    def _ask(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                columns=[(name, COLUMN_HELP[name]) for name in COLUMNS],
                export_url=reverse(self.export_url_name),
                media=form.media,
            )
        )

    def _show(self, found: Plan, data: bytes) -> HttpResponse:
        agreed = ""
        if found.holds and not found.idle:
            agreed = signing.dumps(
                {"file": data.decode("latin-1"), "plan": found.fingerprint},
                salt=self._salt,
                compress=True,
            )
            if len(agreed) > _MOST_SENT_ALONG:
                messages.error(self.request, _("The file is too large for a form. Split it."))
                agreed = ""
        self.template_name = "metrics/admin/import_plan.html"
        return self.render_to_response(self.get_context_data(plan=found, agreed=agreed))

    def _carry_out(self, agreed: str) -> HttpResponse:
        try:
            content = signing.loads(agreed, salt=self._salt, max_age=_AGREE_WITHIN)
        except signing.BadSignature:
            messages.error(self.request, _("Please upload the file again."))
            return self._ask(UploadForm())
        data = content["file"].encode("latin-1")
        try:
            done = import_readings(data, expected=content["plan"], user=self.request.user)
        except OutdatedPlanError as error:
            messages.warning(
                self.request,
                _("Readings have changed meanwhile. This is what the file would do now."),
            )
            return self._show(error.plan, data)
        number = done.counts.get("new", 0) + done.counts.get("changed", 0)
        text = ngettext(
            "%(number)d reading was imported.", "%(number)d readings were imported.", number
        )
        messages.success(self.request, text % {"number": number})
        return redirect(self.index_url_name)

    @property
    def _salt(self) -> str:
        return f"readings-import-{self.request.user.pk}"


class ReadingsExportView(PermissionCheckedMixin, View):
    """All readings, or those of one metric (`?metric=slug`), as a CSV file."""

    model = Metric
    any_permission_required = ["add", "change", "delete", "view"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the file."""
        metric = request.GET.get("metric", "")
        today = timezone.localdate().isoformat()
        name = f"{metric or 'readings'}-{today}.csv"
        return HttpResponse(
            BYTE_ORDER_MARK + export_readings(metric),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(True, name) or ""},
        )
