"""The table that this process holds, and whether the database has moved on since it was read.

Every publication locks and writes the one row of `RecordHead`, so one look at that row says
whether the table is fresh. Where it is not, the versions of every changed incident are read again;
where the history itself is another one (another database, a restored or rolled back one), all of
it is. Only the newest table is kept; readers of an older one keep theirs until they are done.
"""

import logging
import os
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from incidents.columns import matches
from incidents.columns.reading import RecordMoved
from incidents.columns.table import Table, changed, full
from incidents.models import PublishedIncident

logger = logging.getLogger(__name__)
# More changed versions than this are read faster with everything else.
MANY = 20_000
TRIES = 5
HEAD = "SELECT seq, at, xmin::text FROM incidents_recordhead WHERE id = 1"
# What a version says for ever, short of being emptied to protect people.
MARK = """
SELECT md5((to_jsonb(r) - '{valid_to,payload,search,search_text}'::text[])::text)
  FROM incidents_publishedincident r WHERE seq = %s
"""
_lock = threading.Lock()


def _unlock() -> None:
    """A process that forks while it reads leaves its child a lock that nobody would open."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_unlock)


@dataclass(frozen=True)
class Held:
    """A table and where it comes from: the database, its tip, and what the tip said."""

    database: tuple[Any, ...]
    head: tuple[Any, ...] | None
    mark: str
    table: Table

    def is_fresh(self, database: tuple[Any, ...], head: tuple[Any, ...] | None) -> bool:
        return head is not None and (self.database, self.head) == (database, head)


_held: Held | None = None


def table() -> Table:
    """The record as it stands, as this connection sees it."""
    global _held  # one table a process is the point
    alias = PublishedIncident.objects.db
    settings = connections[alias].settings_dict
    database = tuple(settings[part] for part in ("NAME", "HOST", "PORT"))
    with connections[alias].cursor() as cursor:
        head = _head(cursor)
        held = _held
        if held is not None and held.is_fresh(database, head):
            return held.table
        with _lock:
            held = _held
            if held is None or not held.is_fresh(database, head):
                same = held if held is not None and held.database == database else None
                held = _held = _read(cursor, same, database)
                matches.forget()
        return held.table


def _head(cursor: Any) -> tuple[Any, ...] | None:
    cursor.execute(HEAD)
    found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def _mark(cursor: Any, seq: int) -> str:
    cursor.execute(MARK, [seq])
    found = cursor.fetchone()
    return found[0] if found else ""


def _read(cursor: Any, held: Held | None, database: tuple[Any, ...]) -> Held:
    """The table after the newest publication, from the held one where that is its past."""
    for _ in range(TRIES):
        # The tip is read first: what is published meanwhile is read again next time.
        head = _head(cursor)
        seq = head[0] if head else 0
        mark = _mark(cursor, seq)
        began = time.perf_counter()
        try:
            if held is not None and _is_past(cursor, held, seq):
                return Held(database, head, mark, changed(cursor, held.table, held.head[0]))  # type: ignore[index]
            made = Held(database, head, mark, full(cursor))
        except RecordMoved:
            held = None
            continue
        seconds = time.perf_counter() - began
        logger.info("read %d versions of the record in %.2f s", made.table.size, seconds)
        return made
    raise RecordMoved


def _is_past(cursor: Any, held: Held, seq: int) -> bool:
    """Whether the held table is how this record was some changes ago."""
    if held.head is None or not 0 < seq - held.head[0] <= MANY:
        return False
    return bool(held.mark) and _mark(cursor, held.head[0]) == held.mark


def warm() -> threading.Thread:
    """Read the table in a thread of its own, so that the first reader need not wait for it."""

    def read() -> None:
        try:
            table()
        except Exception:  # the first question will read it, or say what is wrong
            logger.warning("The record could not be read ahead.", exc_info=True)
        finally:
            connection.close()

    thread = threading.Thread(target=read, name="read-the-record", daemon=True)
    thread.start()
    return thread
