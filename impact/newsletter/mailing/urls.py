"""Addresses of the editor's pages of a digest as a mail."""

from django.urls import path

from impact.newsletter.mailing.tool_views import RecipientsView, SendView, ToolView
from impact.newsletter.mailing.views import ExportView, MailView, PreviewView, ProofView

urlpatterns = [
    path("digests/<int:pk>/mail/", MailView.as_view(), name="digest_mail"),
    path("digests/<int:pk>/mail/preview/", PreviewView.as_view(), name="digest_mail_preview"),
    path("digests/<int:pk>/mail/proof/", ProofView.as_view(), name="digest_proof"),
    path("digests/<int:pk>/mail/tool/", ToolView.as_view(), name="digest_tool"),
    path("digests/<int:pk>/mail/send/", SendView.as_view(), name="digest_send"),
    path("digests/<int:pk>/mail/recipients/", RecipientsView.as_view(), name="digest_recipients"),
    path("digests/<int:pk>/mail/<slug:name>/", ExportView.as_view(), name="digest_export"),
]
