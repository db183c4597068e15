"""`manage.py gazetteer`: load the populated places from which editors choose."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from regions import gazetteer


class Command(BaseCommand):
    help = "Load GeoNames' populated places (CC BY 4.0). The same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, help="a cities500.txt; the one of the installed package if absent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"] or gazetteer.default_file()
        if not file.is_file():
            raise CommandError(
                _("There is no %(file)s: run `make assets`, or name a cities500.txt with --file.")
                % {"file": file}
            )
        try:
            done = gazetteer.load(file, at=timezone.now())
        except gazetteer.GazetteerRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            _("Gazetteer: %(created)s created, %(changed)s changed, %(same)s unchanged.")
            % {"created": done.created, "changed": done.changed, "same": done.unchanged}
        )
