"""Wires the rich-text features of blocks."""

from wagtail import hooks

from impact.blocks import editor

# After Wagtail's own, whose link conversion ours replaces.
hooks.register("register_rich_text_features", editor.register, order=10)
