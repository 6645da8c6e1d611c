"""Wires what editors see into Wagtail."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from impact.editorial.listing import entry_explorer
from impact.editorial.menu import ImpactGroup, without_news
from impact.editorial.start import open_with_start
from impact.editorial.styles import stylesheet

register_snippet(ImpactGroup)
hooks.register("register_admin_viewset", lambda: entry_explorer)
hooks.register("insert_global_admin_css", stylesheet)
hooks.register("construct_homepage_panels", open_with_start)
hooks.register("construct_help_menu", without_news)
