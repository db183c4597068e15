"""The map of the explorer by itself: what a script asks for as the question or the eye moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.pages import explains_refusals
from core.questions import ParametersRefused
from incidents import rollups
from incidents.explorer.asking import Asked, tidied
from incidents.explorer.mapped import mapped
from incidents.filters import HereQuestion

MOST = 6


@require_safe
@explains_refusals
def panel(request: HttpRequest) -> HttpResponse:
    """Drawing, legend, notes and table for the address of a view of the explorer."""
    asked = Asked.of(tidied(request.GET))
    if not asked.is_valid:
        raise ParametersRefused(asked.question.refusals + asked.presentation.refusals)
    shown = mapped(asked)
    return render(
        request, "incidents/explorer/_map_said.html", {"map": shown, "options": asked.options}
    )


@require_safe
@explains_refusals
def here(request: HttpRequest) -> HttpResponse:
    """What one mark of the map stands for: its sums, and the latest of its incidents."""
    question = HereQuestion(request.GET)
    rows = question.qs
    totals = rollups.totals(rows)
    latest = rows.defer("search", "search_text").order_by("-date_start", "-public_id")
    context: dict[str, Any] = {
        "totals": totals,
        "incidents": latest[:MOST],
        "more": max(totals.incidents - MOST, 0),
        "query": question.as_query(),
    }
    return render(request, "incidents/explorer/_map_here.html", context)
