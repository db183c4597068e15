"""Each test has a data folder and servers of its own, whatever services run the tests."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigil.localservices.home import PROJECT, Home, State
from vigil.localservices.processes import is_alive

OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "VIGIL_LOCAL", "VIGIL_HOME")
PRINT_ENV = "import json, os; print(json.dumps(dict(os.environ)))"


class Launcher:
    """The command line over one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {name: value for name, value in os.environ.items() if name not in OURS}
        self.started: list[subprocess.Popen[str]] = []

    def argv(self, command: str, *options: str) -> list[str]:
        home = ("--home", str(self.folder))
        return [sys.executable, "-m", "vigil.localservices", command, *home, *options]

    def call(self, command: str, *options: str, **kwargs) -> subprocess.CompletedProcess[str]:
        kwargs = {"env": self.env, "cwd": PROJECT, "timeout": 120, **kwargs}
        return subprocess.run(
            self.argv(command, *options), capture_output=True, text=True, **kwargs
        )

    def python(self, code: str, **kwargs) -> str:
        """What the code prints when it runs beside the services."""
        done = self.call("exec", "--fast", "--", sys.executable, "-c", code, **kwargs)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def environment(self, **kwargs) -> dict[str, str]:
        return json.loads(self.python(PRINT_ENV, **kwargs))

    def hold(self, *command: str) -> subprocess.Popen[str]:
        """Keeps services running in the background; returns when they answer."""
        argv = self.argv("exec", "--fast", "--", *(command or ("sleep", "120")))
        # Under nohup the tests would hand down an ignored SIGHUP.
        argv = after("import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)", argv)
        owner = subprocess.Popen(
            argv,
            env=self.env,
            cwd=PROJECT,
            start_new_session=True,
            text=True,
        )
        self.started.append(owner)
        wait_until(lambda: (state := self.state()) is not None and bool(state.env))
        return owner

    def state(self) -> State | None:
        return Home(self.folder).read_state()


def after(code: str, argv: list[str]) -> list[str]:
    """The command, run in a process that has run some Python first."""
    return [sys.executable, "-c", f"{code}\nimport os; os.execv({argv[0]!r}, {argv!r})"]


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[Launcher]:
    launcher = Launcher(tmp_path / "home")
    yield launcher
    for owner in launcher.started:
        if owner.poll() is None:
            owner.send_signal(signal.SIGTERM)
            owner.wait(60)
    launcher.call("stop")
    state = launcher.state()
    assert state is None or not any(map(is_alive, state.processes.values()))
