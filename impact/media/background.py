"""Tasks that run one after the other in a thread of the web server, beside its requests.

For work that nobody waits for and that may be lost: it is done when it is missed, and a command makes up
for it. So no worker has to be run; where there is one, `TASKS` names its backend instead.
"""

import logging
from functools import partial
from queue import Full, Queue
from threading import Lock, Thread
from typing import Any

from django.core.signals import request_started
from django.db import connection, transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)

# Tasks that may wait; more are dropped, and said so.
WAITING = 1000


class ThreadBackend(BaseTaskBackend):
    """Runs a task after the transaction that asked for it, in processes that serve requests.

    A command that saves thousands of pictures would not end before all their copies are made.
    """

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self._waiting: Queue[TaskResult[Any]] = Queue(WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._serving = False
        request_started.connect(self._serve, dispatch_uid=f"tasks-{alias}")

    def _serve(self, **kwargs: Any) -> None:
        self._serving = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Let a task wait for its turn."""
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        if self._serving:
            transaction.on_commit(partial(self._put, result))
        return result

    def _put(self, result: TaskResult[Any]) -> None:
        try:
            self._waiting.put_nowait(result)
        except Full:
            logger.warning("Too much is waiting; left out: %s", result.task.module_path)
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name=self.alias, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            result = self._waiting.get()
            try:
                result.task.call(*result.args, **result.kwargs)
            except Exception:  # the next task has nothing to do with it
                logger.exception("In the background: %s failed", result.task.module_path)
            finally:
                self._waiting.task_done()
                connection.close()

    def join(self) -> None:
        """Wait until all that was enqueued is done."""
        self._waiting.join()
