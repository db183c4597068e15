"""Signals ask us to stop; we obey at the next pause, never in the middle of starting a process.

Raising from a signal handler could lose a child between its fork and the note of its process id.
"""

import signal
import time
from types import FrameType

_POLL = 0.05
_asked: list[int] = []


class Interrupted(Exception):
    """Somebody asked us to stop."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


def _note(signum: int, frame: FrameType | None) -> None:
    _asked.append(signum)


def watch() -> None:
    """Takes note of SIGINT, SIGTERM and SIGHUP from now on."""
    # A shell starts background jobs with SIGINT ignored: installed all the same.
    # SIGHUP ignored means nohup: left so.
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, _note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _note)


def take() -> int | None:
    """The oldest signal that nobody has dealt with, removed from the list."""
    return _asked.pop(0) if _asked else None


def pause(seconds: float = _POLL) -> None:
    """Sleeps; raises Interrupted as soon as a signal has arrived."""
    until = time.monotonic() + seconds
    while True:
        if _asked:
            raise Interrupted(_asked[0])
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(left, _POLL))
