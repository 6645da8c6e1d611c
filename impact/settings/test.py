"""Tests: fast hashing, files in a directory of their own, a real database."""

import tempfile
from pathlib import Path

from impact.settings.base import *
from impact.settings.env import env

DEBUG = False
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="impact-test-media-"))
STORAGES["default"]["OPTIONS"] = {"location": str(MEDIA_ROOT)}
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
SITE_URL_IS_SET = False
# SQLite in a file: in memory, all threads would share one connection and run into its locks.
DATABASES["default"].setdefault("TEST", {})
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"]["NAME"] = str(
        Path(tempfile.mkdtemp(prefix="impact-test-database-")) / "test.sqlite3"
    )
if name := env.str("TEST_DATABASE_NAME", default=""):
    DATABASES["default"]["TEST"]["NAME"] = name
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # A database that is dropped again need not outlive a loss of power.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
# Tests change things behind the back of signals, and count statements; those of the page cache turn it on.
PAGE_CACHES = []
WHITENOISE_AUTOREFRESH = True
# Tests of the background say so themselves.
TASKS["pictures"] = TASKS["hub"] = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
