"""Addresses of the editor's own pages of digests."""

from django.urls import path

from impact.newsletter.mailing.urls import urlpatterns as mail
from impact.newsletter.views import DigestsView, DraftView, LinesView, SendingView

urlpatterns = [
    path("digests/", DigestsView.as_view(), name="digests"),
    path("digests/draft/", DraftView.as_view(), name="digest_draft"),
    path("digests/lines/", LinesView.as_view(), name="digest_lines"),
    path("digests/<int:pk>/sending/", SendingView.as_view(), name="digest_sending"),
    *mail,
]
