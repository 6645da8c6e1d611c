"""The panels of a digest in the editor: whether it was sent, what can't be shown, what it leaves out."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from impact.catalogue.selection import readable
from impact.newsletter.composition import Composition, read
from impact.newsletter.periods import Period

if TYPE_CHECKING:
    from impact.newsletter.models import DigestPage


class SavedPanel(Panel):
    """A panel of a digest that has been saved."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one digest."""

        def is_shown(self) -> bool:
            """There is nothing to say before there are days to say it of."""
            page = self.instance
            return bool(super().is_shown() and page.pk and page.since and page.until)


class DigestPanel(SavedPanel):
    """Says what the editor has to know before and after a digest is sent."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel of one digest."""

        template_name = "newsletter/admin/digest_panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Any:
            """Add the state of the digest."""
            from impact.newsletter.aftermath import aftermath
            from impact.newsletter.sending import may_send

            context = super().get_context_data(parent_context)
            page = self.instance
            composition = read(page.body.raw_data)
            sending = page.sendings.first()
            return {
                **context,
                "sending": sending,
                "mail_url": reverse("digest_mail", args=[page.pk]),
                "sending_url": reverse("digest_sending", args=[page.pk]),
                "may_send": may_send(page, self.request.user),
                "aftermath": aftermath(page, sending) if sending else None,
                "missing": missing_of(page, composition),
                "sent_before": [] if sending else sent_before(page, composition),
            }


class LeftOutPanel(SavedPanel):
    """Shows what is proposed and left out, until the digest is sent; each can be put back."""

    class BoundPanel(SavedPanel.BoundPanel):
        """The panel of one digest."""

        template_name = "newsletter/admin/left_out_panel.html"

        def is_shown(self) -> bool:
            """A digest that was sent leaves nothing out any more."""
            return super().is_shown() and not self.instance.sendings.exists()

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Any:
            """Add all that is proposed: what the editor takes out shows at once."""
            page = self.instance
            proposed = proposed_for(page, read(page.body.raw_data))
            return {
                **super().get_context_data(parent_context),
                "proposed": proposed,
                "left_out": any(not each.here for each in proposed),
            }


@dataclass(frozen=True)
class Proposed:
    """An entry that the digest may hold; `state` is the line that the editor's browser adds, as JSON."""

    key: int
    title: str
    heading: str
    state: str
    # Whether it stands in the digest.
    here: bool
    late: bool


@dataclass(frozen=True)
class Missing:
    """An entry that is named and can't be read, and why."""

    title: str
    reason: str
    url: str = ""


def proposed_for(page: "DigestPage", composition: Composition) -> list[Proposed]:
    """Return all that is proposed for the days of a digest: what stands in it, and what is left out."""
    from impact.catalogue.snapshot import snapshot
    from impact.entries.kinds import LINK
    from impact.entries.models import EntryPage
    from impact.newsletter.proposal import MOST_LINES, last_sending, news_of

    period = Period(page.since, page.until)
    last = last_sending()
    news = news_of(period, last.sent_at if last else None)[:MOST_LINES]
    late = {each.key for each in news if each.day < period.since}
    found = readable(each.key for each in news)
    pages = EntryPage.objects.in_bulk([row.pk for row in found])
    here = {page.lead_id, *composition.entries}
    block = page.body.stream_block.child_blocks["entry"]
    categories = snapshot().terms.named["category"]
    return [
        Proposed(
            key=row.pk,
            title=row.title,
            heading=_("From our communities")
            if row.kind == LINK
            else getattr(categories.get(row.filing["category"][0]), "name", ""),
            state=json.dumps(
                block.get_form_state(
                    block.normalize(
                        {"entry": pages[row.pk], "title": "", "sentence": "", "image": True}
                    )
                )
            ),
            here=row.pk in here,
            late=row.pk in late,
        )
        for row in found
        if row.pk in pages
    ]


def missing_of(page: "DigestPage", composition: Composition) -> list[Missing]:
    """Return the entries that a digest names and that nobody can read."""
    from impact.entries.models import EntryPage

    keys = dict.fromkeys([*([page.lead_id] if page.lead_id else []), *composition.entries])
    shown = {row.pk for row in readable(keys)}
    unknown = [key for key in keys if key not in shown]
    pages = EntryPage.objects.in_bulk(unknown)
    missing = [_missing(pages.get(key)) for key in unknown]
    return [*missing, *_without_entry(composition)]


def _missing(entry: Any) -> Missing:
    if entry is None:
        return Missing(_("An entry that was deleted"), _("deleted"))
    reason = _("private") if entry.live and not entry.expired else _("not published")
    url = reverse("wagtailadmin_pages:edit", args=[entry.pk])
    return Missing(entry.get_admin_display_title(), reason, url)


def _without_entry(composition: Composition) -> Iterable[Missing]:
    for line in composition.entry_lines:
        if line.entry is None:
            yield Missing(line.title or _("A line about an entry"), _("no entry is chosen"))


def sent_before(page: "DigestPage", composition: Composition) -> list[dict[str, str]]:
    """Return the entries of a digest that were sent with another one: title, and that one's title."""
    from impact.newsletter.models import SentEntry

    keys = [*([page.lead_id] if page.lead_id else []), *composition.entries]
    found = SentEntry.objects.filter(entry__in=keys).exclude(sending__digest=page.pk)
    names = found.order_by("sending__sent_at").values("title", digest=F("sending__title"))
    return [{"title": each["title"], "digest": each["digest"]} for each in names]
