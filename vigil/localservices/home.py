"""The data folder (`.vigil/`): who owns it right now, what runs in it, and its secret key."""

import fcntl
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from vigil.localservices.errors import LocalServiceError
from vigil.localservices.processes import ProcessRef

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class State:
    """What the owner of a data folder has running; `env` is empty until the services answer."""

    owner: ProcessRef
    kind: str
    url: str = ""
    env: dict[str, str] = field(default_factory=dict)
    processes: dict[str, ProcessRef] = field(default_factory=dict)
    socket_folder: str = ""
    postgres_bin: str = ""


class Home:
    """A data folder, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        self.logs = self.path / "logs"
        self.logs.mkdir(exist_ok=True)
        self._state_file = self.path / "state.json"
        self._lock: IO[str] | None = None

    @classmethod
    def default(cls) -> "Home":
        return cls(Path(os.environ.get("VIGIL_HOME") or PROJECT / ".vigil"))

    def acquire(self) -> bool:
        """Makes us the owner until we end, however we end; False when another process is."""
        lock = _open_private(self.path / "lock")
        until = time.monotonic() + 0.5
        while not _try_lock(lock, fcntl.LOCK_EX):
            # `is_owned` elsewhere may hold the lock for an instant.
            if time.monotonic() > until:
                lock.close()
                return False
            time.sleep(0.05)
        self._lock = lock
        return True

    def release(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def is_owned(self) -> bool:
        """True while a living process owns this folder."""
        with _open_private(self.path / "lock") as lock:
            return not _try_lock(lock, fcntl.LOCK_SH)

    def join(self) -> IO[str] | None:
        """Marks us as a guest of the running services; None when their owner is leaving."""
        guests = _open_private(self.path / "guests")
        if _try_lock(guests, fcntl.LOCK_SH):
            return guests
        guests.close()
        return None

    def close_to_guests(self) -> IO[str] | None:
        """Keeps new guests out; None while one is still there."""
        guests = _open_private(self.path / "guests")
        if _try_lock(guests, fcntl.LOCK_EX):
            return guests
        guests.close()
        return None

    def write_state(self, state: State) -> None:
        write_private(self._state_file, json.dumps(asdict(state), indent=2))

    def read_state(self) -> State | None:
        try:
            raw = json.loads(self._state_file.read_text())
            raw["owner"] = ProcessRef(*raw["owner"])
            raw["processes"] = {k: ProcessRef(*v) for k, v in raw["processes"].items()}
            return State(**raw)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def forget_state(self) -> None:
        self._state_file.unlink(missing_ok=True)

    def secret_key(self) -> str:
        """The Django secret key of this folder, made on first use."""
        return self._secret("secret_key")

    def broker_password(self) -> str:
        return self._secret("broker_password")

    def _secret(self, name: str) -> str:
        file = self.path / name
        if not file.exists():
            write_private(file, secrets.token_urlsafe(64))
        value = file.read_text().strip()
        if not value:
            raise LocalServiceError(f"{file} is empty: delete it, and a new one will be made.")
        return value


def write_private(file: Path, text: str) -> None:
    """Writes a file of mode 0600, whole or not at all."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _open_private(file: Path) -> IO[str]:
    return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
