"""A real Celery worker in a process of its own, on the test database and the test broker."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from celery import current_app
from django.conf import settings

from tests.processes import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
QUEUE = "celery"


def broker():
    return redis.Redis.from_url(settings.CELERY_BROKER_URL)


def start(*more, log, pool="solo", **setting):
    """Start a worker that does one thing at a time; it answers once it has read its queue.

    A prefork one has one child. `setting`: more of the environment, such as HEARTBEAT="1".
    """
    return celery(
        "worker", "--pool", pool, "--concurrency", "1", "--without-gossip", "--without-mingle",
        "--without-heartbeat", "--loglevel", "INFO", *more, log=log, **setting,
    )  # fmt: skip


def beat(schedule, *, log, **setting):
    """Start a beat; `schedule` is the file in which it notes what it rang last."""
    files = ("--schedule", str(schedule), "--pidfile=")
    return celery("beat", *files, "--loglevel", "INFO", log=log, **setting)


def celery(*words, log, **setting):
    command = [sys.executable, "-m", "celery", "-A", "vigil.celery", *words]
    with open(log, "ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment() | setting, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip


def children(process):
    """The processes of a worker's pool."""
    told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in told.split()]


def kill(process):
    """As `kill -9` of the whole process group."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def working(log, *more, **setting):
    """A worker that is gone at the end, whatever happens."""
    with running(start(*more, log=log, **setting)) as process:
        yield process


@contextmanager
def running(process):
    """A process that is gone at the end with all its children, whatever happens."""
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition, *, log=None):
    """Wait until `condition()` is true and return it; fail with the worker's log otherwise."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    told = Path(log).read_text() if log else ""
    raise AssertionError(f"not within {PATIENCE} s\n{told[-6000:]}")


def idle():
    """The queue is empty and nothing is waiting to be acknowledged."""
    client = broker()
    return client.llen(QUEUE) == 0 and client.hlen("unacked") == 0


def ring(pk):
    current_app.send_task("reports.build_report", (pk,))
