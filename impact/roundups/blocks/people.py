"""The people of the year: communities, and those who are thanked."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from impact.communities.models import CommunityKind
from impact.roundups.blocks.base import PartBlock, heading, words


class CommunitiesBlock(PartBlock):
    """Communities that are new, and all of whom there are stories."""

    heading = heading()
    text = words()
    new = blocks.BooleanBlock(label=_("Name those that are new"), required=False, default=True)
    active = blocks.BooleanBlock(
        label=_("List all of whom there are stories, with their counts"),
        required=False,
        default=True,
    )
    by_kind = blocks.BooleanBlock(
        label=_("Members, funders and others apart"), required=False, default=True
    )
    only = blocks.ChoiceBlock(
        label=_("Only these"),
        choices=CommunityKind.choices,
        required=False,
        search_index=False,
        help_text=_("For a part about your projects alone, say. Left empty, all of them."),
    )

    class Meta:
        icon = "group"
        label = _("Communities")
        label_format = "{only} {heading}"
        group = _("The year")
        template = "roundups/parts/communities.html"
        description = _("Communities that joined in the year, and all that its stories are about.")


class ThanksBlock(PartBlock):
    """Thanks to those who supported and those who wrote the stories of the year."""

    heading = heading()
    text = words(
        help_text=_("Whom you thank in your own words; supporters of stories follow by themselves.")
    )
    supporters = blocks.BooleanBlock(
        label=_("Name the supporters of the year’s stories"), required=False, default=True
    )
    authors = blocks.BooleanBlock(
        label=_("Name the authors of the year’s stories"), required=False, default=True
    )

    class Meta:
        icon = "group"
        label = _("Thanks")
        label_format = "{heading}"
        group = _("The year")
        template = "roundups/parts/thanks.html"
        description = _(
            "Your thanks, and the names of all who supported or wrote the year’s stories."
        )
