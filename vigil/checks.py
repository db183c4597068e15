"""System checks: what must be set before Vigil may start, each with its remedy."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from core.mail import NOWHERE

# Each required variable with what it is for.
REQUIRED = {
    "SECRET_KEY": "a long random text, for example from `openssl rand -base64 48`",
    "DATABASE_URL": "the address of PostgreSQL, such as postgresql://user:password@host/vigil",
    "REDIS_URL": "the address of Redis, such as redis://:password@host:6379/0",
}


@register(Tags.security)
def required_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Secrets and addresses come from the environment; there is no default for any of them."""
    return [
        Error(
            f"{name} is not set.",
            hint=f"Set {name} to {meaning}; or start with `make run`, which sets it.",
            id=f"vigil.E00{number}",
        )
        for number, (name, meaning) in enumerate(REQUIRED.items(), start=1)
        if not os.environ.get(name)
    ]


@register(Tags.security, deploy=True)
def public_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Feeds, reports and e-mails need to know the address at which readers find the site."""
    if settings.PUBLIC_URL.startswith("https://"):
        return []
    return [
        Warning(
            f"PUBLIC_URL is {settings.PUBLIC_URL!r}.",
            hint="Set PUBLIC_URL to the https address of the site, such as https://vigil.example.org.",
            id="vigil.W001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Invitations, editions and alerts must reach people, and say from where they come."""
    found: list[CheckMessage] = []
    if settings.EMAIL_BACKEND in NOWHERE:
        found.append(
            Error(
                f"Mail goes nowhere: {settings.EMAIL_BACKEND}.",
                hint="Set EMAIL_URL to the mail server, such as "
                "smtp+tls://user:password@mail.example.org:587.",
                id="vigil.E004",
            )
        )
    if settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") == "localhost":
        found.append(
            Error(
                f"DEFAULT_FROM_EMAIL is {settings.DEFAULT_FROM_EMAIL!r}.",
                hint="Set it to an address of yours, such as 'Vigil <vigil@example.org>'.",
                id="vigil.E005",
            )
        )
    return found


@register(Tags.security, deploy=True)
def webhooks_stay_outside(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Webhooks never call machines of the own network, but on a developer's own one."""
    if settings.LOCAL or not settings.WEBHOOK_LOCAL:
        return []
    return [
        Error(
            "WEBHOOK_LOCAL is on: webhooks could call machines of your own network.",
            hint="Leave WEBHOOK_LOCAL out of the environment.",
            id="vigil.E006",
        )
    ]
