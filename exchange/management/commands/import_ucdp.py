"""`manage.py import_ucdp FILE`: UCDP GED in the official 49 columns, plain or gzip-compressed."""

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from exchange.batches import ImportBusy, rejected_of
from exchange.models import ImportBatch
from exchange.ucdp.importing import BATCH_ROWS, import_file
from exchange.ucdp.layout import FileRefused


class Command(BaseCommand):
    help = "Import a UCDP GED event file (CSV or CSV.GZ). Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV of the GED global data set")
        parser.add_argument(
            "--batch-rows", type=_positive, default=BATCH_ROWS, help="rows in one transaction"
        )
        parser.add_argument(
            "--dataset-version",
            default="",
            metavar="24.1",
            help="version of UCDP GED, where neither a _ver column nor the file name says it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        with tqdm(unit="row", desc=_("UCDP GED"), disable=None) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                batch = import_file(
                    options["file"],
                    batch_rows=options["batch_rows"],
                    version=options["dataset_version"],
                    progress=show,
                )
            except (FileRefused, ImportBusy) as refused:
                raise CommandError(str(refused)) from None
        self._report(batch, time.monotonic() - started)

    def _report(self, batch: ImportBatch, seconds: float) -> None:
        for row in rejected_of(batch):
            self.stderr.write(
                _("Rejected: line %(line)d, event %(id)s, column %(column)s, %(value)s: %(why)s")
                % {
                    "line": row.line,
                    "id": row.row_id or "?",
                    "column": row.column,
                    "value": repr(row.value),
                    "why": row.reason,
                }
            )
        self.stdout.write(
            _(
                "%(read)d rows read in %(seconds).1f s: %(accepted)d accepted, %(rejected)d "
                "rejected; %(created)d created, %(updated)d updated, %(unchanged)d unchanged."
            )
            % {
                "read": batch.rows_read,
                "seconds": seconds,
                "accepted": batch.rows_accepted,
                "rejected": batch.rows_rejected,
                "created": batch.created,
                "updated": batch.updated,
                "unchanged": batch.unchanged,
            }
        )
        if batch.rows_rejected:
            self.stderr.write(
                self.style.WARNING(
                    _("All rejected rows are kept with import batch %(pk)d.") % {"pk": batch.pk}
                )
            )
        if batch.rows_read and not batch.rows_accepted:
            raise CommandError(_("Every row was rejected; nothing was imported."))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows: write 1 or more.")
    return int(text)
