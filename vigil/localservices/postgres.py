"""The embedded PostgreSQL: socket only, so that no other user of the machine can reach it."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from vigil.localservices import interrupts, postgres_files
from vigil.localservices.child import Child, spawn
from vigil.localservices.errors import LocalServiceError, tail
from vigil.localservices.home import Home
from vigil.localservices.identity import Identity, for_postgres, nobody

# The shortest limit of all systems (macOS: 104 bytes with the closing zero).
_SOCKET_PATH_LIMIT = 103
_START_SECONDS = 60
_PORT = "5432"
_MOST_BUFFERS = 2048  # megabytes: a million incidents lie in 1.3 GB


def _shared_buffers() -> str:
    """A quarter of the memory, as PostgreSQL's manual advises."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"{max(128, min(memory // 4, _MOST_BUFFERS))}MB"


SETTINGS = {
    "listen_addresses": "",
    "port": _PORT,
    "shared_buffers": _shared_buffers(),
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For small databases that may be thrown away: they do not survive a power cut.
FAST = {
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Postgres:
    """One server over `<home>/pg<major>`, with the database and superuser `vigil`."""

    def __init__(self, home: Home, *, fast: bool) -> None:
        self.home = home
        self.settings = {**SETTINGS, **(FAST if fast else {})}
        self.client_bin = postgres_files.binaries()
        self.identity = for_postgres(self.client_bin / "postgres", home.path)
        self.base, self.bin = home.path, self.client_bin
        if self.identity is Identity.NOBODY:
            self.base = postgres_files.public_folder(home.path)
            self.bin = postgres_files.public_copy(self.client_bin, self.base)
        self.data = self.base / f"pg{postgres_files.major_version(self.client_bin)}"
        self.socket_folder = self._make_socket_folder()
        self.child = Child(
            name="PostgreSQL",
            argv=[str(self.bin / "postgres"), "-D", str(self.data), *self._options()],
            log=home.logs / "postgres.log",
            cwd=self.base,
            env=postgres_files.clean_env(),
            identity=self.identity,
            # Fast shutdown: ends the sessions and writes a checkpoint.
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            grace=60,
        )

    @property
    def url(self) -> str:
        """Understood alike by libpq's programs, psycopg2 and django-environ."""
        return f"postgresql://vigil@:{_PORT}/vigil?host={self.socket_folder}"

    def start(self) -> None:
        """Returns when the database `vigil` takes connections."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        for _ in range(_START_SECONDS * 2):
            postgres_files.remove_stale_pid_file(self.data)
            self.child.start()
            if self._is_ready():
                self._ensure_database()
                return
            # After kill -9 the last server's processes may need seconds to go.
            interrupts.pause(0.5)
        raise LocalServiceError(
            f"PostgreSQL does not start. {self.child.obituary()}\n"
            "If the log says that another server is running, end that one; "
            f"if {self.data} is damaged, restore a backup into a new data folder."
        )

    def stop(self) -> None:
        self.child.stop()
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def query(self, sql: str, database: str = "vigil") -> str | None:
        """The answer as plain text; None when the server refuses."""
        argv = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]
        done = self._client(argv)
        return done.stdout.strip() if done.returncode == 0 else None

    def _client(self, argv: list[str]) -> subprocess.CompletedProcess[str]:
        where = ["-h", str(self.socket_folder), "-p", _PORT, "-U", "vigil"]
        return subprocess.run(
            [str(self.client_bin / argv[0]), *where, *argv[1:]],
            env=postgres_files.clean_env(),
            capture_output=True,
            text=True,
            start_new_session=True,
        )

    def _options(self) -> list[str]:
        settings = {**self.settings, "unix_socket_directories": str(self.socket_folder)}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _make_socket_folder(self) -> Path:
        folder = self.base / "socket"
        # PostgreSQL reads the setting as a comma-separated list with quotes.
        plain = not set('," %?&#') & set(str(folder))
        if plain and len(os.fsencode(folder / f".s.PGSQL.{_PORT}")) <= _SOCKET_PATH_LIMIT:
            # A killed server's socket and lock file must not stand in the way of the next one.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        else:
            folder = Path(tempfile.mkdtemp(prefix="vigil-", dir=_short_temporary_folder()))
        self._own(folder)
        return folder

    def _own(self, folder: Path) -> None:
        folder.chmod(0o700)
        if self.identity is Identity.NOBODY:
            os.chown(folder, *nobody())

    def _initialise(self) -> None:
        """Makes the data folder beside its place first: an interrupted initdb leaves nothing."""
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        self._own(fresh)
        ctype = postgres_files.utf8_ctype()
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        # The socket lies in a folder that only we may enter; nothing listens on TCP.
        access = ("-U", "vigil", "--auth-local=trust", "--auth-host=reject")
        cluster = ("-D", str(fresh), "-E", "UTF8", "--data-checksums", "--no-instructions")
        log = self.home.logs / "initdb.log"
        process = spawn(
            [str(self.bin / "initdb"), *cluster, *access, *locale, f"--lc-ctype={ctype}"],
            cwd=self.base,
            env=postgres_files.clean_env(),
            log=log,
            identity=self.identity,
        )
        try:
            while process.poll() is None:
                interrupts.pause()
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            raise LocalServiceError(
                f"PostgreSQL's data folder cannot be made in {self.base}: is the disk full or "
                f"the folder read-only? Or set DATABASE_URL to a server of your own.{tail(log)}"
            )
        fresh.rename(self.data)

    def _is_ready(self) -> bool:
        """Waits while the server starts or recovers; False when it gave up."""
        while self.child.is_running:
            if self._client(["pg_isready", "-q"]).returncode == 0:
                return True
            interrupts.pause()
        return False

    def _ensure_database(self) -> None:
        if self.query("SELECT 1") is None and self._client(["createdb", "vigil"]).returncode:
            raise LocalServiceError(f"The database cannot be made; {self.child.log} says why.")


def _short_temporary_folder() -> str:
    folder = tempfile.gettempdir()
    return folder if len(os.fsencode(folder)) < 60 and " " not in folder else "/tmp"  # noqa: S108
