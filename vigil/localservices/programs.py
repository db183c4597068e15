"""Vigil's own processes: the web server, the worker and the beat."""

import signal
import sys

from vigil.localservices.child import Child
from vigil.localservices.home import PROJECT
from vigil.localservices.services import Services, child_env

# Readers come before the worker: reports are built with what they leave of the processors.
WORKER_NICENESS = 10


def _program(services: Services, name: str, *argv: str) -> Child:
    return Child(
        name=name,
        argv=[sys.executable, "-m", *argv],
        log=services.home.logs / f"{name}.log",
        cwd=PROJECT,
        env=child_env(services.state),
    )


def web(services: Services, port: int) -> Child:
    workers = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")
    patience = ("--timeout", "120", "--graceful-timeout", "10", "--log-level", "warning")
    where = ("--bind", f"127.0.0.1:{port}")
    return _program(services, "web", "gunicorn", "vigil.wsgi", *where, *workers, *patience)


def worker(services: Services) -> Child:
    quiet = ("--loglevel", "INFO", "--without-gossip", "--without-mingle")
    command = ("celery", "-A", "vigil.celery", "worker", "-c", "2", *quiet)
    child = _program(services, "worker", *command)
    child.argv = ["nice", "-n", str(WORKER_NICENESS), *child.argv]
    # Without its launcher a worker would wait for a broker that is gone; jobs are rows and
    # will be rung again.
    child.orphan_signal = signal.SIGKILL
    return child


def beat(services: Services) -> Child:
    files = ("--schedule", str(services.home.path / "beat-schedule"), "--pidfile=")
    return _program(services, "beat", "celery", "-A", "vigil.celery", "beat", *files)
