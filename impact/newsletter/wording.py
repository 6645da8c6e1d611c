"""What the editor is told of digests, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.newsletter.proposal import Proposal


def summary_of(proposal: Proposal) -> str:
    """Say how much a digest would hold: “11 stories, 3 featured links; 2 published late”."""
    stories, links, late = (
        len(found) for found in (proposal.stories, proposal.links, proposal.late)
    )
    told = []
    if stories:
        told.append(ngettext("%(count)d story", "%(count)d stories", stories) % {"count": stories})
    if links:
        told.append(
            ngettext("%(count)d featured link", "%(count)d featured links", links)
            % {"count": links}
        )
    if not told:
        return _("Nothing that was not sent before")
    text = ", ".join(told)
    if not late:
        return text
    after = ngettext("%(count)d published late", "%(count)d published late", late)
    return f"{text}; {after % {'count': late}}"
