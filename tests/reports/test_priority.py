"""A worker's queries give way to readers."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

SAYS = """
import json, os, django
django.setup()
from vigil.celery import leave_room_for_readers
leave_room_for_readers()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SHOW max_parallel_workers_per_gather")
    parallel = cursor.fetchone()[0]
pid = connection.connection.info.backend_pid
print(json.dumps([parallel, os.getpriority(os.PRIO_PROCESS, pid)]))
"""


def _said_by_a_worker() -> list:
    """What a process at niceness 7 finds: helpers of its queries, its server process's niceness."""
    run = subprocess.run(
        ["nice", "-n", "7", sys.executable, "-c", SAYS],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "vigil.settings"},
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(run.stdout)


@pytest.mark.django_db
def test_a_worker_takes_one_processor_for_each_query():
    parallel, _niceness = _said_by_a_worker()
    assert parallel == "0"


@pytest.mark.django_db
def test_the_server_process_of_a_worker_is_as_nice_as_the_worker_where_postgresql_runs_here():
    connection.ensure_connection()
    is_by_socket = connection.connection.info.host.startswith("/")
    _parallel, niceness = _said_by_a_worker()
    assert niceness == (7 if is_by_socket else 0)


@pytest.mark.django_db
def test_a_reader_keeps_the_priority_of_its_server_process():
    connection.ensure_connection()
    assert os.getpriority(os.PRIO_PROCESS, connection.connection.info.backend_pid) == 0
