"""Wires the check of colours into Wagtail."""

from django.urls import path
from wagtail import hooks

from impact.branding.checking import colours

hooks.register(
    "register_admin_urls",
    lambda: [path("site-colours/", colours, name="branding_colours")],
)
