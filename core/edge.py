"""The edge of the API: open to every origin, and problem JSON for every error, ours included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from core.problems import CONTENT_TYPE, problem

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"


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
