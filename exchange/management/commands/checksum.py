"""`manage.py checksum [--dataset ucdp]`: does this installation say what that one says?

With `--release 2026-q3`: does the record still say what it said when it was released?
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.checksum import of_record
from exchange.models import Release
from incidents.choices import Dataset


class Command(BaseCommand):
    help = "Print a SHA-256 of the record's content, with counts and sums of deaths."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dataset", choices=Dataset.values, default="")
        parser.add_argument(
            "--release", default="", metavar="SLUG", help="as of a release; fail where it differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dataset, slug = options["dataset"], options["release"]
        release = self._release(slug) if slug else None
        found = of_record(dataset, as_of=release.record_at if release else None)
        high = "-" if found.killed.high is None else found.killed.high
        self.stdout.write(
            f"{found.sha256} incidents={found.incidents} killed_low={found.killed.low} "
            f"killed_best={found.killed.best} killed_high={high}"
        )
        if release is not None and found.sha256 not in self._released(release, dataset):
            raise CommandError(
                _(
                    "%(slug)s was released with another checksum. Its document at %(address)s says "
                    "how many incidents were withdrawn for safety since."
                )
                % {"slug": slug, "address": f"/api/v1/releases/{slug}/"}
            )

    def _release(self, slug: str) -> Release:
        release = Release.objects.filter(slug=slug).first()
        if release is None:
            raise CommandError(
                _("%(key)s is not known. The list is at %(address)s.")
                % {"key": slug[:80], "address": "/api/v1/releases/"}
            )
        return release

    def _released(self, release: Release, dataset: str) -> list[str]:
        """The checksum of then; none where the data set was not in the release."""
        if not dataset:
            return [release.sha256]
        return [part["sha256"] for part in release.datasets if part["dataset"] == dataset]
