"""The page at /on/{date}/, and the way to it. GET only; it reads the record and reference data."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import prose
from core.light import is_light
from core.pages import explains_refusals
from core.questions import ParametersRefused
from incidents import maps
from incidents.explorer.asking import Asked
from incidents.explorer.mapped import mapped
from incidents.on_a_day.asking import DayQuestion, PickedQuestion, day_of
from incidents.on_a_day.recorded import Recorded, beside

MOST_ROWS, MOST_LIGHT_ROWS = 50, 15


@require_safe
@explains_refusals
def pick(request: HttpRequest) -> HttpResponse:
    """To the day that the form names, else to today (UTC)."""
    question = PickedQuestion(request.GET)
    day = question.cleaned.get("day", prose.today())
    return redirect(address(day, question.asked.get("as_of", "")))


def address(day: dt.date, as_of: str = "") -> str:
    """The page of a day, at the same moment of the record."""
    path = reverse("incidents:on", args=[day.isoformat()])
    return f"{path}?{urlencode({'as_of': as_of}, safe=':')}" if as_of else path


@require_safe
@explains_refusals
def page(request: HttpRequest, date: str) -> HttpResponse:
    """One day: what happened, what went on, who existed and who belonged to what."""
    today = prose.today()
    context: dict[str, Any]
    try:
        day = day_of(date, today=today)
    except ParametersRefused as refused:
        context = {"refusals": refused.refusals, "path": reverse("incidents:on-today")}
        return render(request, "core/refused.html", context, status=400)
    question = DayQuestion(request.GET)
    question.demand()
    light = is_light(request)
    as_of = question.asked.get("as_of", "")
    recorded = Recorded(day, as_of, at=question.at, most=MOST_LIGHT_ROWS if light else MOST_ROWS)
    context = {
        "day": day,
        "today": today,
        "recorded": recorded,
        "map": None if light or not recorded.has_certain else _map(recorded),
        "as_of": question.cleaned.get("as_of"),
        "as_of_text": as_of,
        **_ways(recorded, today),
    }
    return render(request, "incidents/on_a_day.html", context)


def _map(recorded: Recorded) -> maps.Panel:
    """The map of what is known to have happened or gone on that day."""
    return mapped(Asked.of(QueryDict(recorded.certain_query)))


def _ways(recorded: Recorded, today: dt.date) -> dict[str, Any]:
    """Days beside this one and the nearest ones with incidents, each with its address."""
    before, after = beside(recorded.day, today=today)
    last, first = recorded.nearest()
    days = {"before": before, "after": after, "last": last, "first": first}
    return {
        "ways": {name: (day, address(day, recorded.as_of)) for name, day in days.items() if day}
    }
