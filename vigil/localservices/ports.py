"""Free ports on the loopback address."""

import socket


def is_free(port: int) -> bool:
    return _bind(port) is not None


def free_port(wanted: int) -> int:
    """The wanted port or the next free one; any free one for 0."""
    candidates = (*range(wanted, wanted + 50), 0) if wanted else (0,)
    for candidate in candidates:
        port = _bind(candidate)
        if port is not None:
            return port
    raise OSError("no free port on 127.0.0.1")


def _bind(port: int) -> int | None:
    with socket.socket() as probe:
        # As servers do: a port in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return None
        number: int = probe.getsockname()[1]
        return number
