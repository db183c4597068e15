"""`manage.py simulate`: a large record to measure on, in a database that is thrown away."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from incidents.simulation import NothingToMove, simulate


class Command(BaseCommand):
    help = (
        "Add simulated incidents to the record: published ones moved in time. They cannot be "
        "told from real ones in sums; use a database that is thrown away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="how many incidents to add")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same incidents")
        parser.add_argument(
            "--yes", action="store_true", help="do it although this is no local installation"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number: int = options["number"]
        if number < 1:
            raise CommandError(_("The number is %(n)s: give one above zero.") % {"n": number})
        if not (settings.LOCAL or settings.DEBUG or options["yes"]):
            raise CommandError(
                _(
                    "This would mix simulated incidents into the record of %(name)s for ever. Add "
                    "--yes if that database is meant for it."
                )
                % {"name": connection.settings_dict["NAME"]}
            )
        began = time.monotonic()
        with tqdm(total=number, unit=_("incident"), disable=None) as bar:
            try:
                seq = simulate(number, seed=options["seed"], at=timezone.now(), progress=bar.update)
            except NothingToMove:
                raise CommandError(
                    _("The record is empty: load the seed or a data set first.")
                ) from None
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE incidents_publishedincident")
        self.stdout.write(
            _("%(number)d simulated incidents in %(seconds).0f s; the record is at %(seq)d.")
            % {"number": number, "seconds": time.monotonic() - began, "seq": seq}
        )
