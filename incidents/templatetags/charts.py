"""Charts to take away, and invented ones for the gallery of components."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template

from incidents import charts
from incidents.charts.bars import Breakdown, breakdown
from incidents.charts.chart import asked_with
from incidents.maps import Panel
from incidents.questions import IncidentQuestion
from incidents.rollups import Group, HarmSum
from incidents.takeaway.world import asked_of

register = template.Library()

FIRST = 2019
ROWS = ((3, 5, 9, 14), (7, 20, 26, 31), (0, 0, 0, 0), (5, 12, 20, None), (9, 31, 40, 64))


@dataclass(frozen=True)
class Samples:
    """A chart of each kind."""

    histogram: charts.Histogram
    sides: list[charts.Histogram]
    breakdown: Breakdown | None


@register.simple_tag
def chart_samples() -> Samples:
    """Charts with a year without incidents, a wide range and an open one."""
    rows = [
        (Group(dt.date(FIRST + n, 1, 1), number, HarmSum(low, best, high)), str(FIRST + n))
        for n, (number, low, best, high) in enumerate(ROWS)
    ]
    return Samples(
        histogram=charts.histogram(rows),
        sides=charts.side_by_side([rows, list(reversed(rows))]),
        breakdown=breakdown(rows),
    )


@register.inclusion_tag("incidents/_take_away.html")
def take_away(question: IncidentQuestion, interval: str, stack: str, sets: int) -> dict[str, Any]:
    """The timeline of a question as files, and the way to set the question beside another.

    Parts of several data sets are not drawn as one: then only the sets stand apart.
    """
    asked = question.as_query()
    shown = stack if sets == 1 and stack != "none" else None
    return {"query": asked_with(asked, interval=interval, stack=shown), "asked": asked}


@register.inclusion_tag("components/_chart_links.html", takes_context=True)
def take_away_map(context: template.Context, panel: Panel) -> dict[str, Any]:
    """A map as files, as it is drawn."""
    options = context.get("options")
    return {"kind": "map", "query": asked_of(panel, options.baseline if options else None)}
