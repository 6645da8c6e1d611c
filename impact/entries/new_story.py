"""What a new entry opens with in the editor: the story template, and whoever writes as its author."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from impact.entries.models import EntryAuthor, EntryPage, StoryPage, StoryTemplate
from impact.people.models import Author


def default_template() -> list[dict[str, Any]]:
    """The body of a new site's story template, as raw stream data in the site's language."""
    return [
        {"type": "heading", "value": {"text": _("What happened"), "level": "2", "anchor": ""}},
        {"type": "text", "value": ""},
        {"type": "heading", "value": {"text": _("Why it matters"), "level": "2", "anchor": ""}},
        {"type": "text", "value": ""},
        {"type": "link_list", "value": {"title": _("Learn more"), "links": []}},
        {"type": "acknowledgements", "value": {"title": _("Acknowledgements"), "text": ""}},
    ]


def ensure_template(site: Site) -> None:
    """Give a site the default template unless it has one."""
    if not StoryTemplate.objects.filter(site=site).exists():
        StoryTemplate.objects.create(site=site, body=default_template())


def prepare(page: Page, parent: Page, **kwargs: Any) -> None:
    """Receive Wagtail's `init_new_page`: fill what the writer would type every time."""
    if not isinstance(page, EntryPage):
        return
    if author := Author.objects.filter(account__isnull=False, account=page.owner_id).first():
        page.author_links = [EntryAuthor(author=author)]
    site = parent.get_site()
    if isinstance(page, StoryPage) and site is not None:
        template = StoryTemplate.objects.filter(site=site).first()
        if template:
            page.body = without_ids(template.body.raw_data)  # type: ignore[assignment]


def without_ids(raw: Any) -> list[dict[str, Any]]:
    """Copy raw stream data so that every story gets blocks of its own."""
    return [{"type": block["type"], "value": block["value"]} for block in raw]
