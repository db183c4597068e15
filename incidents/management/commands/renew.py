"""`manage.py renew`: publish anew what an earlier rule of the record's columns left incomplete."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from incidents.renewing import renew
from incidents.workflow import TransitionRefused


class Command(BaseCommand):
    help = (
        "Append a new version of each incident that was published before claimants could be asked "
        "for (role=claimant). Earlier versions stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="user name of the reviewer who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["by"]
        person = User.objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(_("Nobody is called %(name)s: give a reviewer.") % {"name": name})
        try:
            done = renew(by=person, at=timezone.now())
        except TransitionRefused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(_("%(n)d incidents published anew.") % {"n": done.written})
        if done.edited:
            self.stdout.write(
                _("Changed at the desk since, so correct them there: %(ids)s.")
                % {"ids": ", ".join(done.edited)}
            )
