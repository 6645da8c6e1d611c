"""Settings of a process that measures pages being made: production, but nothing is kept whole."""

from impact.settings.production import *  # noqa: F403

PAGE_CACHES: list[str] = []
ROOT_URLCONF = "tests.benchmarks.plain"
