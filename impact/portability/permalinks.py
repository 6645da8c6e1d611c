"""The address that Hugo gave a page."""

import re
from datetime import datetime

from django.utils.text import slugify

_TOKEN = re.compile(r":([a-z]+)(?:\[[^\]]*\])?")


def permalink(pattern: str, *, key: str, slug: str, title: str, moment: datetime | None) -> str:
    """Return the path of a page below the site's root, without a leading slash.

    Without a pattern Hugo uses the folders below the content and the slug or file name.
    """
    parts = key.split("/")
    name = parts[-1]
    if not pattern:
        return "/".join([*parts[:-1], slug or name]) + "/"
    values = {
        "slug": slug or slugify(title),
        "title": slugify(title),
        "filename": name,
        "contentbasename": name,
        "slugorfilename": slug or name,
        "slugorcontentbasename": slug or name,
        "section": parts[0],
        "sections": "/".join(parts[:-1]),
        "year": f"{moment:%Y}" if moment else "",
        "month": f"{moment:%m}" if moment else "",
        "day": f"{moment:%d}" if moment else "",
        "monthname": f"{moment:%B}".lower() if moment else "",
    }
    path = _TOKEN.sub(lambda match: values.get(match[1], ""), pattern)
    return re.sub(r"/{2,}", "/", path).strip("/") + "/"
