"""What RSS, Atom and JSON Feed have in common here: each writes one channel."""

from typing import Any

from django.utils.feedgenerator import SyndicationFeed

from impact.feeds.channel import Channel


class ChannelFeed(SyndicationFeed):
    """Fills one of Django's feed generators with a channel. Subclasses say how it is written."""

    content_type: str
    # How the format is called where feeds are offered to a reader.
    label: str

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        super().__init__(
            title=channel.title,
            link=channel.home_url,
            description=channel.description,
            subtitle=channel.description,
            language=channel.language,
            author_name=channel.publisher,
            author_link=channel.home_url,
            feed_guid=channel.guid,
        )
        for item in channel.items:
            self.add_item(
                title=item.title,
                link=item.url,
                description=item.summary,
                unique_id=item.guid,
                unique_id_is_permalink=False,
                pubdate=item.published,
                updateddate=item.updated,
                categories=item.categories,
                content=item,
            )

    def latest_post_date(self) -> Any:
        """Return when the channel changed; never "now", or no two answers would be the same."""
        return self.channel.updated

    def media_type(self) -> str:
        """Return the content type without its parameters."""
        return self.content_type.partition(";")[0]
