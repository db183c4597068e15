import os

from vigil.localservices import processes
from vigil.localservices.home import Home, State


def _pretend_to_run(launcher, kind: str, url: str) -> Home:
    home = Home(launcher.folder)
    assert home.acquire()
    home.write_state(State(owner=processes.reference(os.getpid()), kind=kind, url=url))
    return home


def test_starting_twice_names_the_running_one(launcher):
    home = _pretend_to_run(launcher, "run", "http://127.0.0.1:8123/")

    done = launcher.call("run")
    home.release()

    assert done.returncode == 1
    assert "already running at http://127.0.0.1:8123/" in done.stderr


def test_a_start_beside_a_running_test_says_so(launcher):
    home = _pretend_to_run(launcher, "exec", "")

    done = launcher.call("run")
    home.release()

    assert done.returncode == 1
    assert "wait for it to end" in done.stderr


def test_status_tells_running_from_stopped(launcher):
    home = _pretend_to_run(launcher, "run", "http://127.0.0.1:8123/")
    running = launcher.call("status")
    home.release()
    stopped = launcher.call("status")

    assert running.returncode == 0
    assert "http://127.0.0.1:8123/" in running.stdout
    assert stopped.returncode == 1
    assert "Nothing is running" in stopped.stdout


def test_stop_ends_the_owner(launcher):
    owner = launcher.hold()

    done = launcher.call("stop")

    assert done.returncode == 0
    assert owner.wait(10) == 143
