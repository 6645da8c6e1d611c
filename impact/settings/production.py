"""Production: everything from the environment; what is needed and missing stops the start by name."""

from impact.settings.base import *
from impact.settings.env import database, env, required

DEBUG = False
SECRET_KEY = required("SECRET_KEY")
# What was signed or encrypted with these is still read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
SITE_URL = required("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

required("DATABASE_URL")
DATABASES = {"default": database(default="")}
# Opening a connection takes longer than answering from a kept page: each thread keeps its own, and asks
# whether it still works before it is used for more than the version of the content.
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
size = env.int("DATABASE_POOL_SIZE", default=0)
if size and DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # For servers with many threads, or a new one for each request: they share so many.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": size,
        "timeout": 10,
    }

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
STATIC_ROOT = env.path("STATIC_ROOT", default=STATIC_ROOT)

HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Health checks come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# X-Frame-Options is SAMEORIGIN, because the editor shows previews in a frame.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
