"""`manage.py invite ADDRESS`: a one-time link, for the first administrator and for emergencies."""

import argparse
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from accounts import workflow
from accounts.choices import Role


class Command(BaseCommand):
    help = "Print a one-time link with which its holder makes an account."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="e-mail address of the new account")
        parser.add_argument(
            "--role",
            choices=Role.values,
            default=Role.ADMINISTRATOR.value,
            help="default: %(default)s",
        )
        parser.add_argument(
            "--at", dest="site", default=settings.PUBLIC_URL or "http://localhost:8000",
            help="address of the site, for the link (default: %(default)s)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        try:
            validate_email(email)
            made, secret = workflow.invite(
                email, Role(options["role"]), by=workflow.console(), at=timezone.now()
            )
        except ValidationError as wrong:
            raise CommandError(
                f"email is {email!r}; it must be an address such as ada@example.org."
            ) from wrong
        except workflow.PeopleRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stderr.write(
            f"A link for {made.email} as {made.role}, good once until "
            f"{made.expires_at:%Y-%m-%d %H:%M} UTC:"
        )
        self.stdout.write(options["site"].rstrip("/") + reverse("people:accept", args=[secret]))
