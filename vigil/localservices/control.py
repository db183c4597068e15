"""`status` and `stop`, from another terminal."""

import signal
import time

from vigil.localservices import processes
from vigil.localservices.console import say
from vigil.localservices.errors import LocalServiceError
from vigil.localservices.home import Home
from vigil.localservices.services import clear_leftovers

_STOP_SECONDS = 90


def status(home: Home) -> int:
    """Says what runs; 0 when the services answer to somebody, 1 when nothing runs."""
    state = home.read_state() if home.is_owned() else None
    if state is None:
        say(f"Nothing is running in {home.path}")
        return 1
    say(f"{state.url or f'Services for `{state.kind}`'} (process {state.owner.pid}, {home.path})")
    for name, ref in state.processes.items():
        say(f"  {name:9} {'runs' if processes.is_alive(ref) else 'ended'}  process {ref.pid}")
    return 0


def stop(home: Home) -> int:
    """Stops the owner of the data folder, or what a killed one has left behind."""
    if home.acquire():
        clear_leftovers(home)
        home.release()
        say(f"Nothing is running in {home.path}")
        return 0
    state = home.read_state()
    if state is None:
        raise LocalServiceError("Vigil is just starting or stopping: try again in a second.")
    processes.send(state.owner, signal.SIGTERM)
    until = time.monotonic() + _STOP_SECONDS
    while home.is_owned():
        if time.monotonic() > until:
            raise LocalServiceError(
                f"Process {state.owner.pid} does not stop: end it with `kill -9 {state.owner.pid}`."
            )
        time.sleep(0.1)
    say("Stopped.")
    return 0
