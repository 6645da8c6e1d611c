"""Stories that are published while something is measured."""

from datetime import date

from impact.entries.models import StoryPage
from impact.gallery.models import GalleryPage
from impact.taxonomy.models import Category
from tests.benchmarks.fill import WORD
from tests.benchmarks.paths import CATEGORY

NEWS = "bulletin-of-the-benchmark"
# Ahead of every other entry.
NEWS_DAY = date(2099, 1, 1)


def draft(slug: str, day: date) -> None:
    """Write a story with the word that is searched for, unless it is there."""
    if not StoryPage.objects.filter(slug=slug).exists():
        story = StoryPage(title="A new story", slug=slug, date=day, live=False)
        story.summary = f"What the {WORD} says."
        story.category = Category.objects.get(slug=CATEGORY)
        GalleryPage.objects.get().add_child(instance=story)


def publish(slug: str, title: str) -> None:
    """Publish a story; once this returns, everybody has to see it."""
    story = StoryPage.objects.get(slug=slug)
    story.title = title
    story.save_revision().publish()


def start_news() -> None:
    """Write the story that is published again and again, with a number in its title."""
    end_news()
    draft(NEWS, NEWS_DAY)
    publish_news(0)


def publish_news(number: int) -> None:
    """Publish it with a number."""
    publish(NEWS, f"Bulletin {number:06}")


def end_news() -> None:
    """Take it away."""
    for story in StoryPage.objects.filter(slug=NEWS):
        story.delete()
