"""Development: everything on this machine, nothing secret. Reads the same variables as production."""

from impact.settings.base import *
from impact.settings.env import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-and-never-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
# Whoever changes a template wants to see it.
PAGE_CACHES = [] if DEBUG else PAGE_CACHES
