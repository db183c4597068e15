"""`manage.py seed`: load Vigil's own first data; safe to repeat."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from exchange.batches import ImportBusy
from exchange.seed.loading import Outcome, load
from exchange.seed.reading import DATA, SeedRefused


class Command(BaseCommand):
    help = "Load the seed data. Running it again changes nothing; a changed file updates its rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="compare every row again")
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="seed files other than Vigil's own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        with tqdm(unit="row", desc=_("Seed"), disable=None) as bar:

            def begin(total: int) -> Any:
                bar.total = total
                return bar.update

            try:
                outcome = load(options["folder"], force=options["force"], progress=begin)
            except (SeedRefused, ImportBusy) as refused:
                raise CommandError(str(refused)) from None
        self._report(outcome, time.monotonic() - started)

    def _report(self, outcome: Outcome, seconds: float) -> None:
        for message in outcome.kept:
            self.stderr.write(message)
        self.stdout.write(
            _(
                "Seed: %(created)d created, %(changed)d changed, %(removed)d removed; "
                "%(published)d incidents published, %(corrected)d corrected (%(seconds).1f s)."
            )
            % {
                "created": outcome.created,
                "changed": outcome.changed,
                "removed": outcome.removed,
                "published": outcome.published,
                "corrected": outcome.corrected,
                "seconds": seconds,
            }
        )
