"""System checks: what must be set before Vigil may start, each with its remedy."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def required_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The secret key must come from the environment; there is no default."""
    if settings.SECRET_KEY:
        return []
    return [
        Error(
            "SECRET_KEY is empty.",
            hint="Set SECRET_KEY in the environment, or start with `make run`, which makes one.",
            id="vigil.E001",
        )
    ]
