"""A real Celery worker in a process of its own, on the test database and the test broker."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import redis
from celery import current_app
from django.conf import settings

from tests.processes import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40  # seconds
QUEUE = "celery"


def broker():
    return redis.Redis.from_url(settings.CELERY_BROKER_URL)


def start(*more, log):
    """Start a worker that does one thing at a time; it answers once it has read its queue."""
    command = [
        sys.executable, "-m", "celery", "-A", "vigil.celery", "worker", "--pool", "solo",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO", *more,
    ]  # fmt: skip
    with open(log, "ab") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip


def kill(process):
    """As `kill -9` of the whole process group."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def working(log, *more):
    """A worker that is gone at the end, whatever happens."""
    process = start(*more, log=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            kill(process)


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
