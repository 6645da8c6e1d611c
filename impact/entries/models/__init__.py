"""Entry pages: the concrete base that the gallery lists, stories, and featured links."""

from impact.entries.models.base import (
    CommunityRole,
    EntryAuthor,
    EntryCommunity,
    EntryPage,
    EntryTag,
)
from impact.entries.models.link import FeaturedLinkPage
from impact.entries.models.story import StoryOutcome, StoryPage
from impact.entries.models.template import StoryTemplate

__all__ = [
    "CommunityRole",
    "EntryAuthor",
    "EntryCommunity",
    "EntryPage",
    "EntryTag",
    "FeaturedLinkPage",
    "StoryOutcome",
    "StoryPage",
    "StoryTemplate",
]
