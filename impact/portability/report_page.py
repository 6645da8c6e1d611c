"""The report of an import as one HTML page that opens from disk: what needs a person's look first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from impact.pages.addresses import origin
from impact.portability.apply import Outcome
from impact.portability.messages import Level, Message
from impact.portability.old_addresses import permalink_url
from impact.portability.records import Plan
from impact.portability.values import humanise

Text = str | Promise

# What findings of a kind are about, by their code; one that is not here goes by its code.
_KINDS: Mapping[str, Text] = {
    "author": _("Authors without a name"),
    "author-spelling": _("Authors who are probably the same"),
    "authors-split": _("Several authors in one text"),
    "categories": _("Further categories, which became tags"),
    "config": _("Configuration"),
    "date": _("Dates"),
    "file-refused": _("Files that are not accepted"),
    "footnote": _("Footnotes"),
    "front-matter": _("Front matter"),
    "html-dropped": _("HTML that was left out"),
    "iframe": _("Embedded pages"),
    "image-refused": _("Pictures that are not accepted"),
    "language": _("Languages"),
    "left-alone": _("Pages left alone"),
    "link": _("Links that lead to no page"),
    "missing-file": _("Missing files"),
    "missing-image": _("Missing pictures"),
    "no-alt": _("Pictures without a description"),
    "no-category": _("Posts without a category"),
    "no-summary": _("Posts without a summary"),
    "not-written": _("Pages that could not be written"),
    "old-address": _("Old addresses"),
    "overwritten": _("Pages overwritten"),
    "remote-image": _("Pictures on other servers"),
    "same-title": _("Communities of the same name"),
    "settings": _("Settings taken over"),
    "shortcode": _("Shortcodes"),
    "struck": _("Struck-through text"),
    "taxonomy": _("Taxonomies without a place here"),
    "title-repeated": _("First headings that repeat the title"),
    "unreadable": _("Files that can’t be read"),
    "video": _("Videos"),
}
_STATES: Mapping[str, Text] = {
    "new": _("made"),
    "unfinished": _("made"),
    "changed": _("updated"),
    "overwritten": _("overwritten"),
    "unchanged": _("unchanged"),
    "edited": _("left alone: edited here"),
    "deleted": _("left alone: deleted here"),
    "refused": _("refused"),
    "failed": _("failed"),
}
_STATES_TO_COME: Mapping[str, Text] = {
    "new": _("to be made"),
    "unfinished": _("to be made"),
    "changed": _("to be updated"),
    "overwritten": _("to be overwritten"),
}
# The numbers of the summary by how their names begin; the last takes the rest.
_GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Pages here"), ("pages",)),
    (_("Redirects"), ("redirects",)),
    (_("Posts"), ("posts", "stories", "featured")),
    (_("Links"), ("links",)),
    (_("Pictures and files"), ("pictures", "documents")),
    (_("Around the posts"), ("",)),
)


@dataclass(frozen=True)
class Kind:
    """Findings of one kind."""

    level: Level
    title: Text
    messages: list[Message]

    @property
    def counted(self) -> str:
        """How many there are: `3 warnings`."""
        number = len(self.messages)
        texts = {
            "error": ngettext("%(number)s error", "%(number)s errors", number),
            "warning": ngettext("%(number)s warning", "%(number)s warnings", number),
            "notice": ngettext("%(number)s notice", "%(number)s notices", number),
        }
        return texts[self.level] % {"number": number}


@dataclass(frozen=True)
class PageRow:
    """A page of the source: what it is called, where it was, where it is, and what was done with it."""

    title: str
    file: str
    old_address: str
    address: str
    state: Text
    is_draft: bool


@dataclass(frozen=True)
class RedirectRow:
    """An old address, and where it leads to; `why` is what is in its way."""

    old: str
    address: str
    why: str


def render(plan: Plan, outcome: Outcome, numbers: Mapping[str, int]) -> str:
    """Return the page as text; `numbers` are those of its summary, by name."""
    kinds = _kinds(plan.log.messages)
    context: dict[str, Any] = {
        "name": plan.source.name,
        "dry_run": outcome.dry_run,
        "made_at": timezone.localtime(),
        "groups": _grouped(numbers),
        "problems": [kind for kind in kinds if kind.level != "notice"],
        "notices": [kind for kind in kinds if kind.level == "notice"],
        "pages": list(_pages(plan, outcome)),
        "origin": origin(),
    }
    redirects: dict[str, list[RedirectRow]] = defaultdict(list)
    for one in outcome.redirects:
        redirects[one.state].append(RedirectRow(one.old, outcome.address(one.goal), one.why))
    # A template would make an empty list of each name that it asks a `defaultdict` for.
    context["redirects"] = dict(redirects)
    return render_to_string("portability/report.html", context)


def _kinds(messages: Iterable[Message]) -> list[Kind]:
    """The findings by level and code: errors first, then what there is most of."""
    found: dict[tuple[Level, str], list[Message]] = defaultdict(list)
    for message in messages:
        found[message.level, message.code].append(message)
    levels: list[Level] = ["error", "warning", "notice"]
    return [
        Kind(level, _KINDS.get(code, humanise(code).capitalize()), some)
        for (level, code), some in sorted(
            found.items(), key=lambda item: (levels.index(item[0][0]), -len(item[1]))
        )
    ]


def _grouped(numbers: Mapping[str, int]) -> list[tuple[Text, list[tuple[str, int]]]]:
    left = dict(numbers)
    groups = []
    for title, beginnings in _GROUPS:
        names = [name for name in left if name.startswith(beginnings)]
        groups.append((title, [(name, left.pop(name)) for name in names]))
    return [group for group in groups if group[1]]


def _pages(plan: Plan, outcome: Outcome) -> Iterable[PageRow]:
    states = {**_STATES, **_STATES_TO_COME} if outcome.dry_run else _STATES
    for page in plan.pages:
        state = "failed" if page.key in outcome.failed else outcome.states.get(page.key, "refused")
        yield PageRow(
            title=page.title,
            file=page.file,
            old_address=permalink_url(plan.source.base_url, page.old_path) or page.old_path,
            address=outcome.paths.get(page.key, ""),
            state=states[state],
            is_draft=getattr(page, "draft", False),
        )
