"""Write the record. Only `incidents.workflow` calls this; everything public reads the result."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from incidents.models import PublishedIncident, RecordHead

ROWS_SQL = (Path(__file__).parent / "sql" / "record_rows.sql").read_text(encoding="utf-8")
TOMBSTONE_SQL = (Path(__file__).parent / "sql" / "tombstone_rows.sql").read_text(encoding="utf-8")
REDACT_SQL = (Path(__file__).parent / "sql" / "redact_rows.sql").read_text(encoding="utf-8")

# The same statement that publishes, without its INSERT: what is said beforehand cannot differ.
_HEAD, _INSERT, _REST = ROWS_SQL.partition("INSERT INTO incidents_publishedincident (")
SELECT_SQL = f"{_HEAD}SELECT\n{_REST.partition(')' + chr(10) + 'SELECT' + chr(10))[2]}"

# Two people who publish at once read the clock before they wait for each other.
CLOCK_TOLERANCE = dt.timedelta(minutes=1)
TICK = dt.timedelta(microseconds=1)


class RecordTimeRefused(Exception):
    """Record time runs forward only: the moment lies well before the newest version."""


def lock_head(at: dt.datetime) -> tuple[RecordHead, dt.datetime]:
    """Lock the tip of the record until commit; return it with the record moment of the change.

    The moment is `at`, or just after the tip where somebody else came first, so that each change
    has a moment of its own. Raises RecordTimeRefused for a moment well in the record's past.
    """
    RecordHead.objects.get_or_create(pk=1)
    head = RecordHead.objects.select_for_update().get(pk=1)
    if head.at is None or at > head.at:
        return head, at
    if at < head.at - CLOCK_TOLERANCE:
        raise RecordTimeRefused(
            f"{at.isoformat()} is before {head.at.isoformat()}, the newest moment of the record."
        )
    return head, head.at + TICK


def _close(public_ids: Sequence[str], at: dt.datetime) -> int:
    """End the current versions at `at`; return how many of them were listed."""
    current = PublishedIncident.objects.filter(public_id__in=public_ids, valid_to__isnull=True)
    listed = current.filter(is_listed=True).count()
    current.update(valid_to=at)
    return listed


def _append(sql: str, head: RecordHead, at: dt.datetime, **params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"at": at, "first_seq": head.seq + 1, **params})
        return int(cursor.rowcount)


def would_say(incident: int, at: dt.datetime) -> dict[str, Any]:
    """The payload that publication of one incident at `at` would write. Writes nothing."""
    said: dict[str, Any] = {"first_seq": 0, "notice": "", "notice_fr": ""}
    with connection.cursor() as cursor:
        cursor.execute(SELECT_SQL, said | {"ids": [incident], "at": at})
        payload = cursor.fetchone()[-1]
    found: dict[str, Any] = json.loads(payload) if isinstance(payload, str) else payload
    return found


def append_versions(
    ids: Sequence[int],
    public_ids: Sequence[str],
    *,
    at: dt.datetime,
    notice: str = "",
    notice_fr: str = "",
) -> int:
    """Append the present desk state of incidents as new versions; return how many.

    One transaction with the desk change; the caller has checked every rule.
    """
    head, at = lock_head(at)
    closed = _close(public_ids, at)
    written = _append(ROWS_SQL, head, at, ids=list(ids), notice=notice, notice_fr=notice_fr)
    advance_head(head, at, written=written, listed=written - closed)
    return written


def append_tombstones(ids: Sequence[int], public_ids: Sequence[str], *, at: dt.datetime) -> int:
    """Append withdrawn or merged versions: id, dates, status and reason class, nothing else."""
    head, at = lock_head(at)
    closed = _close(public_ids, at)
    written = _append(TOMBSTONE_SQL, head, at, ids=list(ids))
    advance_head(head, at, written=written, listed=-closed)
    return written


def append_copies(
    rows: Sequence[PublishedIncident], *, at: dt.datetime, notice: str, notice_fr: str
) -> int:
    """Append current versions anew, with the payloads that they carry now; return how many.

    For changes that come from elsewhere: the desk's present state of these incidents is not asked.
    """
    if not rows:
        return 0
    head, at = lock_head(at)
    _close([row.public_id for row in rows], at)
    stamp = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for number, row in enumerate(rows, start=1):
        row.seq, row.version = head.seq + number, row.version + 1
        row.valid_from, row.valid_to = at, None
        row.status, row.notice, row.notice_fr = "corrected", notice, notice_fr
        own = {"version": row.version, "status": "corrected", "revised_at": stamp}
        row.payload = row.payload | own
    PublishedIncident.objects.bulk_create(rows)
    advance_head(head, at, written=len(rows), listed=0)
    return len(rows)


def redact(public_ids: Sequence[str]) -> None:
    """Empty the older versions of incidents withdrawn to protect people; their ids stay."""
    with connection.cursor() as cursor:
        cursor.execute(REDACT_SQL, {"public_ids": list(public_ids)})


def advance_head(head: RecordHead, at: dt.datetime, *, written: int, listed: int) -> None:
    """Note that so many versions were written at `at`, and how many incidents more are listed."""
    head.seq += written
    head.at = at
    head.listed += listed
    head.save(update_fields=["seq", "at", "listed"])
