"""What beat itself does at each of its signs of life, in its own process."""

import os
import socket


def tick() -> dict[str, str]:
    """Write that this beat lives, look for alarms, and return name and moment for its message."""
    # Django is set up when beat sends; the settings, which name this function, are read before.
    from reports.operations import heartbeats

    return heartbeats.beat_ticks(f"beat@{socket.gethostname()}:{os.getpid()}")
