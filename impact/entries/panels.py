"""The editor's panels, in the order in which an entry is written."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.models import Page

from impact.entries.forms import OutcomeForm
from impact.entries.widgets import CountedTextarea
from impact.metrics.measured import MeasuredInlinePanel

ENTRY_COMMUNITY = [FieldRowPanel([FieldPanel("community"), FieldPanel("role")])]
ENTRY_AUTHOR = [FieldPanel("author")]
STORY_OUTCOME = [
    FieldRowPanel(
        [
            FieldPanel("value"),
            FieldPanel("precision"),
            FieldPanel("unit"),
        ]
    ),
    FieldPanel("what"),
    FieldPanel("evidence_url"),
    FieldRowPanel(
        [
            FieldPanel(
                "metric",
                widget=forms.Select,
                help_text=_("Adds up with the same outcome of other stories."),
            ),
            FieldPanel("currency", help_text=_("Only for a currency, for example EUR.")),
        ]
    ),
]

_AT_A_GLANCE = MultiFieldPanel(
    [FieldPanel("summary", widget=CountedTextarea()), FieldPanel("lead_image")],
    heading=_("At a glance"),
    help_text=_("What readers see in the gallery, in feeds and when somebody shares it."),
)
_PEOPLE = MultiFieldPanel(
    [
        InlinePanel(
            "community_links",
            label=_("Community"),
            heading=_("Communities"),
            help_text=_(
                "Whom it is about, and who supported it. Each sees the entry on their own page."
            ),
        ),
        InlinePanel("author_links", label=_("Author"), heading=_("Authors")),
    ],
    heading=_("Who is in it, and who wrote it"),
)
_FILING = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("category", widget=forms.Select), FieldPanel("date")]),
        FieldPanel("tags"),
    ],
    heading=_("Where it belongs"),
    help_text=_("Readers filter the gallery by these. The date decides the yearly roundup."),
)
_OUTCOMES = MultiFieldPanel(
    [
        HelpPanel(
            _(
                "Numbers that the story reports, each with its evidence. Say how exact each one is: "
                "“about 300” is never shown or added up as 300. The value itself may say it, and its "
                "unit: ~300, ≥2000, 12k, $2.2M."
            )
        ),
        MeasuredInlinePanel("outcomes", label=_("Outcome"), form_class=OutcomeForm),
    ],
    heading=_("Outcomes"),
)

ENTRY_CONTENT = [*Page.content_panels, _AT_A_GLANCE, _PEOPLE, _FILING]
STORY_CONTENT = [
    *Page.content_panels,
    _AT_A_GLANCE,
    FieldPanel("body", heading=_("The story")),
    _PEOPLE,
    _FILING,
    _OUTCOMES,
]
LINK_CONTENT = [
    *Page.content_panels,
    MultiFieldPanel(
        [
            FieldPanel(
                "external_url",
                help_text=_("Beginning with https://. The card leads straight there."),
            ),
            FieldPanel("publisher"),
        ],
        heading=_("Where it was published"),
    ),
    _AT_A_GLANCE,
    _PEOPLE,
    _FILING,
]
ENTRY_PROMOTE = [
    MultiFieldPanel([FieldPanel("featured"), FieldPanel("language")], heading=_("In the gallery")),
    MultiFieldPanel(
        [
            FieldPanel("slug"),
            FieldPanel("seo_title"),
            FieldPanel(
                "search_description", help_text=_("Left empty, search engines show the summary.")
            ),
        ],
        heading=_("Address and search engines"),
    ),
]
