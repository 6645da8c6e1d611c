"""Loads the bodies of many pages together: Wagtail alone asks for the pictures of each body anew."""

from collections.abc import Sequence

from wagtail.blocks import StreamValue


def load_together(streams: Sequence[StreamValue]) -> list[StreamValue]:
    """Return the bodies with all their blocks loaded; one query for each kind of block, not of body.

    Bodies of one class of stream block are read as if they were one, and then taken apart again.
    """
    loaded: dict[int, StreamValue] = {}
    for kind in {type(stream.stream_block) for stream in streams}:
        alike = [i for i, stream in enumerate(streams) if type(stream.stream_block) is kind]
        block = streams[alike[0]].stream_block
        raw = [item for i in alike for item in streams[i].raw_data]
        children = iter(
            [(c.block_type, c.value, c.id) for c in StreamValue(block, raw, is_lazy=True)]
        )
        for i in alike:
            own = [next(children) for _ in range(len(streams[i]))]
            loaded[i] = StreamValue(block, own)
    return [loaded[i] for i in range(len(streams))]
