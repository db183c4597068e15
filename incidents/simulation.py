"""A record of any size to measure on: published incidents moved in time, under ids of their own.

Nothing of it was reported by anybody. It is written straight into the record, past the desk and
the door, and therefore belongs into databases that are thrown away.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pgtrigger
from django.db import connection, transaction

from incidents.models import PublishedIncident
from incidents.record import advance_head, lock_head

ROWS_SQL = (Path(__file__).parent / "sql" / "simulated_rows.sql").read_text(encoding="utf-8")
# The longest move is half a year; what would lie in the future moves into the past instead.
TEMPLATES_SQL = """
CREATE TEMPORARY TABLE simulation_template AS
SELECT row_number() OVER (ORDER BY seq) - 1 AS number, seq,
       %(today)s::date - date_end AS today_or_before
  FROM incidents_publishedincident
 WHERE valid_to IS NULL AND is_listed AND slug NOT LIKE 'simulated-%%'
"""
# Copied texts bring no new word.
WORDS = "incidents.PublishedIncident:record_words_are_kept"
BATCH = 50_000


class NothingToMove(Exception):
    """The record has no incident that could be moved."""


def simulate(
    number: int, *, seed: int, at: dt.datetime, progress: Callable[[int], object] | None = None
) -> int:
    """Append so many simulated incidents to the record in one change; return its new tip.

    Deterministic: the same record and seed give the same incidents. `progress` hears of each
    batch. Raises NothingToMove for a record without incidents.
    """
    with transaction.atomic(), pgtrigger.ignore(WORDS), connection.cursor() as cursor:
        head, at = lock_head(at)
        before = PublishedIncident.objects.filter(slug__startswith="simulated-").count()
        _run(cursor, TEMPLATES_SQL, today=at.date())
        templates = cursor.rowcount
        if templates < 1:
            raise NothingToMove
        cursor.execute("CREATE UNIQUE INDEX ON simulation_template (number)")
        cursor.execute("ANALYZE simulation_template")
        for first in range(before, before + number, BATCH):
            last = min(first + BATCH, before + number) - 1
            first_seq = head.seq + 1 + first - before
            _run(cursor, ROWS_SQL, first=first, last=last, first_seq=first_seq, at=at, seed=seed,
                 templates=templates)  # fmt: skip
            if progress is not None:
                progress(last - first + 1)
        cursor.execute("DROP TABLE simulation_template")
        advance_head(head, at, written=number, listed=number)
    return head.seq


def _run(cursor: Any, sql: str, **params: Any) -> None:
    # `pgtrigger.ignore` puts a positional parameter before the statement: ours must be in it.
    cursor.execute(cursor.mogrify(sql, params).decode().replace("%", "%%"))
