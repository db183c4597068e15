"""Processes known by id *and* start, so that a recycled process id is never mistaken for ours."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple


class ProcessRef(NamedTuple):
    """A process as written in the state file."""

    pid: int
    started: str


def started_at(pid: int) -> str:
    """When the process started, in the system's own words; empty when it is gone or a zombie."""
    if sys.platform == "linux":
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        except OSError:
            return ""
        state, *fields = stat.rpartition(")")[2].split()
        return "" if state in "ZX" else fields[18]
    found = subprocess.run(
        ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    state, _, started = found.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else started.strip()


def reference(pid: int) -> ProcessRef:
    return ProcessRef(pid, started_at(pid))


def is_alive(ref: ProcessRef) -> bool:
    return bool(ref.started) and started_at(ref.pid) == ref.started


def send(ref: ProcessRef, signum: int) -> None:
    """Sends a signal if the process still is the one that was meant."""
    if is_alive(ref):
        with contextlib.suppress(ProcessLookupError):
            os.kill(ref.pid, signum)


def kill_group(leader: int) -> None:
    """Ends at once whatever is left of the process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def wait_gone(ref: ProcessRef, seconds: float) -> bool:
    """True when the process has ended within so many seconds."""
    until = time.monotonic() + seconds
    while is_alive(ref):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def end(ref: ProcessRef, signum: int, grace: float) -> None:
    """Asks a process that is not our child to end, and kills it and its group if it does not."""
    if not is_alive(ref):
        return
    send(ref, signum)
    wait_gone(ref, grace)
    kill_group(ref.pid)
    wait_gone(ref, 5)
