"""The ASGI application."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.production")
application = get_asgi_application()

# Before the first visitor comes: it takes longer than a page, and apps are loaded only now.
from impact.catalogue.snapshot import warm  # noqa: E402

warm()
