"""How editors keep the authors."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import NumberColumn
from wagtail.admin.widgets import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.people.models import Author


class AuthorViewSet(SnippetViewSet):
    """Authors, with or without an account."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 300
    list_display = [
        "name",
        "role",
        "account",
        NumberColumn("entry_count", label=_("Entries"), sort_key="entry_count"),
    ]
    list_per_page = 50
    ordering = ["name"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False, classname=""),
        FieldRowPanel(
            [
                FieldPanel("role"),
                FieldPanel(
                    "slug",
                    widget=SlugInput,
                    heading=_("Address"),
                    help_text=_("The name in the gallery’s address. Links break when it changes."),
                ),
            ]
        ),
        FieldPanel("bio"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [
                InlinePanel(
                    "links",
                    label=_("Link"),
                    help_text=_("Where readers find them: a home page, a profile, an address."),
                    panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("url")])],
                )
            ],
            heading=_("Links"),
        ),
        FieldPanel("account"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        """Count the entries of each, drafts too, in the same query."""
        return Author.objects.select_related("account").annotate(
            entry_count=Count("entry_links__page", distinct=True)
        )
