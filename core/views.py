"""Pages about the site itself: how we count, the gallery of components, health, errors."""

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import health as services
from core.gallery import GalleryQuestion, samples
from core.pages import explains_refusals


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """How we count, how sure dates and places are, what we do not show, how to cite."""
    return render(request, "core/methods.html")


@require_safe
@explains_refusals
def components(request: HttpRequest) -> HttpResponse:
    """Every shared component with sample content, in either direction of reading."""
    question = GalleryQuestion(request.GET)
    question.demand()
    return render(request, "core/components.html", {"question": question, **samples()})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for a mark of drawings and data, which name none themselves."""
    return redirect(static("img/vigil.svg"))


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while database and broker answer, 503 otherwise; each is named."""
    answers = {"database": services.database_answers(), "broker": services.broker_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


@require_safe
@never_cache
def work(request: HttpRequest) -> JsonResponse:
    """200 while the work behind the pages is done, 503 otherwise; each part is named.

    Apart from `health`, so that a worker that stands still takes no page off the air.
    """
    try:
        found = {"database": True} | services.work()
    except DatabaseError:
        found = {"database": False}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
