"""`manage.py release 2026-q3 --title "Third quarter of 2026"`: name the record as it stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.dates import moment_text
from exchange import releases
from exchange.models import Release


class Command(BaseCommand):
    help = "Name the record as it stands, with its checksums. The same slug again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="part of the address, such as 2026-q3")
        parser.add_argument("--title", required=True, help="in English")
        parser.add_argument("--title-fr", default="", help="in French")
        parser.add_argument("--note", default="", help="what readers should know")

    def handle(self, *args: Any, **options: Any) -> None:
        words = {name: options[name].strip() for name in ("title", "title_fr", "note")}
        by = User.objects.role_account("release", Role.REVIEWER)
        try:
            release, is_new = releases.freeze(options["slug"], **words, by=by, at=timezone.now())
        except releases.ReleaseRefused as refused:
            raise CommandError(str(refused)) from None
        if not is_new:
            self.stdout.write(
                _("%(slug)s exists and never changes; choose another slug for today's record.")
                % {"slug": release.slug}
            )
        self._tell(release)

    def _tell(self, release: Release) -> None:
        self.stdout.write(
            f"/api/v1/releases/{release.slug}/ seq={release.record_seq} "
            f"at={moment_text(release.record_at)} incidents={release.incidents} "
            f"sha256={release.sha256}"
        )
