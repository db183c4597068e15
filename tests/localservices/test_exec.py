import json
import os
import signal
import stat
import subprocess
import sys

import psycopg2
import pytest

from vigil.localservices.home import PROJECT
from vigil.localservices.postgres_files import binaries
from vigil.localservices.processes import is_alive

from .conftest import after

STARTED = (
    "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']).cursor(); "
    "c.execute('SELECT pg_postmaster_start_time()'); print(c.fetchone()[0])"
)


def test_a_command_finds_both_services_a_key_and_the_database_programs(launcher):
    env = launcher.environment()

    assert env["DATABASE_URL"].startswith("postgresql://vigil@")
    assert env["REDIS_URL"].startswith("redis://:")
    assert len(env["SECRET_KEY"]) >= 50
    assert env["VIGIL_LOCAL"] == "1"
    assert str(binaries()) in env["PATH"].split(os.pathsep)


def test_the_exit_code_of_the_command_is_passed_on(launcher):
    launcher.env |= {"DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://broker/0"}

    done = launcher.call("exec", "--", sys.executable, "-c", "raise SystemExit(7)")

    assert done.returncode == 7


def test_given_urls_replace_the_embedded_servers(launcher):
    launcher.env |= {"DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://broker/0"}

    env = launcher.environment()

    assert env["DATABASE_URL"] == "postgresql://db/x"
    assert env["REDIS_URL"] == "redis://broker/0"
    assert not list(launcher.folder.glob("pg*"))
    assert not (launcher.folder / "valkey").exists()


def test_a_missing_command_is_named(launcher):
    launcher.env |= {"DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://broker/0"}

    done = launcher.call("exec", "--", "no-such-program")

    assert done.returncode == 1
    assert "no-such-program" in done.stderr


def test_secrets_are_readable_by_their_owner_only_and_stay_the_same(launcher):
    first = launcher.environment()["SECRET_KEY"]
    second = launcher.environment()["SECRET_KEY"]

    assert first == second
    assert stat.S_IMODE(launcher.folder.stat().st_mode) == 0o700
    for name in ("secret_key", "broker_password", "valkey/valkey.conf", "lock"):
        assert stat.S_IMODE((launcher.folder / name).stat().st_mode) == 0o600, name


def test_nobody_gets_in_without_the_socket_folder_or_the_password(launcher):
    code = (
        "import os, psycopg2, redis; u = os.environ['REDIS_URL']\n"
        "c = psycopg2.connect(os.environ['DATABASE_URL']).cursor()\n"
        "c.execute('SHOW listen_addresses'); print(repr(c.fetchone()[0]))\n"
        "print(os.stat(os.environ['DATABASE_URL'].split('host=')[1]).st_mode & 0o777)\n"
        "try: redis.from_url('redis://' + u.split('@')[1]).ping()\n"
        "except redis.exceptions.AuthenticationError: print('refused')"
    )

    assert launcher.python(code).splitlines() == ["''", str(0o700), "refused"]
    rules = (next(launcher.folder.glob("pg*")) / "pg_hba.conf").read_text().splitlines()
    assert {rule.split()[-1] for rule in rules if rule.startswith("host")} == {"reject"}


def test_a_second_command_borrows_the_running_services(launcher):
    launcher.hold()
    state = launcher.state()

    first, second = launcher.python(STARTED), launcher.python(STARTED)

    assert first == second
    assert all(map(is_alive, state.processes.values()))


def test_the_owner_waits_for_a_borrower_before_it_stops_the_services(launcher):
    owner = launcher.hold("sleep", "2")

    code = "import time; time.sleep(3)\n" + STARTED
    answer = launcher.python(code)

    assert answer
    assert owner.wait(30) == 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_command_and_leaves_no_process(launcher, signum):
    owner = launcher.hold()
    processes = launcher.state().processes

    owner.send_signal(signum)

    assert owner.wait(30) == 128 + signum
    assert set(processes) == {"postgres", "valkey"}
    assert not any(map(is_alive, processes.values()))
    assert launcher.state() is None


def test_a_fresh_folder_is_thrown_away(launcher):
    argv = [*launcher.argv("exec")[:3], "exec", "--fresh", "--fast", "--", sys.executable, "-c"]
    code = "import json, os; print(json.dumps(os.environ['DATABASE_URL']))"

    done = subprocess.run(
        [*argv, code], env=launcher.env, capture_output=True, text=True, timeout=120
    )

    folder = json.loads(done.stdout).split("host=")[1]
    assert done.returncode == 0, done.stderr
    assert not os.path.exists(folder)
    assert not os.path.exists(os.path.dirname(folder))


def test_it_works_without_root_and_with_an_empty_environment(launcher):
    launcher.env = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}
    launcher.folder.parent.chmod(0o700)
    command = ("--fast", "--", sys.executable, "-c", "import os; print(os.geteuid())")
    argv = launcher.argv("exec", *command)
    if os.geteuid() == 0:
        module = "vigil.localservices.identity"
        argv = after(f"from {module} import enter_namespace; enter_namespace()", argv)

    done = subprocess.run(argv, env=launcher.env, cwd=PROJECT, capture_output=True, text=True)

    if "user namespaces are refused" in done.stderr:
        pytest.skip("this system refuses user namespaces to root")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != "0"


def test_a_long_path_still_has_a_short_socket(launcher):
    launcher.folder = launcher.folder / ("long" * 30)

    assert launcher.python(STARTED)


def test_the_url_means_the_same_to_django(launcher):
    code = (
        "import environ, os; from django.conf import settings\n"
        "settings.configure(DATABASES={'default': environ.Env().db('DATABASE_URL')})\n"
        "from django.db import connection; c = connection.cursor()\n"
        "c.execute('SELECT current_database()'); print(c.fetchone()[0])"
    )

    assert launcher.python(code) == "vigil"


def test_the_database_is_not_reachable_after_the_command(launcher):
    url = launcher.environment()["DATABASE_URL"]

    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)
