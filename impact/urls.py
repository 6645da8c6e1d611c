"""Addresses: health, crawlers, the editor, and everything else by Wagtail's page tree."""

from django.conf import settings
from django.conf.urls.static import static
from django.http import Http404
from django.urls import include, path
from django.views.defaults import page_not_found
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from impact.blocks.views import AddressView
from impact.branding.views import favicon, icon_png, icon_svg, manifest
from impact.demo.components import components
from impact.editorial.redirects import add_redirect, edit_redirect
from impact.gallery.views import search, suggest
from impact.media.views import rendition, uploaded
from impact.pages.crawlers import robots
from impact.pages.errors import server_error
from impact.pages.health import ReadyView, live
from impact.pages.sharing.views import share
from impact.pages.sitemap import sitemap
from impact.taxonomy.theme import theme

handler500 = "impact.pages.errors.server_error"

urlpatterns = [
    # Before Wagtail's own view of the same address: it keeps query and fragment of internal links.
    path(
        "admin/choose-external-link/",
        require_admin_access(AddressView.as_view()),
        name="choose_address",
    ),
    # Also before Wagtail's own: these take a path of this site as the target.
    path("admin/redirects/add/", require_admin_access(add_redirect)),
    path("admin/redirects/<int:redirect_id>/", require_admin_access(edit_redirect)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("pictures/<str:signature>/<int:image_id>/<str:filter_spec>/", rendition, name="rendition"),
    path("share/<int:page_id>/<slug:digest>.jpg", share, name="share_image"),
    path("theme.css", theme, name="theme"),
    path("favicon.ico", favicon, name="favicon"),
    path("icon.svg", icon_svg, name="icon_svg"),
    path("icon-<int:size>.png", icon_png, name="icon"),
    path("site.webmanifest", manifest, name="manifest"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("search/", search, name="search"),
    path("search/suggestions/", suggest, name="suggestions"),
    path("healthz/live/", live, name="live"),
    path("healthz/ready/", ReadyView.as_view(), name="ready"),
]

if settings.DEBUG:
    # What is hidden by Django's own pages of errors while it debugs.
    urlpatterns += [
        path("_components/", components, name="components"),
        path("_components/404/", page_not_found, {"exception": Http404()}),
        path("_components/500/", server_error),
    ]
    urlpatterns += static(settings.MEDIA_URL, view=uploaded)

urlpatterns += [path("", include(wagtail_urls))]
