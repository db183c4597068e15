"""The edge: validators of every answer; an API for every origin, with problem JSON for errors."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _

from core.problems import CONTENT_TYPE, problem

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"


class ValidatorMiddleware(ConditionalGetMiddleware):
    """An ETag and 304 for every answer to GET, and to HEAD, which says what GET would say."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if request.method != "HEAD":
            return super().process_response(request, response)
        if self.needs_etag(response) and not response.has_header("ETag"):
            set_response_etag(response)
        return get_conditional_response(
            request,
            etag=response.get("ETag"),
            last_modified=parse_http_date_safe(response.get("Last-Modified", "")),
            response=response,
        )


class ApiEdgeMiddleware:
    """Shapes answers below `/api/`: CORS for reading, caching with revalidation, problems."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response: HttpResponseBase = _preflight()
        else:
            response = _as_problem(request, self.get_response(request))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After, Content-Language"
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _caching(request)
        return response


def _caching(request: HttpRequest) -> str:
    """Answers for everybody may be kept and asked about again; answers for one caller may not."""
    if "Authorization" in request.headers or request.method not in ("GET", "HEAD", "OPTIONS"):
        return "private, no-store"
    return "public, no-cache"


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    status = response.status_code
    if status < 400 or response.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    details = {
        400: _("The request could not be read."),
        404: _("There is nothing at this address. The API is described at /api/v1/docs/."),
        500: _("Something failed on our side. It has been noted; try again later."),
    }
    replaced = problem(request, status, details.get(status, response.reason_phrase))
    for header in ("Allow", "Retry-After", "Vary", "Content-Language"):
        if response.has_header(header):
            replaced[header] = response[header]
    return replaced
