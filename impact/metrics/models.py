"""Figures that the organisation reports: what is counted, and each reading of it."""

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from impact.pages.slugs import SlugFromName


class Unit(models.TextChoices):
    """What a value is a number of."""

    COUNT = "count", _("Count")
    PEOPLE = "people", _("People")
    CURRENCY = "currency", _("Currency")
    PERCENT = "percent", _("Percent")
    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    KILOMETRES = "kilometres", _("Kilometres")
    TERABYTES = "terabytes", _("Terabytes")


class Precision(models.TextChoices):
    """How exactly a value is known; shown with it and never lost."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at-least", _("at least")
    AT_MOST = "at-most", _("at most")


class Direction(models.TextChoices):
    """Whether more is better."""

    UP = "up", _("Up is good")
    DOWN = "down", _("Down is good")
    NEITHER = "neither", _("Neither")


currency_code = RegexValidator(r"^[A-Z]{3}$", _("Three letters, for example EUR."))


def currency_fault(unit: str, currency: str) -> str:
    """Return what is wrong with the currency of a unit; empty where nothing is."""
    if (unit == Unit.CURRENCY) != bool(currency):
        return gettext("Give a currency code if, and only if, the unit is a currency.")
    if currency and currency not in list_currencies():
        return gettext("There is no currency with this code.")
    return ""


class Measured(models.Model):
    """A value with its unit and precision, as stories and readings report it."""

    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    precision = models.CharField(
        _("precision"), max_length=10, choices=Precision, default=Precision.EXACT
    )

    class Meta:
        abstract = True


class Metric(SlugFromName, index.Indexed, ClusterableModel, Orderable):
    """Something that is counted year after year."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.COUNT)
    currency = models.CharField(
        _("currency code"), max_length=3, blank=True, validators=[currency_code]
    )
    description = models.TextField(
        _("what it counts"), blank=True, help_text=_("One sentence, shown below the figure.")
    )
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.UP
    )
    headline = models.BooleanField(
        _("headline"), default=False, help_text=_("Stands on the home page, and first in roundups.")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A currency has a code that there is, anything else has none."""
        super().clean()
        if fault := currency_fault(self.unit, self.currency):
            raise ValidationError({"currency": fault})


class Reading(Measured):
    """What a metric was on a day or over a period, for a community or the whole organisation."""

    metric = ParentalKey(
        Metric, on_delete=models.CASCADE, related_name="readings", verbose_name=_("metric")
    )
    period_start = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty for a value on one day.")
    )
    date = models.DateField(_("date, or end of the period"))
    community = models.ForeignKey(
        "communities.CommunityPage",
        verbose_name=_("community"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="readings",
        help_text=_("Empty for the whole organisation."),
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        ordering = ["-date"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [models.Index(fields=["metric", "community", "date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "community", "date"],
                condition=models.Q(community__isnull=False),
                name="one_reading_a_day_for_a_community",
            ),
            models.UniqueConstraint(
                fields=["metric", "date"],
                condition=models.Q(community__isnull=True),
                name="one_reading_a_day_for_the_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id}: {self.value} ({self.date})"

    def clean(self) -> None:
        """A period begins before it ends."""
        super().clean()
        if self.period_start and self.date and self.period_start > self.date:
            raise ValidationError({"period_start": _("The period begins after it ends.")})
