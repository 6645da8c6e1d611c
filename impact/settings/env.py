"""The environment, read once and typed: every variable that configures Impact stands here."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()


def database(default: str) -> dict[str, Any]:
    """Return Django's settings of `DATABASE_URL`, with SQLite tuned for a web server.

    Raises `ImproperlyConfigured` naming the variable when it can't be read.
    """
    try:
        config: dict[str, Any] = env.dj_db_url("DATABASE_URL", default=default)
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL can't be read: {error}") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            # A write lock from the start of a transaction: no deadlock by lock upgrade.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728;"
                "PRAGMA cache_size=-16000;"
            ),
            **config.get("OPTIONS", {}),
        }
    return config


def required(name: str) -> str:
    """Return the variable `name`, or stop the start with a message that names it."""
    value: str = env.str(name, default="")
    if not value.strip():
        raise ImproperlyConfigured(
            f"The environment variable {name} is missing. See the table in README.md."
        )
    return value


def font_files(name: str) -> tuple[str, ...]:
    """Return the absolute paths of font files that a variable lists with commas.

    Raises `ImproperlyConfigured` naming the variable and a file that is not there.
    """
    paths = tuple(filter(None, map(str.strip, env.str(name, default="").split(","))))
    for path in paths:
        if not (Path(path).is_absolute() and Path(path).is_file()):
            raise ImproperlyConfigured(
                f"{name}: {path} is no file; give absolute paths, with commas."
            )
    return paths


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """Return the variable `name`, empty or one of the choices; anything else stops the start."""
    value: str = env.str(name, default="").strip().lower()
    if value and value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def cache(url: str) -> dict[str, Any]:
    """Return Django's settings of a cache URL: `locmem://` or `redis://host:port/db`."""
    if url.startswith(("redis://", "rediss://", "unix://")):
        return {
            "BACKEND": "impact.caching.backends.TolerantRedisCache",
            "LOCATION": url,
            # A server that hangs must not hold up a page.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    if url.startswith("locmem://"):
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": url.removeprefix("locmem://") or "impact",
            # A server has its own limit.
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    raise ImproperlyConfigured(
        f"CACHE_URL must begin with redis://, rediss://, unix:// or locmem://, not {url!r}."
    )


def memory(name: str, size: int) -> dict[str, Any]:
    """Return Django's settings of a cache of so many objects in each process."""
    return {
        "BACKEND": "impact.caching.memory.ObjectCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": size},
    }


def is_local(config: dict[str, Any]) -> bool:
    """Return whether a cache is one process's own."""
    return str(config["BACKEND"]).endswith("LocMemCache")


def proxies() -> dict[str, Any]:
    """Return Wagtail's settings of the caches in front of the site: a proxy's address, a Cloudflare zone."""
    found: dict[str, Any] = {}
    if location := env.str("PURGE_URL", default=""):
        if urlsplit(location).scheme not in ("http", "https"):
            raise ImproperlyConfigured(f"PURGE_URL must be an http(s) address, not {location!r}.")
        found["proxy"] = {
            "BACKEND": "impact.caching.proxies.ProxyBackend",
            "LOCATION": location,
        }
    if zone := env.str("CLOUDFLARE_ZONE", default=""):
        found["cloudflare"] = {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
            "ZONEID": zone,
            "BEARER_TOKEN": required("CLOUDFLARE_TOKEN"),
        }
    return found


def websub_hub() -> str:
    """Return the address of the hub that is told of new entries in feeds; empty where there is none."""
    address = env.str("WEBSUB_HUB", default="").strip()
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ImproperlyConfigured(f"WEBSUB_HUB must be an http(s) address, not {address!r}.")
    return address


def storage(media_root: Path) -> dict[str, Any]:
    """Return the storage of uploaded files: a directory, or an S3 bucket when one is named."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(media_root)},
        }
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "file_overwrite": False,
        "querystring_auth": env.bool("S3_SIGNED_URLS", default=False),
    }
    for option, name in {
        "endpoint_url": "S3_ENDPOINT_URL",
        "region_name": "S3_REGION",
        "access_key": "S3_ACCESS_KEY",
        "secret_key": "S3_SECRET_KEY",
        "custom_domain": "S3_CUSTOM_DOMAIN",
    }.items():
        if value := env.str(name, default=""):
            options[option] = value
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def storage_origins() -> list[str]:
    """Return the origins that uploaded files are shown from, besides the site itself."""
    if not env.str("S3_BUCKET", default=""):
        return []
    if domain := env.str("S3_CUSTOM_DOMAIN", default=""):
        return [f"https://{domain}"]
    if endpoint := env.str("S3_ENDPOINT_URL", default=""):
        parts = urlsplit(endpoint)
        return [f"{parts.scheme}://{parts.netloc}"]
    return ["https://*.amazonaws.com"]
