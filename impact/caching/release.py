"""Which code and settings make pages here: pages of another release are not this one's."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

FILES = (
    "impact/**/*.py",
    "home/**/*.py",
    "templates/**/*.html",
    "locale/**/*.mo",
    "requirements/base.txt",
)
# Settings that stand in pages or in their headers.
SETTINGS = (
    "CONTENT_SECURITY_POLICY",
    "LANGUAGE_CODE",
    "MEDIA_URL",
    "PERMISSIONS_POLICY",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_REFERRER_POLICY",
    "SITE_URL",
    "SITE_URL_IS_SET",
    "STATIC_URL",
    "STORAGES",
    "TIME_ZONE",
    "X_FRAME_OPTIONS",
)


@cache
def release() -> str:
    """Return the same hash in every process that makes the same pages; read once."""
    found = blake2b(digest_size=8)
    root: Path = settings.BASE_DIR
    for path in sorted(path for pattern in FILES for path in root.glob(pattern)):
        found.update(path.read_bytes())
    # The hashed names of scripts and styles.
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    found.update(manifest.read_bytes() if manifest.exists() else b"")
    found.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    return found.hexdigest()
