"""Settings that hold everywhere."""

from typing import Any

from csp.constants import NONE, SELF

from impact.settings.env import (
    BASE_DIR,
    cache,
    database,
    env,
    font_files,
    is_local,
    memory,
    one_of,
    proxies,
    storage,
    storage_origins,
    websub_hub,
)

INSTALLED_APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_newsletter",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "csp",
    "health_check",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    # Ours, lower layers first. `home` stands last: its `post_migrate` needs everybody's permissions.
    "impact.accounts",
    "impact.freshness",
    "impact.caching",
    "impact.media",
    "impact.branding",
    "impact.pages",
    "impact.blocks",
    "impact.taxonomy",
    "impact.people",
    "impact.standard",
    "impact.communities",
    "impact.metrics",
    "impact.entries",
    "impact.catalogue",
    "impact.feeds",
    "impact.embeds",
    "impact.gallery",
    "impact.roundups",
    "impact.newsletter",
    "impact.portability",
    "impact.demo",
    "impact.editorial",
    "home",
]

MIDDLEWARE = [
    # The cache of pages and the page itself speak of one version, asked for once.
    "impact.freshness.middleware.OneVersionMiddleware",
    # Keeps pages with all their headers: what stands below it is done once for each page.
    "impact.caching.middleware.PageCacheMiddleware",
    # So early that redirects to HTTPS and refused hosts carry the policy too.
    "impact.pages.security.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "impact.pages.sites.SiteMiddleware",
    "impact.pages.refusals.RefusalMiddleware",
    "impact.portability.middleware.OldSpellingMiddleware",
    "impact.pages.moved_subroutes.MovedSubrouteMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "impact.urls"
WSGI_APPLICATION = "impact.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

DATABASES = {"default": database(default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
CACHES: dict[str, Any] = {
    "default": cache(env.str("CACHE_URL", default="locmem://")),
    "pages": memory("pages", size=500),
}
# Where whole pages are kept, the nearest first: in each process, and in the server that all share.
PAGE_CACHES = ["pages"] if is_local(CACHES["default"]) else ["pages", "default"]
# Caches in front of the site that are told of changes, and how long they may keep a page, in seconds.
WAGTAILFRONTENDCACHE = proxies()
PROXY_SECONDS = env.int("PROXY_SECONDS", default=3600)
# Who tells subscribers of feeds at once that there is something new.
WEBSUB_HUB = websub_hub()

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(LANGUAGE_CODE, LANGUAGE_CODE)]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
# What the images for shares write other scripts with than Latin.
SHARE_FONTS = font_files("SHARE_FONTS")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR_DIR / "media")
MEDIA_URL = "media/"
STORAGES: dict[str, Any] = {
    "default": storage(MEDIA_ROOT),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Uploads: pictures from phones are large, anything above this is a mistake or an attack.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", default="console://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG["EMAIL_USE_TLS"]
# Somebody waits for it.
EMAIL_TIMEOUT = 10
EMAIL_USE_SSL = EMAIL_CONFIG["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="impact@localhost")

# The mail tool of the newsletter; what stands here can't be changed in the editor.
NEWSLETTER_TOOL = one_of("NEWSLETTER_TOOL", ("none", "buttondown", "mailchimp"))
NEWSLETTER_API_KEY = env.str("NEWSLETTER_API_KEY", default="").strip()
NEWSLETTER_FROM_NAME = env.str("NEWSLETTER_FROM_NAME", default="")
NEWSLETTER_REPLY_TO = env.str("NEWSLETTER_REPLY_TO", default="")
NEWSLETTER_API_ADDRESSES = {
    "buttondown": "https://api.buttondown.com/v1",
    "mailchimp": "https://{server}.api.mailchimp.com/3.0",
}
# Seconds: to connect, between two parts of an answer, for all requests of one click (a web server waits 30
# at most), and before the second try.
NEWSLETTER_API_SECONDS = {"connect": 3.0, "read": 7.0, "total": 20.0, "pause": 0.5}
WAGTAIL_NEWSLETTER_CAMPAIGN_BACKEND = "impact.newsletter.tools.backend.ChosenBackend"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Security: what public pages may load and do. The admin has its own policy, see pages/security.py.
STORAGE_ORIGINS = storage_origins()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *STORAGE_ORIGINS],
        "media-src": [SELF, *STORAGE_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # The players of the video block, after a click.
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "browsing-topics": [],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# Wagtail
# Where visitors find the site; every absolute address begins with it. Not set: with the request's own.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
SITE_URL_IS_SET = bool(SITE_URL)
SITE_URL = SITE_URL or "http://127.0.0.1:8000"
WAGTAIL_SITE_NAME = "Impact"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "impact.pages.search"}}
WAGTAIL_I18N_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "media.ImpactImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "impact.media.forms.ImageForm"
# SVG is stored only as impact/media/drawings.py leaves it.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64 * 1000 * 1000
WAGTAILIMAGES_INDEX_PAGE_SIZE = 30
WAGTAILDOCS_DOCUMENT_MODEL = "media.ImpactDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "vtt", "webm", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
# Shown in the browser; everything else is downloaded. Never HTML or SVG.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "video/mp4", "video/webm", "text/vtt"]
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "vtt": "text/vtt",
    "webm": "video/webm",
}
WAGTAIL_ALLOW_UNICODE_SLUGS = True
# impact/pages/old_addresses.py makes them, for branches of any size.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# No call to a provider whose address an editor could choose.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILADMIN_PERMITTED_LANGUAGES = [(LANGUAGE_CODE, LANGUAGE_CODE)]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": [
                "bold",
                "italic",
                "code",
                "link",
                "document-link",
                "ol",
                "ul",
                "blockquote",
            ]
        },
    }
}
# Like its neighbours in quality, and smaller: see docs/performance.md.
WAGTAILIMAGES_AVIF_QUALITY = 62
# Wagtail's own tasks run at once; pictures are made, and the hub is told, beside the requests of the process.
TASKS: dict[str, Any] = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "pictures": {"BACKEND": "impact.media.background.ThreadBackend"},
    "hub": {"BACKEND": "impact.media.background.ThreadBackend"},
}
TAGGIT_CASE_INSENSITIVE = True
TAG_SPACES_ALLOWED = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"impact": {"level": env.str("LOG_LEVEL", default="INFO")}},
}
