"""Redirects to a filtered gallery or a feed follow it when it moves, as redirects to pages do."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Length, Substr
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


def after_slug_change(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Receive `page_slug_changed`."""
    _follow(instance, instance_before.url_path, instance.url_path)


def after_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Receive `post_page_move`."""
    _follow(instance, url_path_before, url_path_after)


def _follow(page: Page, before: str, after: str) -> None:
    """Let the links that begin with a page's old path begin with its new one. One query."""
    site = page.get_site()
    root = site.root_page.url_path if site else None
    if root is None or before in {after, root} or not before.startswith(root):
        return
    old, new = f"/{before.removeprefix(root)}", f"/{after.removeprefix(root)}"
    longest = Redirect._meta.get_field("redirect_link").max_length
    rows = Redirect.get_for_site(site).filter(redirect_page=None, redirect_link__startswith=old)
    fitting = rows.annotate(size=Length("redirect_link")).filter(
        size__lte=longest - len(new) + len(old)
    )
    fitting.update(redirect_link=Concat(Value(new), Substr(F("redirect_link"), len(old) + 1)))
