"""Addresses of the editor's own pages of yearly reports."""

from django.urls import path

from impact.roundups.views import CountView, DraftView, YearView

urlpatterns = [
    path("roundups/draft/", DraftView.as_view(), name="roundup_draft"),
    path("roundups/draft/<int:year>/", DraftView.as_view(), name="roundup_draft_year"),
    path("roundups/<int:pk>/year/", YearView.as_view(), name="roundup_year"),
    path("roundups/<int:year>/count/", CountView.as_view(), name="roundup_count"),
]
