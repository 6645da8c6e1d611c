"""Makers of content for tests: each gives a saved, published object with sensible values."""

from tests.factories.content import (
    add_outcome,
    make_author,
    make_category,
    make_community,
    make_digest,
    make_drawing,
    make_image,
    make_link,
    make_metric,
    make_reading,
    make_roundup,
    make_standard_page,
    make_story,
)
from tests.factories.people import make_user

__all__ = [
    "add_outcome",
    "make_author",
    "make_category",
    "make_community",
    "make_digest",
    "make_drawing",
    "make_image",
    "make_link",
    "make_metric",
    "make_reading",
    "make_roundup",
    "make_standard_page",
    "make_story",
    "make_user",
]
