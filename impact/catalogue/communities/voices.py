"""In their words: pull quotes from the stories about a community, each with its source."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from impact.blocks.quotes import Quote, pull_quotes
from impact.catalogue.communities.entries import stories_of
from impact.communities.models import CommunityPage
from impact.entries.models import StoryPage
from impact.pages.addresses import Addresses

# Bodies are large, so only those of the newest stories are read.
READ = 40
SHOWN = 4


@dataclass(frozen=True)
class Voice:
    """A quote, and the story that it stands in. `place` counts the quotes of a story from 0."""

    quote: Quote
    place: int
    title: str
    url: str
    date: date
    language: str


def voices_of(request: HttpRequest, community: CommunityPage) -> dict[str, object]:
    """Return a few quotes, the newest story's first. One query.

    Every story is heard once before one is heard twice.
    """
    if not community.slug:
        return {"voices": []}
    newest = stories_of(community).pks(0, READ)
    voices = _voices(newest, request)
    chosen = sorted(voices, key=lambda voice: voice.place)[:SHOWN]
    return {"voices": [voice for voice in voices if voice in chosen]}


def _voices(stories: list[int], request: HttpRequest) -> list[Voice]:
    """Return all quotes of some stories, given by key, in their order."""
    if not stories:
        return []
    addresses = Addresses(request)
    columns = ("pk", "title", "url_path", "date", "language", "body")
    rows = StoryPage.objects.filter(pk__in=stories).published().values_list(*columns)
    found = {
        pk: [
            Voice(quote, place, title, addresses.of(path), day, language)
            for place, quote in enumerate(pull_quotes(body.raw_data))
        ]
        for pk, title, path, day, language, body in rows
    }
    # What was taken down a moment ago is passed over.
    return [voice for pk in stories for voice in found.get(pk, [])]
