"""What the stories about a community report, added up as far as it is alike."""

from django.http import HttpRequest

from impact.catalogue.communities.entries import stories_of
from impact.communities.models import CommunityPage
from impact.entries.outcome_sums import outcome_sums

# Metrics and what several stories report come first; others stand behind "show", as many as anybody reads.
SHOWN = 8
FOLDED = 40


def outcomes_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return the sums of what a community's stories report. One query."""
    if not community.slug:
        return {"sums": []}
    found = outcome_sums(stories_of(community).pks(), request)
    # Nobody opens a fold for a single figure.
    shown = SHOWN if len(found) > SHOWN + 1 else len(found)
    folded = shown + FOLDED
    return {
        "sums": found[:shown],
        "more": found[shown:folded],
        "untold": len(found[folded:]),
    }
