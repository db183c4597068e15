"""Renew the diagram and the table of docs/workflow.md from the transition table."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.workflow import diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class Command(BaseCommand):
    help = "Write the transition table into docs/workflow.md, or check that it is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if it differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = PAGE.read_text(encoding="utf-8")
        wanted = diagram.inserted(now)
        if options["check"] and wanted != now:
            raise CommandError("docs/workflow.md differs: run `manage.py workflow_diagram`.")
        if not options["check"]:
            PAGE.write_text(wanted, encoding="utf-8")
        self.stdout.write("docs/workflow.md says what the table says.")
