"""Figures and tables."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from impact.blocks.richtext import INLINE_FEATURES, InlineBlock
from impact.blocks.rules import refuse
from impact.pages.amount_field import AmountField
from impact.pages.amounts import (
    DECIMAL_PLACES,
    MAX_DIGITS,
    Amount,
    AmountError,
    agreed_precision,
)
from impact.pages.quantities import Quantity

# The units and precisions of `metrics`, which lies above this package; a test keeps them equal.
UNITS = {
    "count": _("Count"),
    "people": _("People"),
    "currency": _("Currency"),
    "percent": _("Percent"),
    "hours": _("Hours"),
    "days": _("Days"),
    "kilometres": _("Kilometres"),
    "terabytes": _("Terabytes"),
}
PRECISIONS = {
    "exact": _("exactly"),
    "about": _("about"),
    "at-least": _("at least"),
    "at-most": _("at most"),
}


class KeyFigureValue(blocks.StructValue):
    """A number that knows how it is written."""

    @property
    def quantity(self) -> Quantity | None:
        """The number with its unit and precision; None while it is missing."""
        if self.get("value") is None:
            return None
        return Quantity(
            self["value"],
            self.get("precision") or "exact",
            self.get("unit") or "count",
            self.get("currency") or "",
        )


class AmountBlock(blocks.DecimalBlock):
    """A number as people write it, kept as a number; what else the text says is for the block around it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, **kwargs)
        self.number = self.field
        self.field = AmountField(
            required=self.number.required, help_text=self.number.help_text, max_length=60
        )

    def clean(self, value: Any) -> Amount | None:
        """Return what was written; a number that has been read already is no text to be read again."""
        if isinstance(value, Decimal):
            return Amount(self.number.clean(value))
        found: Amount | None = self.field.clean(value)
        return found


class KeyFigureBlock(blocks.StructBlock):
    """One number with what it counts and where it comes from."""

    value = AmountBlock(
        label=_("Value"),
        help_text=_("It may say how exact it is, and its unit: ~9100, ≥2000, $2.2M."),
    )
    precision = blocks.ChoiceBlock(
        label=_("How exactly it is known"),
        choices=list(PRECISIONS.items()),
        default="exact",
        search_index=False,
    )
    unit = blocks.ChoiceBlock(
        label=_("Unit"), choices=list(UNITS.items()), default="count", search_index=False
    )
    currency = blocks.CharBlock(
        label=_("Currency code"),
        required=False,
        max_length=3,
        search_index=False,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three letters, for example EUR."))],
        help_text=_("Only for a currency, for example EUR."),
    )
    label = blocks.CharBlock(
        label=_("What it counts"),
        max_length=160,
        help_text=_("For example: households that read the level every morning."),
    )
    source_url = blocks.URLBlock(
        label=_("Source"),
        required=False,
        max_length=500,
        help_text=_("Where the number comes from; shown as a link below it."),
    )

    class Meta:
        icon = "order"
        label = _("Key figure")
        label_format = "{value} {label}"
        group = _("Highlights")
        template = "blocks/key_figure.html"
        value_class = KeyFigureValue
        description = _("A number in large type, with what it counts and its source.")
        preview_value = {
            "value": Decimal(40),
            "precision": "at-least",
            "unit": "people",
            "currency": "",
            "label": _("households read the level every morning"),
            "source_url": "https://example.org/readings",
        }

    def clean(self, value: Any) -> Any:
        """Take what the number says of itself; a currency has a code, anything else has none."""
        value = super().clean(value)
        amount: Amount | None = value["value"]
        value["value"] = amount.value if amount else None
        if amount:
            self._take_over(amount, value)
        if self.is_deferred_validation:
            return value
        if (value["unit"] == "currency") != bool(value["currency"]):
            refuse(
                {
                    "currency": ValidationError(
                        _("Give a currency code if, and only if, the unit is a currency.")
                    )
                }
            )
        return value

    def _take_over(self, amount: Amount, value: Any) -> None:
        """Complete precision, unit and currency: what a new block offers unasked is no choice."""
        chosen = value["precision"]
        try:
            value["precision"] = agreed_precision(amount, "" if chosen == "exact" else chosen)
        except AmountError as error:
            refuse({"value": ValidationError(str(error))})
        if amount.unit and value["unit"] == "count":
            value["unit"] = amount.unit
        if amount.currencies and not value["currency"]:
            if len(amount.currencies) > 1:
                # A draft may wait for the code; it can't be published without one.
                if self.is_deferred_validation:
                    return
                codes = ", ".join(amount.currencies[:3])
                reason = _("Several currencies have this sign (%(codes)s, …). Give the code.")
                refuse({"currency": ValidationError(reason % {"codes": codes})})
            value["currency"] = amount.currencies[0]
        if not amount.fits(value["unit"], value["currency"]):
            refuse({"value": ValidationError(_("The number says another unit."))})


class TableValue(blocks.StructValue):
    """A table; its caption may stand in either place that the editor offers."""

    @property
    def name(self) -> str:
        """The caption, which also names the table's scroll region."""
        table: TypedTable | None = self.get("table")
        return self.get("caption") or (table.caption if table else "") or ""

    @property
    def has_headings(self) -> bool:
        """Whether any column has a heading."""
        table: TypedTable | None = self.get("table")
        return table is not None and any(column["heading"] for column in table.columns)


class TableBlock(blocks.StructBlock):
    """Rows and columns."""

    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        max_length=255,
        help_text=_("What the table shows; stands above it and is read aloud."),
    )
    table = TypedTableBlock(
        [
            ("text", InlineBlock(label=_("Text"), required=False, features=INLINE_FEATURES)),
            ("number", blocks.CharBlock(label=_("Number"), required=False, max_length=120)),
        ],
        label=_("Table"),
    )
    row_headers = blocks.BooleanBlock(
        label=_("The first column says what each row is about"), required=False
    )

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"
        group = _("Lists and tables")
        template = "blocks/table.html"
        value_class = TableValue
        description = _("A table with headings; numbers stand right-aligned below each other.")
        preview_value = {
            "caption": _("Readings by season"),
            "table": {
                "columns": [
                    {"type": "text", "heading": "Season"},
                    {"type": "number", "heading": "Readings"},
                    {"type": "number", "heading": "Households"},
                ],
                "rows": [
                    {"values": ["<p>Spring</p>", "1,204", "31"]},
                    {"values": ["<p>Summer</p>", "986", "38"]},
                    {"values": ["<p>Autumn</p>", "1,377", "40"]},
                ],
                "caption": "",
            },
            "row_headers": True,
        }

    def clean(self, value: Any) -> Any:
        """A table has at least one column and one row; its caption stands in one place."""
        value = super().clean(value)
        table: TypedTable = value["table"]
        value["caption"], table.caption = value.name, ""
        if not self.is_deferred_validation and not (table.columns and table.row_data):
            refuse({"table": ValidationError(_("Add at least one column and one row."))})
        return value
