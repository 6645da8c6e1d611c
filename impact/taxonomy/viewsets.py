"""How editors keep categories and tags."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.widgets import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.branding.widgets import ColourInput
from impact.taxonomy.forms import TagForm
from impact.taxonomy.models import Category, Tag


class ColourColumn(Column):
    """A colour as a patch beside its code."""

    cell_template_name = "taxonomy/admin/colour_cell.html"


class CategoryViewSet(SnippetViewSet):
    """Categories: dragged into order, coloured, with the number of entries in each."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    ordering = ["sort_order"]
    menu_order = 200
    list_display = [
        "name",
        ColourColumn("colour", label=_("Colour")),
        NumberColumn("entry_count", label=_("Entries"), sort_key="entry_count"),
    ]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=False, classname=""),
        FieldRowPanel(
            [
                FieldPanel(
                    "slug",
                    widget=SlugInput,
                    heading=_("Address"),
                    help_text=_("The name in the gallery’s address. Links break when it changes."),
                ),
                FieldPanel("colour", widget=ColourInput),
            ]
        ),
        FieldPanel("description"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        """Count the entries of each, drafts too, in the same query."""
        return Category.objects.annotate(entry_count=Count("entries"))


class TagViewSet(SnippetViewSet):
    """Tags: found, renamed, deleted; the number of entries shows which are in use."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 400
    list_display = [
        "name",
        Column("slug", label=_("Address"), sort_key="slug"),
        NumberColumn("entry_count", label=_("Entries"), sort_key="entry_count"),
    ]
    list_per_page = 50
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]

    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=_(
                    "“Open Source” and “open-source” are the same tag; this is how it is shown."
                ),
            )
        ],
        base_form_class=TagForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Count the entries of each, drafts too, in the same query."""
        return Tag.objects.annotate(entry_count=Count("entry_items"))
