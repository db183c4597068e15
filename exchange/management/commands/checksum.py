"""`manage.py checksum [--dataset ucdp]`: does this installation say what that one says?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.checksum import of_record
from incidents.choices import Dataset


class Command(BaseCommand):
    help = "Print a SHA-256 of the current record's content, with counts and sums of deaths."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dataset", choices=Dataset.values, default="")

    def handle(self, *args: Any, **options: Any) -> None:
        found = of_record(options["dataset"])
        high = "-" if found.killed.high is None else found.killed.high
        self.stdout.write(
            f"{found.sha256} incidents={found.incidents} killed_low={found.killed.low} "
            f"killed_best={found.killed.best} killed_high={high}"
        )
