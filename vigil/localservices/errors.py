"""What may go wrong here, said with its remedy."""

from pathlib import Path

_TAIL_LINES = 25


class LocalServiceError(Exception):
    """A local service cannot be had; the message says why and what to do."""


def tail(log: Path) -> str:
    """The last lines of a log, indented for quoting in an error message; empty without a log."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-_TAIL_LINES:]
    except OSError:
        return ""
    return "".join(f"\n    {line}" for line in lines)
