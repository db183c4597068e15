"""Import a UCDP GED file: read, check, write and publish batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange import batches
from exchange.batches import Tally
from exchange.models import ImportBatch, RejectedRow
from exchange.statistics import refresh_statistics
from exchange.ucdp import desk, reading, versions
from exchange.ucdp.areas import Areas
from exchange.ucdp.countries import Countries
from exchange.ucdp.event import Event, RowReader, RowRefused
from exchange.ucdp.layout import FileRefused
from exchange.ucdp.parties import Parties
from exchange.ucdp.reading import Record
from exchange.ucdp.versions import Version
from incidents.choices import Dataset
from regions.models import Country

FORMAT = "ucdp_ged"
BATCH_ROWS = 5000
# The first transaction is small: on empty tables PostgreSQL plans badly, and only statistics of
# published rows mend that.
FIRST_ROWS = 200
Progress = Callable[[int, int], None]


def import_file(
    path: Path, *, batch_rows: int = BATCH_ROWS, version: str = "", progress: Progress | None = None
) -> ImportBatch:
    """Bring the desk and the record to what the file says; return the finished batch.

    Safe to repeat and to kill: rows that are stored as they are stay untouched, and a batch that
    was cut off goes on where it stopped. `progress(done, total)` is called after each batch.
    Raises FileRefused for a file that cannot be imported at all, ImportBusy while another runs.
    """
    if not Country.objects.filter(in_scope=True).exists():
        raise FileRefused(_("There are no countries yet. Run `manage.py seed` first."))
    sha256 = reading.sha256(path)
    fallback = versions.of_file(path.name, version)
    scan = reading.scan(path)
    if "_ver" not in scan.at and fallback is None:
        raise FileRefused(
            _("The file does not say its version of UCDP GED. Give it: --dataset-version 24.1")
        )
    with batches.sole_import():
        countries = Countries()
        table = desk.Desk(countries, Parties(scan.actor_ids, countries), Areas(countries))
        batch = batches.open_batch(
            FORMAT, path.name, sha256, total=scan.rows, by=table.author, at=timezone.now()
        )
        _Run(batch, table, RowReader(scan.at, countries), fallback).over(path, batch_rows, progress)
    batch.refresh_from_db()
    return batch


@dataclass
class _Run:
    batch: ImportBatch
    table: desk.Desk
    reader: RowReader
    fallback: Version | None
    seen: set[str] = field(default_factory=set)
    is_analyzed: bool = False

    def over(self, path: Path, batch_rows: int, progress: Progress | None) -> None:
        with reading.open_records(path) as (_at, found):
            done = self.batch.rows_read
            # Rows of an earlier attempt are only checked again, so that repeated ids are known.
            self._checked(list(islice(found, done)), Tally())
            report = progress or (lambda done, total: None)
            report(done, self.batch.total or 0)
            for rows in _batched(found, batch_rows):
                wrote = self._commit(rows)
                if wrote and not self.is_analyzed:
                    refresh_statistics()
                    self.is_analyzed = True
                report(self.batch.progress, self.batch.total or 0)
        self.batch.finish(at=timezone.now())

    @transaction.atomic
    def _commit(self, rows: list[Record]) -> bool:
        """One transaction; tells whether it wrote incidents."""
        at = timezone.now()
        tally = Tally(read=len(rows))
        events = self._checked(rows, tally)
        changes = self._sorted_out(events, tally)
        if changes:
            self.table.write(changes, at=at)
        batches.advance(self.batch, tally, at=at)
        return bool(changes)

    def _checked(self, rows: list[Record], tally: Tally) -> list[tuple[Record, Event, Version]]:
        events = []
        for row in rows:
            try:
                event = self.reader.event(row.cells)
                if event.id in self.seen:
                    raise RowRefused("id", event.id, _("The file has this event twice."))
                events.append((row, event, self.reader.version(row.cells, self.fallback)))
                self.seen.add(event.id)
            except RowRefused as refused:
                tally.rejected.append(self._rejected(row, refused))
        return events

    def _row_id(self, row: Record) -> str:
        position = self.reader.at["id"]
        return row.cells[position].strip() if position < len(row.cells) else ""

    def _rejected(self, row: Record, refused: RowRefused) -> RejectedRow:
        return RejectedRow(
            batch=self.batch,
            line=row.line,
            row_id=self._row_id(row)[:60],
            column=refused.column,
            value=refused.value[:300],
            reason=refused.reason[:400],
        )

    def _sorted_out(
        self, events: list[tuple[Record, Event, Version]], tally: Tally
    ) -> list[desk.Change]:
        """What has to be written: new rows, and rows that this version changes."""
        before = desk.stored([event.id for _row, event, _version in events])
        changes, repeated = [], []
        for row, event, version in events:
            old = before.get(event.id)
            digest = desk.source_digest(event, version)
            if old is None:
                tally.created += 1
                changes.append(desk.Change(event, version, None))
            elif old.dataset != Dataset.UCDP:
                refused = RowRefused(
                    "id", event.id,
                    _("The editors keep this event themselves, as %(id)s.") % {"id": old.public_id},
                )  # fmt: skip
                tally.rejected.append(self._rejected(row, refused))
            elif not old.is_open or version < old.version or old.source_digest == digest:
                tally.unchanged += 1
            elif old.digest and event.digest.startswith(old.digest):
                tally.unchanged += 1
                repeated.append((old, digest))
            else:
                tally.updated += 1
                changes.append(desk.Change(event, version, old))
        self.table.confirm(repeated)
        return changes


def _batched(rows: Iterator[Record], size: int) -> Iterator[list[Record]]:
    yield list(islice(rows, min(size, FIRST_ROWS)))
    while some := list(islice(rows, size)):
        yield some
