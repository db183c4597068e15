"""`exec`: a command beside the services, borrowed from their owner or started for its time."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from vigil.localservices import interrupts, postgres_files
from vigil.localservices.child import spawn
from vigil.localservices.console import say
from vigil.localservices.errors import LocalServiceError
from vigil.localservices.home import Home, State
from vigil.localservices.services import Services, child_env, clear_leftovers

_PATIENCE_SECONDS = 120


def execute(command: list[str], *, home: Home, fast: bool) -> int:
    """Runs the command with the services' URLs in its environment; returns its exit code."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        if home.acquire():
            return _as_owner(command, home, fast=fast)
        if guest := _join(home):
            state, guests = guest
            with guests:
                return _run(command, state)
        if time.monotonic() > until:
            raise LocalServiceError(
                f"The services in {home.path} neither start nor stop: "
                "end them with `python -m vigil.localservices stop` and try again."
            )
        interrupts.pause(0.1)


def execute_fresh(command: list[str], *, fast: bool) -> int:
    """As `execute`, in a data folder that is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="vigil-"))
    home = Home(folder)
    try:
        return execute(command, home=home, fast=fast)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        postgres_files.forget_public_folder(folder)


def _join(home: Home) -> tuple[State, IO[str]] | None:
    """The running services and our place among their guests; None while they start or leave."""
    guests = home.join()
    if guests is None:
        return None
    state = home.read_state()
    if state is None or not state.env or not home.is_owned():
        guests.close()
        return None
    return state, guests


def _as_owner(command: list[str], home: Home, *, fast: bool) -> int:
    clear_leftovers(home)
    services = Services(home, kind="exec", fast=fast)
    # Closed when the services have stopped, so that no guest slips in while they do.
    with ExitStack() as cleanup:
        cleanup.callback(home.release)
        try:
            services.start()
            code = _run(command, services.state)
            cleanup.enter_context(_wait_for_guests(home))
            return code
        finally:
            services.stop()


def _wait_for_guests(home: Home) -> IO[str]:
    """Returns when the last guest has left; new ones stay out until the result is closed."""
    told = False
    while (door := home.close_to_guests()) is None:
        if not told:
            say("Waiting for another command that uses the same services …")
            told = True
        interrupts.pause(0.1)
    return door


def _run(command: list[str], state: State) -> int:
    # In our own session: the command keeps the terminal, as createsuperuser and psql need.
    try:
        process = spawn(command, cwd=Path.cwd(), env=child_env(state), own_session=False)
    except FileNotFoundError as error:
        raise LocalServiceError(f"There is no command {command[0]!r}.") from error
    while True:
        try:
            code = process.wait(0.1)
        except subprocess.TimeoutExpired:
            _pass_on_signals(process)
            continue
        return code if code >= 0 else 128 - code


def _pass_on_signals(process: subprocess.Popen[bytes]) -> None:
    while (signum := interrupts.take()) is not None:
        # Ctrl-C reaches the command from the terminal itself; a second one would be an order
        # to break off at once.
        if signum != signal.SIGINT or not _in_foreground():
            process.send_signal(signum)


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
