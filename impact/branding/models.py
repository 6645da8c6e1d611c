"""What an organisation sets once for its whole site."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from impact.branding.checking import sentence
from impact.branding.fonts import Fonts
from impact.branding.newsletter import AddressError, Service, form_action
from impact.branding.palette import refusals
from impact.branding.widgets import CheckedColourInput, OptionalColourInput

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give a colour as # and six digits."))


@register_setting(icon="home", order=10)
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """Organisation, looks, navigation and footer of a site."""

    # Read with the settings themselves, which every page needs.
    select_related = ("logo", "logo_dark", "icon")

    organisation = models.CharField(_("organisation"), max_length=120, default="Impact")
    tagline = models.CharField(
        _("tagline"),
        max_length=200,
        blank=True,
        help_text=_("One sentence: what you do and for whom. Feeds and search engines show it."),
    )
    logo = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_dark = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("logo on dark"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0f6e66",
        validators=[hex_colour],
        help_text=_(
            "Links, buttons and the focus ring. The dark theme keeps its hue and sets the lightness itself."
        ),
    )
    highlight = models.CharField(
        _("highlight colour"),
        max_length=7,
        blank=True,
        validators=[hex_colour],
        help_text=_(
            "Behind dark words, as a marker is: featured stories, chosen filters, words that were searched."
            " Left empty, a tint of the accent."
        ),
    )
    paper = models.CharField(
        _("paper colour"),
        max_length=7,
        blank=True,
        validators=[hex_colour],
        help_text=_(
            "The ground of every page; a light tint. The dark theme takes its hue."
            " Left empty, a warm white."
        ),
    )
    fonts = models.CharField(
        _("typefaces"), max_length=20, choices=Fonts.choices, default=Fonts.NEWSREADER
    )
    icon = models.ForeignKey(
        "media.ImpactImage",
        verbose_name=_("icon"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A square sign for browser tabs and home screens."
            " Left empty, the logo where it is about square, else your initial in the accent colour."
        ),
    )
    newsletter_service = models.CharField(
        _("sign-up"), max_length=20, choices=Service.choices, default=Service.LINK
    )
    newsletter_url = models.URLField(
        _("newsletter sign-up"),
        max_length=500,
        blank=True,
        help_text=_(
            "The address of your sign-up page, or the form’s action at the service; shown in the footer"
            " and after stories."
        ),
    )
    newsletter_text = models.CharField(
        _("newsletter invitation"),
        max_length=200,
        blank=True,
        help_text=_("One sentence that says what comes and how often."),
    )
    footer_text = models.TextField(
        _("footer text"), blank=True, help_text=_("Address, registration, thanks.")
    )
    licence_line = models.CharField(
        _("licence line"),
        max_length=200,
        blank=True,
        help_text=_("What others may do with your texts, for example CC BY 4.0."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("organisation"),
                    FieldPanel("tagline"),
                ],
                heading=_("Organisation"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_dark")]),
                    FieldPanel("icon"),
                    FieldPanel("accent", widget=CheckedColourInput),
                    FieldPanel("highlight", widget=OptionalColourInput),
                    FieldPanel("paper", widget=OptionalColourInput),
                    FieldPanel("fonts"),
                ],
                heading=_("Looks"),
            ),
            ObjectList(
                [
                    HelpPanel(_("The links at the top of every page, in this order.")),
                    InlinePanel("navigation", label=_("Link"), heading=_("Navigation")),
                ],
                heading=_("Navigation"),
            ),
            ObjectList(
                [
                    InlinePanel("footer_links", label=_("Link"), heading=_("Footer links")),
                    InlinePanel("social_links", label=_("Profile"), heading=_("Social links")),
                    FieldPanel("footer_text"),
                    FieldPanel("licence_line"),
                    MultiFieldPanel(
                        [
                            FieldPanel("newsletter_service"),
                            FieldPanel("newsletter_url"),
                            FieldPanel("newsletter_text"),
                        ],
                        heading=_("Newsletter"),
                    ),
                ],
                heading=_("Footer"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("site settings")

    def __str__(self) -> str:
        return self.organisation

    def clean(self) -> None:
        """Refuse colours that nobody could read on, and forms that no service answers."""
        super().clean()
        errors: dict[str, Any] = {
            field: sentence(refusal)
            for field, refusal in refusals(self.accent, self.highlight, self.paper).items()
        }
        if self.newsletter_url:
            try:
                form_action(self.newsletter_service, self.newsletter_url)
            except AddressError:
                errors["newsletter_url"] = _(
                    "That is no sign-up of this service. Buttondown: https://buttondown.com/your-name."
                    " Mailchimp: the address in the embedded form, with “list-manage.com”, “u=” and “id=”."
                )
        if errors:
            raise ValidationError(errors)


class PageOrURL(Orderable):
    """A link to a page of this site or to an address elsewhere."""

    label = models.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("Left empty, the title of the page is shown."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.URLField(_("or address"), max_length=500, blank=True)

    panels = [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What the link says."""
        return self.label or (self.page.title if self.page else self.url)

    def clean(self) -> None:
        """Ask for exactly one target, and for a label where nothing else gives one."""
        super().clean()
        errors: dict[str, Any] = {}
        if bool(self.page_id) == bool(self.url):
            errors["page"] = _("Choose a page or give an address, one of the two.")
        if self.url and not self.label:
            errors["label"] = _("An address needs a label.")
        if errors:
            raise ValidationError(errors)


class NavigationLink(PageOrURL):
    """One link at the top of every page."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="navigation")


class FooterLink(PageOrURL):
    """One link at the bottom of every page."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="footer_links")


class SocialLink(Orderable):
    """A profile of the organisation elsewhere."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=60, help_text=_("For example Mastodon."))
    url = models.URLField(_("address"), max_length=500)

    panels = [FieldPanel("name"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.name
