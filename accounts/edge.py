"""The edge of the desk: no answer of it is kept by a browser or a cache."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PREFIXES = ("/desk/", "/admin/")


class DeskEdgeMiddleware:
    """Says `no-store` on every page behind or before the sign-in, also on those of libraries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(PREFIXES):
            response["Cache-Control"] = "private, no-store"
        return response
