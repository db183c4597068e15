"""Pages about the site itself: how we count, the gallery of components, health, errors."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health as services


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """How we count, how sure dates and places are, what we do not show, how to cite."""
    return render(request, "core/methods.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every shared component with sample content."""
    samples = [
        ("2022-07-21", "2022-07-21", "day", False),
        ("2013-09-21", "2013-09-24", "day", True),
        ("2025-10-28", "2025-10-29", "day_range", False),
        ("2025-10-21", "2025-10-31", "day_range", False),
        ("2025-10-01", "2025-10-31", "month", False),
        ("2017-01-01", "2017-12-31", "year", False),
    ]
    badges = ["confirmed", "probable", "suspected", "disputed", "accused", "claim", "caution"]
    return render(request, "core/components.html", {"samples": samples, "badges": badges})


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while database and broker answer, 503 otherwise; each is named."""
    answers = {"database": services.database_answers(), "broker": services.broker_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)
