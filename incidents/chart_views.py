"""Charts to take away: /charts/<kind>.svg, .png and .csv with the parameters of the page. GET."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.pages import explains_refusals
from incidents import chart_kinds
from incidents.charts.files import WRITERS, file_of


@require_safe
@explains_refusals
def chart(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """One chart as a file. 404 for another kind or form, 400 for a question not understood."""
    if kind not in chart_kinds.KINDS or form not in WRITERS:
        raise Http404
    made = chart_kinds.of(kind, request.GET)
    address = request.build_absolute_uri(f"{reverse(made.page)}?{made.page_query}")
    response = file_of(made, form, address, f"vigil-{kind}")
    response["Content-Language"] = get_language() or "en"
    return response
