"""Tasks that run one after the other in a thread of the web server, beside its requests.

For work that nobody waits for and that may be lost: it is done when it is missed, and a command makes up
for it. So no worker has to be run; where there is one, `TASKS` names its backend instead.
"""

import logging
from functools import partial
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import Any

from django.core.signals import request_started
from django.db import connection, transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)

# Tasks that may wait; more are dropped, and said so.
WAITING = 1000


class Line:
    """The tasks that wait in this process, and the thread that works them off."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: Queue[TaskResult[Any]] = Queue(WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, result: TaskResult[Any]) -> None:
        """Let a task wait for its turn."""
        try:
            self._waiting.put_nowait(result)
        except Full:
            logger.warning("Too much is waiting; left out: %s", result.task.module_path)
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def join(self) -> None:
        """Wait until all is done."""
        self._waiting.join()

    def _run(self) -> None:
        while True:
            result = self._waiting.get()
            try:
                result.task.call(*result.args, **result.kwargs)
            except Exception:  # the next task has nothing to do with it
                logger.exception("In the background: %s failed", result.task.module_path)
            finally:
                connection.close()
                self._waiting.task_done()


# Of the process: a backend is made anew for each thread that asks for it.
_lines: dict[str, Line] = {}
_serving = Event()


def serve(**kwargs: Any) -> None:
    """Receive `request_started`: this process is a web server."""
    _serving.set()


request_started.connect(serve, dispatch_uid="media.background")


class ThreadBackend(BaseTaskBackend):
    """Runs a task after the transaction that asked for it, in processes that serve requests.

    A command that saves thousands of pictures would not end before all their copies are made.
    """

    @property
    def line(self) -> Line:
        """The line that all threads of the process share."""
        return _lines.setdefault(self.alias, Line(self.alias))

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
        if _serving.is_set():
            transaction.on_commit(partial(self.line.put, result))
        return result
