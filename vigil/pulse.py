"""A worker's own pulse: does it still execute what it is asked? If not, it ends itself.

After some reconnections to Redis a worker lives on and takes no more messages (celery#10205). So
each asks itself, through a queue of its own, for a sign of life. Whoever supervises the processes
starts the worker again; nothing is lost by that, since jobs are rows.
"""

import datetime as dt
import logging
import os
import signal
import threading
import time
from typing import Any

from celery import bootsteps
from celery.utils.nodenames import worker_direct
from celery.worker import state

logger = logging.getLogger("vigil.operations")

# So many messages of its own in a row that a worker with nothing to do leaves unexecuted.
MOST_UNHEARD = 4
GRACE = 10  # seconds between the order to stop and the end
EXIT_CODE = 70  # EX_SOFTWARE: a supervisor sees a failure, not a wish


class Pulse(bootsteps.StartStopStep):
    """Runs beside the worker from the moment at which its pool stands."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self.over = threading.Event()

    def start(self, parent: Any) -> None:
        self.thread = threading.Thread(target=self._run, args=(parent,), name="pulse", daemon=True)
        self.thread.start()

    def stop(self, parent: Any) -> None:
        self.over.set()
        self.thread.join(GRACE)

    def terminate(self, parent: Any) -> None:
        self.over.set()

    def _run(self, worker: Any) -> None:
        from django.conf import settings

        rhythm = Rhythm(worker.hostname, worker.app)
        while True:
            rhythm.once()
            if rhythm.unheard >= MOST_UNHEARD:
                _end(worker)
            if self.over.wait(settings.HEARTBEAT):
                break
        rhythm.end()


class Rhythm:
    """What a worker knows of its own signs of life. `unheard`: how many in a row came to nothing.

    Neither an absent database nor an absent broker counts: a new start would mend neither.
    """

    def __init__(self, name: str, app: Any) -> None:
        self.name, self.app = name, app
        self.unheard = 0
        self.begun = False
        self.asked: dt.datetime | None = None

    def once(self) -> None:
        """Say that the process lives, judge the message before, send the next, look for alarms."""
        from django.db import close_old_connections, connections

        asked, self.asked = self.asked, None
        try:
            close_old_connections()
            self.unheard = self._judged(asked)
            self.asked = self._ask()
        except Exception:
            self.unheard = 0
            logger.exception("%s could not give a sign of life", self.name)
        finally:
            # A child that is forked later shall find no connection of this thread.
            connections.close_all()

    def _judged(self, asked: dt.datetime | None) -> int:
        from django.utils import timezone

        from reports.operations import alarms, heartbeats

        at, active = timezone.now(), len(state.active_requests)
        if not self.begun:
            heartbeats.began(heartbeats.WORKER, self.name, at=at)
            self.begun = True
        row = heartbeats.lives(heartbeats.WORKER, self.name, at=at, active=active)
        alarms.watch(at)
        is_heard = asked is None or (row.sent_at is not None and row.sent_at >= asked)
        return 0 if is_heard or active else self.unheard + 1

    def _ask(self) -> dt.datetime:
        from django.conf import settings
        from django.utils import timezone

        at = timezone.now()
        self.app.send_task(
            "reports.worker_lives",
            kwargs={"name": self.name, "sent_at": at.isoformat()},
            queue=worker_direct(self.name),
            expires=2 * settings.HEARTBEAT,
            retry=False,
        )
        return at

    def end(self) -> None:
        """The worker was asked to stop: its silence is no alarm."""
        from django.db import connections

        from reports.operations import heartbeats

        try:
            heartbeats.stopped(heartbeats.WORKER, self.name)
        except Exception:
            logger.exception("%s could not say that it stops", self.name)
        finally:
            connections.close_all()


def _end(worker: Any) -> None:
    logger.error(
        "%s takes no more messages although the broker answers: it ends itself", worker.hostname
    )
    worker.exitcode = EXIT_CODE
    os.kill(os.getpid(), signal.SIGQUIT)
    time.sleep(GRACE)
    os._exit(EXIT_CODE)
