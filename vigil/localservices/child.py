"""One child process: started in a session of its own, logged to a file, ended for certain."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from vigil.localservices.errors import tail
from vigil.localservices.identity import Identity, die_with_parent, enter_namespace, nobody
from vigil.localservices.processes import ProcessRef, kill_group, reference

_LOG_LIMIT = 5_000_000


def spawn(
    argv: list[str],
    *,
    cwd: Path,
    env: dict[str, str],
    log: Path | None = None,
    identity: Identity = Identity.SELF,
    orphan_signal: int = signal.SIGTERM,
    own_session: bool = True,
) -> subprocess.Popen[bytes]:
    """Starts a process that does not outlive us (on Linux; elsewhere the state file finds it).

    Without a log the process keeps our terminal.
    """
    parent = os.getpid()

    def before_exec() -> None:
        if identity is Identity.NAMESPACE:
            enter_namespace()
        die_with_parent(parent, orphan_signal)

    user, group = nobody() if identity is Identity.NOBODY else (None, None)
    output = open(log, "ab") if log else None  # noqa: SIM115 - closed below, after the fork
    try:
        return subprocess.Popen(
            argv,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL if output else None,
            stdout=output,
            stderr=output,
            start_new_session=own_session,
            preexec_fn=before_exec,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )
    finally:
        if output:
            output.close()


@dataclass
class Child:
    """A long-running process that can be started again after it died."""

    name: str
    argv: list[str]
    log: Path
    cwd: Path
    env: dict[str, str]
    identity: Identity = Identity.SELF
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    grace: float = 15.0
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".old.log"))
        self.process = spawn(
            self.argv,
            cwd=self.cwd,
            env=self.env,
            log=self.log,
            identity=self.identity,
            orphan_signal=self.orphan_signal,
        )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def reference(self) -> ProcessRef | None:
        return reference(self.process.pid) if self.process and self.is_running else None

    def obituary(self) -> str:
        """How the process ended, with the tail of its log."""
        code = self.process.returncode if self.process else None
        return f"{self.name} ended with code {code}; the end of {self.log}:{tail(self.log)}"

    def stop(self) -> None:
        """Asks the process to end, waits, and kills what is left of its session."""
        if self.process is None:
            return
        if self.is_running:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        kill_group(self.process.pid)
        self.process.wait()
        self.process = None
