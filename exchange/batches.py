"""Verbs of an import as a job: open or take up again, note progress, end.

An import runs in the foreground and holds a session lock that PostgreSQL frees when the process
dies, however it dies. Whoever holds the lock may take up an unfinished batch at once.
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core.jobs import JobState, LeaseLost
from exchange.models import ImportBatch, RejectedRow

# An arbitrary number of our own for pg_advisory_lock.
IMPORT_LOCK = 7_314_402
LOCK_ATTEMPTS = 30


class ImportBusy(Exception):
    """Another import is running."""


@dataclass
class Tally:
    """What became of a run of rows."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return self.created + self.updated + self.unchanged


@contextmanager
def sole_import() -> Iterator[None]:
    """Hold the right to import. Raises ImportBusy where another process keeps it for 15 s.

    A killed import's session ends only when PostgreSQL sees that its client is gone, at the next
    check while a long statement runs.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '1s'")
        for _attempt in range(LOCK_ATTEMPTS):
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORT_LOCK])
            if cursor.fetchone()[0]:
                break
            time.sleep(0.5)
        else:
            raise ImportBusy(_("Another import is running. Wait for it to end, then try again."))
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


def open_batch(
    file_format: str, file_name: str, sha256: str, *, total: int, by: User, at: dt.datetime
) -> ImportBatch:
    """The unfinished batch of this file, taken up where it stopped, else a new one.

    Call it inside `sole_import`. `rows_read` says how many rows are already done.
    """
    runs = ImportBatch.objects.filter(format=file_format, file_sha256=sha256)
    batch = runs.exclude(state=JobState.DONE).first()
    if batch is None:
        batch = ImportBatch.objects.create(
            key=f"{file_format}:{sha256}:{runs.count() + 1}",
            format=file_format,
            file_name=file_name[:200],
            file_sha256=sha256,
            started_by=by,
        )
    # We hold the lock, so nobody else works on it, whatever its lease says.
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=JobState.QUEUED, attempts=0, leased_until=None
    )
    claimed = ImportBatch.claim(batch.pk, at=at)
    if claimed is None:
        raise LeaseLost(batch.key)
    claimed.renew(at=at, progress=claimed.progress, total=total)
    return claimed


def advance(batch: ImportBatch, tally: Tally, *, at: dt.datetime) -> None:
    """Note what was done, inside the transaction that did it. Raises LeaseLost."""
    batch.renew(at=at, progress=batch.progress + tally.read)
    ImportBatch.objects.filter(pk=batch.pk).update(
        rows_read=F("rows_read") + tally.read,
        rows_accepted=F("rows_accepted") + tally.accepted,
        rows_rejected=F("rows_rejected") + len(tally.rejected),
        created=F("created") + tally.created,
        updated=F("updated") + tally.updated,
        unchanged=F("unchanged") + tally.unchanged,
    )
    RejectedRow.objects.bulk_create(tally.rejected, batch_size=2000, ignore_conflicts=True)


def rejected_of(batch: ImportBatch, first: int = 20) -> Sequence[RejectedRow]:
    """The first rejected rows, in the order of the file."""
    return list(batch.rejected.all()[:first])
