"""The ASGI application."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "impact.settings.production")
application = get_asgi_application()

# Before the first visitor comes: it takes longer than a page, and apps are loaded only now. In a thread,
# because a server may load this while its event loop runs.
from impact.catalogue.snapshot import warm  # noqa: E402

with ThreadPoolExecutor(max_workers=1) as thread:
    thread.submit(warm)
