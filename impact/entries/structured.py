"""What an entry is, for search engines: an article of ours, or a page that points to somebody else's."""

from typing import TYPE_CHECKING

from impact.entries.presentation import Filing
from impact.pages.structured import Node, Subject, node, organisation

if TYPE_CHECKING:
    from impact.entries.models import FeaturedLinkPage, StoryPage


def article(story: "StoryPage", subject: Subject, filing: Filing, minutes: int) -> Node:
    """Return a story: who wrote it and when, what it is about, where it is filed."""
    about = [organisation(each.name, subject.absolute(each.url)) for each in filing.communities]
    supporters = [organisation(each.name, subject.absolute(each.url)) for each in filing.supporters]
    authors = [
        node("Person", name=each.name, url=subject.absolute(each.url), jobTitle=each.role)
        for each in filing.authors
    ]
    return subject.page(
        "Article",
        headline=story.title,
        datePublished=story.date,
        author=authors or subject.site.publisher,
        publisher=subject.site.publisher,
        mainEntityOfPage=subject.head.canonical,
        articleSection=filing.category.name if filing.category else "",
        keywords=[tag.name for tag in filing.tags],
        about=about,
        sponsor=supporters,
        timeRequired=f"PT{minutes}M" if minutes else "",
    )


def pointer(link: "FeaturedLinkPage", subject: Subject) -> Node:
    """Return our page, and what it points to: published by others, at their address."""
    elsewhere = node(
        "CreativeWork",
        name=link.title,
        url=link.external_url,
        publisher=organisation(link.publisher),
    )
    return subject.page("WebPage", mainEntity=elsewhere, significantLink=link.external_url)
