"""Queries of a worker give way to readers as the worker itself does, where PostgreSQL runs here."""

import os
import socket
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Linux tells who listens at the other end of a local socket: pid, uid and gid, four bytes each.
PEER = struct.Struct("3i")


def give_way(connection: BaseDatabaseWrapper) -> None:
    """Lower the priority of the server process behind a connection to that of this process.

    `nice` reaches the worker alone, but most of its work is PostgreSQL's. Nothing happens where the
    server is on another machine, in another container or behind a pool, or may not be changed.
    """
    backend = _server_process(connection.connection)
    if backend is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, backend, os.getpriority(os.PRIO_PROCESS, 0))


def _server_process(raw: Any) -> int | None:
    """The process that serves a connection of psycopg2, if it certainly is one of this machine."""
    backend: int = raw.info.backend_pid
    return backend if _listener(raw) == _parent(backend) else None


def _listener(raw: Any) -> int:
    """The process that listens at the other end of a local socket; 0 where there is none."""
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    with socket.socket(fileno=os.dup(raw.fileno())) as peer:
        if peer.family != socket.AF_UNIX:
            return 0
        told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
    return int(PEER.unpack(told)[0])


def _parent(pid: int) -> int | None:
    """The parent of a process of this machine. The second field, its name, may hold anything."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(told.rpartition(")")[2].split()[1])
