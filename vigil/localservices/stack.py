"""`run`: the whole of Vigil on one machine, kept running until somebody stops it."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass

from vigil.localservices import interrupts, steps
from vigil.localservices.child import Child
from vigil.localservices.console import say, step
from vigil.localservices.errors import LocalServiceError, tail
from vigil.localservices.home import Home, State
from vigil.localservices.ports import free_port
from vigil.localservices.programs import beat, web, worker
from vigil.localservices.services import Services, clear_leftovers

_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_WEB_SECONDS = 90


@dataclass
class Unit:
    """A child that is started again after it died, later each time that it dies young."""

    child: Child
    start: Callable[[], None]
    delay: float = _FIRST_DELAY
    due: float | None = None
    began: float = 0.0

    def tend(self) -> bool:
        """Looks after the child; True when it was started again."""
        now = time.monotonic()
        if self.child.is_running:
            if now - self.began > 2 * _LONGEST_DELAY:
                self.delay = _FIRST_DELAY
            return False
        if self.due is None:
            say(f"{self.child.obituary()}\n  It is started again in {self.delay:g} s.")
            self.due = now + self.delay
            self.delay = min(self.delay * 2, _LONGEST_DELAY)
        if now < self.due:
            return False
        self.child.stop()
        self.start()
        self.began, self.due = now, None
        return True


class Stack:
    """Services, web, worker and beat of one data folder."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.programs: dict[str, Child] = {}

    def start(self, wanted_port: int) -> None:
        self.services.start()
        steps.prepare(self.services)
        port = free_port(wanted_port)
        if port != wanted_port:
            say(f"  Port {wanted_port} is taken: {port} instead.")
        with step("Web server"):
            self._launch("web", web(self.services, port))
            self._wait_for_page(port)
        with step("Worker and beat"):
            self._launch("worker", worker(self.services))
            self._launch("beat", beat(self.services))
        self.services.state.url = f"http://127.0.0.1:{port}/"
        self._note()

    def supervise(self) -> None:
        """Keeps everything running; leaves by Interrupted only, or by a service that cannot run."""
        units = [Unit(child, child.start) for child in self.programs.values()]
        if server := self.services.postgres:
            units.insert(0, Unit(server.child, server.start))
        if broker := self.services.valkey:
            units.insert(0, Unit(broker.child, broker.start))
        while True:
            interrupts.pause(0.3)
            started = [unit for unit in units if unit.tend()]
            if started:
                self._note()

    def stop(self) -> None:
        for name in ("web", "beat", "worker"):
            if child := self.programs.get(name):
                child.stop()
        self.services.stop()

    def _launch(self, name: str, child: Child) -> None:
        self.programs[name] = child
        child.start()
        self._note()

    def _note(self) -> None:
        self.services.note(**{name: child.reference for name, child in self.programs.items()})

    def _wait_for_page(self, port: int) -> None:
        child = self.programs["web"]
        until = time.monotonic() + _WEB_SECONDS
        while (status := _status_of_first_page(port)) is None:
            if not child.is_running:
                raise LocalServiceError(f"The web server does not start. {child.obituary()}")
            if time.monotonic() > until:
                raise LocalServiceError(f"The web server does not answer.{tail(child.log)}")
            interrupts.pause()
        if status >= 500:
            say(f"\n  The first page answers with error {status}; {child.log} says why.")


def run(home: Home, port: int) -> int:
    """Runs Vigil until a signal; returns the exit code."""
    if not home.acquire():
        raise LocalServiceError(_who_runs(home.read_state(), home))
    clear_leftovers(home)
    say(f"Starting Vigil; data and logs are in {home.path}")
    stack = Stack(Services(home, kind="run"))
    try:
        stack.start(port)
        say(f"\nVigil is running at {stack.services.state.url}   (Ctrl-C stops it)")
        stack.supervise()
    except interrupts.Interrupted:
        say("")
    finally:
        with step("Stopping"):
            stack.stop()
        home.release()
    return 0


def _who_runs(state: State | None, home: Home) -> str:
    if state and state.kind == "exec":
        return f"A test or command uses the services in {home.path}: wait for it to end."
    where = f" at {state.url}" if state and state.url else ", but not ready yet"
    return f"Vigil is already running{where}. `python -m vigil.localservices stop` ends it."


def _status_of_first_page(port: int) -> int | None:
    """The HTTP status of the home page; None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
