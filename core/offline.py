"""What stays on a reader's device: a shell for pages that were opened, and nothing of the desk.

The service worker keeps public pages that answered 200 and may be stored. Whoever is signed in
leaves nothing behind: answers say `no-store`, and signing out empties what the device keeps.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

WORKER = "js/service-worker.js"


class OfflineMiddleware:
    """Says what a device must not keep, and empties it when somebody signs out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not _is_file(request):
            patch_cache_control(response, private=True, no_store=True)
        if _signs_out(request) and response.status_code == 302:
            response["Clear-Site-Data"] = '"storage"'
        return response


def _signs_out(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path == reverse("account_logout")


def _is_file(request: HttpRequest) -> bool:
    return request.path.startswith(settings.STATIC_URL)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Shown where a page was never opened and there is no connection; lists what was kept."""
    return render(request, "core/offline.html")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script at the root of the site, so that it may answer for all of it."""
    found = finders.find(WORKER)
    script = Path(found) if found else Path(staticfiles_storage.path(WORKER))
    response = HttpResponse(script.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the site looks when it is installed like an application."""
    icon = {"src": static("img/vigil.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": _("Vigil: a record of extremist violence in Africa"),
            "short_name": "Vigil",
            "lang": get_language(),
            "start_url": reverse("incidents:home"),
            "scope": reverse("incidents:home"),
            "display": "minimal-ui",
            "background_color": "#ffffff",
            "theme_color": "#0b4f63",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )
