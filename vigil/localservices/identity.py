"""As whom a server runs. PostgreSQL refuses root, so root lends it another name."""

import ctypes
import os
import pwd
import subprocess
import sys
from enum import Enum
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1


class Identity(Enum):
    """Under which user a child process runs."""

    SELF = "self"
    # Root on Linux: a user namespace in which root is called uid 1000. Files stay root's.
    NAMESPACE = "namespace"
    # Root where namespaces are refused.
    NOBODY = "nobody"


def enter_namespace() -> None:
    """Moves this process into a user namespace in which root is an ordinary user."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "user namespaces are refused")
    for name, text in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        Path(f"/proc/self/{name}").write_text(text)


def die_with_parent(parent: int, signum: int) -> None:
    """Linux: has the kernel send the signal when the parent ends, even by kill -9."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signum)
    if os.getppid() != parent:
        os._exit(1)


def for_postgres(postgres: Path, folder: Path) -> Identity:
    """The identity under which PostgreSQL can run this program on this folder."""
    if os.geteuid() != 0:
        return Identity.SELF
    return Identity.NAMESPACE if _namespace_works(postgres, folder) else Identity.NOBODY


def _namespace_works(postgres: Path, folder: Path) -> bool:
    def probe() -> None:
        enter_namespace()
        # In there root may not pass through other people's closed folders.
        if not (os.access(postgres, os.X_OK) and os.access(folder, os.W_OK)):
            raise PermissionError

    try:
        subprocess.run(
            [str(postgres), "--version"], preexec_fn=probe, check=True, stdout=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def nobody() -> tuple[int, int]:
    """User and group id of nobody."""
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid
