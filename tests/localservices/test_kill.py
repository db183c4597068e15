"""Whatever is killed with -9, committed data stay and the next start works."""

import os
import signal
import time

import pytest

from vigil.localservices.child import Child
from vigil.localservices.home import Home
from vigil.localservices.processes import is_alive
from vigil.localservices.stack import Unit

WRITE = (
    "import os, psycopg2, redis\n"
    "c = psycopg2.connect(os.environ['DATABASE_URL']); k = c.cursor()\n"
    "k.execute('CREATE TABLE kept (n int)'); k.execute('INSERT INTO kept VALUES (41)')\n"
    "c.commit(); redis.from_url(os.environ['REDIS_URL']).rpush('queue', 'job')"
)
READ = (
    "import os, psycopg2, redis\n"
    "k = psycopg2.connect(os.environ['DATABASE_URL']).cursor(); k.execute('SELECT n FROM kept')\n"
    "print(k.fetchone()[0], redis.from_url(os.environ['REDIS_URL']).llen('queue'))"
)


def test_what_was_committed_survives_kill_9_of_everything(launcher):
    owner = launcher.hold()
    launcher.python(WRITE)
    # The broker writes its file every second.
    time.sleep(1.2)

    for pid in (owner.pid, *(ref.pid for ref in launcher.state().processes.values())):
        os.kill(pid, signal.SIGKILL)
    owner.wait()

    assert launcher.python(READ) == "41 1"


def test_kill_9_of_the_launcher_leaves_nothing_after_the_next_start(launcher):
    owner = launcher.hold()
    launcher.python(WRITE)
    time.sleep(1.2)
    left = launcher.state().processes

    owner.kill()
    owner.wait()

    assert launcher.python(READ) == "41 1"
    assert not any(map(is_alive, left.values()))


def test_stop_clears_what_a_killed_launcher_left(launcher):
    owner = launcher.hold()
    left = launcher.state().processes
    owner.kill()
    owner.wait()

    done = launcher.call("stop")

    assert done.returncode == 0
    assert not any(map(is_alive, left.values()))


def test_a_process_id_given_to_another_program_does_not_stop_postgresql(launcher):
    launcher.environment()
    data = next(launcher.folder.glob("pg*"))
    stale = f"{os.getpid()}\n{data}\n1700000000\n5432\n/tmp\n\n  1234567   99999999\nready\n"
    (data / "postmaster.pid").write_text(stale)

    assert launcher.environment()["DATABASE_URL"]


def test_a_state_file_that_was_cut_short_is_no_obstacle(launcher):
    launcher.environment()
    (launcher.folder / "state.json").write_text('{"owner": [1')

    assert launcher.environment()["DATABASE_URL"]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_that_dies_is_started_again_later_each_time(tmp_path):
    log = tmp_path / "child.log"
    child = Child("sleeper", ["sleep", "60"], log, tmp_path, dict(os.environ))
    unit = Unit(child, child.start, delay=0.1)
    child.start()

    child.process.kill()
    child.process.wait()
    first = unit.tend()
    time.sleep(0.15)
    second = unit.tend()

    assert (first, second) == (False, True)
    assert child.is_running
    assert unit.delay == 0.2
    child.stop()
    assert not child.is_running


def test_a_secret_that_was_emptied_is_explained(launcher):
    Home(launcher.folder)
    (launcher.folder / "secret_key").touch()

    done = launcher.call("exec", "--fast", "--", "true")

    assert done.returncode == 1
    assert "secret_key is empty: delete it" in done.stderr
