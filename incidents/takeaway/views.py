"""Charts to take away: /charts/<kind>.svg, .png and .csv with the parameters of the page. GET.

`.link` redirects to the page that answers the same question for ever.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.pages import explains_refusals
from incidents.charts.files import WRITERS, file_of
from incidents.takeaway import kinds

# Leads to the page that answers the question as it does now, whatever is corrected later.
LINK = "link"


@require_safe
@explains_refusals
def chart(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """One chart as a file, or its permanent address (`link`).

    404 for another kind or form, 400 for a question not understood.
    """
    if kind not in kinds.KINDS or form not in (*WRITERS, LINK):
        raise Http404
    made = kinds.of(kind, request.GET)
    if form == LINK:
        return redirect(made.address)
    address = request.build_absolute_uri(made.address)
    response = file_of(made, form, address, f"vigil-{kind}")
    response["Content-Language"] = get_language() or "en"
    return response
