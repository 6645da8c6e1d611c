"""Whether this process is up, and whether what it stands on answers."""

from asyncio import gather
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from health_check import checks
from health_check.views import HealthCheckView


@dataclass
class Database(checks.Database):
    """The library's check, given up sooner: balancers wait a few seconds, a connection pool ten."""

    timeout = timedelta(seconds=2)


CHECKS = {
    "database": Database,
    "cache": checks.Cache,
    "storage": checks.Storage,
}


@never_cache
def live(request: HttpRequest) -> HttpResponseBase:
    """Answer that the process is up; asks nobody."""
    return JsonResponse({"status": "ok"})


class ReadyView(HealthCheckView):
    """Answer 200 when database, cache and storage do, else 503, and say in JSON which of them failed.

    Why one failed stands in the log, not in a public answer.
    """

    checks = tuple(CHECKS.values())

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Run the checks at once; a failure is 503, so that a balancer sends visitors elsewhere."""
        # Threads of our own, so that no answer waits for one that hangs.
        threads = ThreadPoolExecutor(max_workers=len(CHECKS))
        results = await gather(*(check.get_result(threads) for check in self.get_checks()))
        threads.shutdown(wait=False)
        outcome = {
            name: "failed" if result.error else "ok"
            for name, result in zip(CHECKS, results, strict=True)
        }
        failed = "failed" in outcome.values()
        return JsonResponse(
            {"status": "unavailable" if failed else "ok", "checks": outcome},
            status=503 if failed else 200,
        )
