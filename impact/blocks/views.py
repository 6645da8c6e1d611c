"""The editor's form for a link by address, which recognises the pages of this site."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.models import Page, Site

from impact.blocks.addresses import suffix_of, with_suffix


class AddressForm(ExternalLinkChooserForm):
    """An address; says that one of this site may name a part of a page."""

    url = URLOrAbsolutePathField(
        label=_("URL"),
        help_text=_(
            "For a part of a page of this site, paste the page’s address with its #part; "
            "the link then follows the page when it moves."
        ),
    )
    link_text = forms.CharField(label=_("Link text"), required=False)


class AddressView(ExternalLinkView):
    """Turns the address of a page of this site into a link to that page, with query and fragment.

    Wagtail does so too, but asks first and then forgets what comes after the path.
    """

    form_class = AddressForm

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with a page link where the address is a page's own, else as Wagtail does."""
        form = self.form_class(
            request.POST, initial=self.get_initial_data(), prefix=self.form_prefix
        )
        if form.is_valid():
            url = form.cleaned_data["url"]
            page = page_at(url, request) if suffix_of(url) else None
            if page is not None:
                self.form = form
                return self.render_chosen_response(self._page_link(page, url))
        return super().post(request)

    def _page_link(self, page: Page, url: str) -> dict[str, Any]:
        text = self.form.cleaned_data["link_text"].strip()
        return {
            "id": page.pk,
            "parentId": page.get_parent().pk,
            "adminTitle": page.get_admin_display_title(),
            "editUrl": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
            "url": with_suffix(page.url or "", suffix_of(url)),
            "title": text or page.title,
            "prefer_this_title_as_link_text": "link_text" in self.form.changed_data,
        }


def page_at(url: str, request: HttpRequest) -> Page | None:
    """Return the page whose own address this is, on any site that we serve; None for all others."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.netloc:
        sites = [site for site in Site.objects.all() if _netloc(site) == parts.netloc.lower()]
        if not sites and parts.netloc == request.get_host():
            sites = [Site.find_for_request(request)]
    else:
        sites = [Site.find_for_request(request)]
    for site in filter(None, sites):
        page = _route(site, parts.path, request)
        if page is not None:
            return page
    return None


def _netloc(site: Site) -> str:
    """The host of a site as it stands in addresses."""
    return str(site.root_url).split("://", 1)[-1].lower()


def _route(site: Site, path: str, request: HttpRequest) -> Page | None:
    """Return the page at a path; sub-routes of a page and paths of no page give None."""
    try:
        route = site.root_page.specific.route(request, [part for part in path.split("/") if part])
    except Http404:
        return None
    page: Page = route.page
    own = urlsplit(page.get_url(request) or "").path
    return page if own.rstrip("/") == path.rstrip("/") else None
