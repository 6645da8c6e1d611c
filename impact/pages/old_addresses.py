"""The addresses that a page and all below it had lead to their new ones.

Wagtail does that too, but page by page, and names thousands of them in one condition, which SQLite refuses:
a gallery of a few hundred entries could not be moved. So `WAGTAILREDIRECTS_AUTO_CREATE` is off.
"""

from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

# One statement for a branch of any size. A redirect that an editor made stays as it is, and what is
# longer than a redirect may be is left out.
_REDIRECT = """
    INSERT INTO wagtailredirects_redirect (old_path, site_id, is_permanent, redirect_page_id,
        redirect_page_route_path, redirect_link, automatically_created, created_at)
    SELECT RTRIM(%(start)s || SUBSTR(url_path, %(length)s), '/'), %(site)s, %(yes)s, id,
        '', '', %(yes)s, %(now)s
    FROM wagtailcore_page
    WHERE path LIKE %(below)s AND (live OR id = %(page)s)
        AND LENGTH(%(start)s || SUBSTR(url_path, %(length)s)) <= %(longest)s + 1
    ON CONFLICT (old_path, site_id) DO UPDATE SET redirect_page_id = excluded.redirect_page_id
        WHERE wagtailredirects_redirect.automatically_created
"""


# A page that stands where it stood before: once unpublished, its redirect would lead to itself for ever.
_FORGET = """
    DELETE FROM wagtailredirects_redirect
    WHERE site_id = %(site)s AND automatically_created AND EXISTS (
        SELECT 1 FROM wagtailcore_page
        WHERE id = redirect_page_id AND path LIKE %(below)s
            AND old_path = RTRIM('/' || SUBSTR(url_path, %(root_length)s), '/')
    )
"""


def after_slug_change(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Receive `page_slug_changed`."""
    keep_old_addresses(instance, instance_before.url_path)


def after_move(instance: Page, url_path_before: str, **kwargs: Any) -> None:
    """Receive `post_page_move`."""
    keep_old_addresses(instance, url_path_before)


def keep_old_addresses(page: Page, before: str) -> None:
    """Redirect to a page, which stood at another path in the tree, and to what is live below it."""
    if before == page.url_path:
        return
    for root in Site.get_site_root_paths():
        # Nothing leads from one site to another.
        if before.startswith(root.root_path) and page.url_path.startswith(root.root_path):
            with connection.cursor() as cursor:
                place = {"site": root.site_id, "below": f"{page.path}%"}
                # Without the site's root, as visitors see it.
                cursor.execute(_FORGET, {**place, "root_length": len(root.root_path) + 1})
                cursor.execute(
                    _REDIRECT,
                    {
                        **place,
                        "start": f"/{before.removeprefix(root.root_path)}",
                        "length": len(page.url_path) + 1,
                        "page": page.pk,
                        "longest": Redirect._meta.get_field("old_path").max_length,
                        "yes": True,
                        "now": timezone.now(),
                    },
                )
