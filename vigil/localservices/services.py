"""The services that a data folder needs: started, noted in its state, stopped in order."""

import os
import shutil
import signal
import sys
from pathlib import Path

from vigil.localservices import processes
from vigil.localservices.console import step
from vigil.localservices.home import Home, State
from vigil.localservices.postgres import Postgres
from vigil.localservices.valkey import Valkey

_NO_GRACE = ("web", "beat", "worker")


class Services:
    """PostgreSQL and Valkey, each unless its URL is already set in the environment."""

    def __init__(self, home: Home, *, kind: str, fast: bool = False) -> None:
        self.home = home
        self.kind = kind
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(home, fast=fast)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(home)
        self.state = State(owner=processes.reference(os.getpid()), kind=kind)
        if self.postgres:
            self.state.socket_folder = str(self.postgres.socket_folder)
            self.state.postgres_bin = str(self.postgres.client_bin)
        home.write_state(self.state)

    def start(self) -> None:
        if self.postgres:
            with step("PostgreSQL"):
                self.postgres.start()
            self.note()
        if self.valkey:
            with step("Valkey"):
                self.valkey.start()
        self.state.env = self._urls()
        self.note()

    def note(self, **others: processes.ProcessRef | None) -> None:
        """Writes down which processes run, so that a later start finds them after kill -9."""
        children = {
            "postgres": self.postgres and self.postgres.child.reference,
            "valkey": self.valkey and self.valkey.child.reference,
        }
        found = {**children, **others}
        self.state.processes = {name: ref for name, ref in found.items() if ref}
        self.home.write_state(self.state)

    def stop(self) -> None:
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        self.home.forget_state()

    def _urls(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.postgres.url if self.postgres else os.environ["DATABASE_URL"],
            "REDIS_URL": self.valkey.url if self.valkey else os.environ["REDIS_URL"],
            "SECRET_KEY": self.home.secret_key(),
            "VIGIL_LOCAL": "1",
        }


def child_env(state: State) -> dict[str, str]:
    """The environment of Vigil's own processes and of `exec`'s command: what is set, stays."""
    ours = {name: os.environ.get(name) or value for name, value in state.env.items()}
    # This Python's programs (pytest, celery) and the wheel's pg_dump come before the system's.
    folders = [str(Path(sys.executable).parent), state.postgres_bin, os.environ.get("PATH", "")]
    path = os.pathsep.join(folder for folder in folders if folder)
    return {**os.environ, **ours, "PATH": path, "PYTHONUNBUFFERED": "1"}


def clear_leftovers(home: Home) -> None:
    """Stops what a killed launcher left running. Only for the owner of the folder."""
    state = home.read_state()
    if state is None:
        return
    for name in ("web", "beat", "worker", "valkey", "postgres"):
        if ref := state.processes.get(name):
            signum = signal.SIGINT if name == "postgres" else signal.SIGTERM
            processes.end(ref, signum, grace=2 if name in _NO_GRACE else 30)
    folder = Path(state.socket_folder)
    if state.socket_folder and folder.name.startswith("vigil-"):
        shutil.rmtree(folder, ignore_errors=True)
    home.forget_state()
