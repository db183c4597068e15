"""Low-bandwidth mode: pages without map, scripts and drawings, by the reader's own choice.

A cookie holds the choice; a browser that saves data (`Save-Data: on`) is given light pages unless
the reader chose otherwise. The desk is never light: its pages are made for a good line.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "light"
KEPT_FOR = 365 * 24 * 3600  # seconds
NEVER = ("/desk/", "/admin/", "/api/")


def is_light(request: HttpRequest) -> bool:
    """Whether this page is to be small."""
    if request.path.startswith(NEVER):
        return False
    chosen = request.COOKIES.get(COOKIE)
    if chosen in ("yes", "no"):
        return chosen == "yes"
    return request.headers.get("Save-Data", "").strip().casefold() == "on"


def reader(request: HttpRequest) -> dict[str, bool]:
    """For templates: `is_light`."""
    return {"is_light": is_light(request)}


class LightMiddleware:
    """Tells caches that a page depends on the choice, and scripts and templates what it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "Save-Data"])
        return response


# It changes nothing but the reader's own cookie; a token would make every page uncacheable.
@csrf_exempt
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice (`light` is yes or no) and go back to the page."""
    chosen = request.POST.get("light", "")
    if chosen not in ("yes", "no"):
        return HttpResponse(status=400)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        chosen,
        max_age=KEPT_FOR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
