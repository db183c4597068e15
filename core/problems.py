"""Errors as RFC 9457 problem JSON: what is wrong, where, and what to do about it."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, MethodNotAllowed

from core.questions import ParametersRefused, Refusal

CONTENT_TYPE = "application/problem+json"


class Gone(Exception):
    """The incident was withdrawn; `tombstone` is what stays public of it."""

    def __init__(self, tombstone: dict[str, Any]) -> None:
        super().__init__(tombstone.get("reason"))
        self.tombstone = tombstone


class NotFound(Exception):
    """There is no such thing; `detail` says where the list is."""


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    kind: str = "about:blank",
    title: str | None = None,
    refusals: list[Refusal] | None = None,
    **more: Any,
) -> HttpResponse:
    """A problem document. `more` adds members of this kind of problem."""
    body: dict[str, Any] = {
        "type": kind,
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    if refusals is not None:
        body["errors"] = [vars(refusal) for refusal in refusals]
    text = json.dumps(body | more, ensure_ascii=False, default=str)
    return HttpResponse(text, status=status, content_type=CONTENT_TYPE)


def exception_handler(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The problem that an exception of a view means; None for a fault of ours (a 500)."""
    request = context["request"]
    if isinstance(exc, ParametersRefused):
        detail = _("The question was not understood, so it was not answered.")
        return problem(
            request, 400, detail, kind="/api/v1/docs/#parameters-refused",
            title=_("Parameters refused"), refusals=exc.refusals,
        )  # fmt: skip
    if isinstance(exc, Gone):
        detail = _("This incident was withdrawn. Its id, dates and the class of reason stay.")
        return problem(
            request, 410, detail, kind="/api/v1/docs/#withdrawn", title=_("Withdrawn"),
            reason=exc.tombstone.get("reason"),
            tombstone=exc.tombstone,
        )  # fmt: skip
    if isinstance(exc, NotFound | Http404):
        return problem(request, 404, str(exc) or _("There is nothing at this address."))
    if isinstance(exc, PermissionDenied):
        return problem(request, 403, str(exc) or _("Not permitted."))
    if isinstance(exc, APIException):
        response = problem(request, exc.status_code, str(exc.detail))
        if isinstance(exc, MethodNotAllowed):
            response["Allow"] = ", ".join(context["view"].allowed_methods)
        if scheme := getattr(exc, "auth_header", None):
            response["WWW-Authenticate"] = scheme
        return response
    return None
