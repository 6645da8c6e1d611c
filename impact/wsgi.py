"""The WSGI application."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.production")
django.setup(set_prefix=False)

from impact.caching.wsgi import KeptPagesHandler  # noqa: E402
from impact.catalogue.snapshot import warm  # noqa: E402

application = KeptPagesHandler()

# Before the first visitor comes: it takes longer than a page, and apps are loaded only now.
warm()
