"""Production settings: a start without what is needed names what is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from impact.settings.env import BASE_DIR

COMPLETE = {
    "SECRET_KEY": "x" * 40 + "abcdefghijk",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "DATABASE_URL": "sqlite:///var/settings-test.sqlite3",
}


PRINT_BASICS = (
    "import django; from django.conf import settings; django.setup();"
    "print(settings.SITE_URL, settings.DATABASES['default']['ENGINE'])"
)


def start(code: str = PRINT_BASICS, **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process of its own and print some of them."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "impact.settings.production",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_complete_settings_start() -> None:
    result = start(**COMPLETE)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "https://example.org django.db.backends.sqlite3"


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_missing_variable_is_named(name: str) -> None:
    result = start(**{key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert f"The environment variable {name} is missing" in result.stderr


def test_a_broken_database_url_is_named() -> None:
    result = start(**{**COMPLETE, "DATABASE_URL": "nonsense"})
    assert result.returncode != 0
    assert "DATABASE_URL" in result.stderr


def test_an_unknown_cache_url_is_named() -> None:
    result = start(**COMPLETE, CACHE_URL="memcached://x")
    assert result.returncode != 0
    assert "CACHE_URL" in result.stderr


def test_connections_are_kept_by_threads_or_shared_by_them() -> None:
    code = (
        "import django; from django.conf import settings; django.setup();"
        "found = settings.DATABASES['default'];"
        "print(found['CONN_MAX_AGE'], found['CONN_HEALTH_CHECKS'], found['OPTIONS'].get('pool'))"
    )
    environment = {**COMPLETE, "DATABASE_URL": "postgres://u:p@127.0.0.1/x"}
    assert start(code, **environment).stdout.strip() == "None True None"
    shared = start(code, **environment, DATABASE_POOL_SIZE="3").stdout
    assert shared.startswith("0 True {")
    assert "'max_size': 3" in shared
    assert "pool" not in start(code, **COMPLETE, DATABASE_POOL_SIZE="3").stdout


def test_every_variable_stands_in_the_readme() -> None:
    modules = Path(BASE_DIR, "impact/settings").glob("*.py")
    source = "".join(path.read_text() for path in modules if path.name != "test.py")
    names = set(re.findall(r'(?:env\.\w+|required)\(\s*"([A-Z0-9_]+)"', source))
    names |= set(re.findall(r'"(S3_[A-Z_]+)"', source))
    readme = Path(BASE_DIR, "README.md").read_text()
    assert len(names) > 20
    assert {name for name in names if f"`{name}`" not in readme} == set()


def test_the_bucket_of_uploaded_files_may_be_shown() -> None:
    code = (
        "import django; from django.conf import settings; django.setup();"
        "print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    )
    environment = {**COMPLETE, "S3_BUCKET": "files", "S3_ENDPOINT_URL": "https://s3.example.net"}
    assert "https://s3.example.net" in start(code, **environment).stdout


def test_an_unknown_mail_tool_stops_the_start() -> None:
    result = start(**COMPLETE, NEWSLETTER_TOOL="pigeons")
    assert result.returncode != 0
    assert "NEWSLETTER_TOOL must be one of none, buttondown, mailchimp" in result.stderr


def test_former_secrets_are_read() -> None:
    code = "import django; from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"
    result = start(code, **COMPLETE, SECRET_KEY_FALLBACKS="one,two")
    assert result.stdout.strip() == "['one', 'two']"
