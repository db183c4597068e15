"""The Celery app. Redis is the doorbell only: every job is a row in PostgreSQL (ADR 0003)."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from vigil.priority import give_way
from vigil.pulse import Pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.settings")

app = Celery("vigil")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["reports.delivery"])
app.steps["worker"].add(Pulse)


@worker_init.connect
def leave_room_for_readers(**_: Any) -> None:
    """From now on queries of this process take one processor each, at the priority of this one."""
    from django.db.backends.signals import connection_created

    connection_created.connect(_yield, weak=False, dispatch_uid="room for readers")


def _yield(connection: Any, **_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    give_way(connection)
