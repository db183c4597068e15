"""Collect the strings of the source into the French catalogue, and compile it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vigil import translations


class Command(BaseCommand):
    help = (
        "Collect translatable strings, keep their French translations, compile them. "
        "--compile only compiles; --check fails where a translation is missing."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--compile", action="store_true", help="compile what is translated")
        mode.add_argument("--check", action="store_true", help="write nothing; fail on gaps")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            translations.compile_catalog(translations.stored())
            return
        catalog = translations.merged()
        missing = translations.untranslated(catalog)
        wrong = translations.mismatched(catalog)
        if options["check"]:
            self.refuse(missing, wrong)
            return
        translations.save(catalog)
        translations.compile_catalog(catalog)
        total = len(catalog)
        self.stdout.write(f"{total} strings, {total - len(missing)} in French")
        for text in [*missing, *wrong]:
            self.stdout.write(f"  to do: {text}")

    def refuse(self, missing: list[str], wrong: list[str]) -> None:
        gaps = [f"no French: {text}" for text in missing]
        gaps += [f"other placeholders in French: {text}" for text in wrong]
        if gaps:
            raise CommandError(
                "\n".join([*gaps, f"Translate them in {translations.PO} after `make messages`."])
            )
