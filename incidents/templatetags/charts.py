"""Charts to take away, and invented ones for the gallery of components."""

from typing import Any

from django import template

from incidents.charts.chart import asked_with
from incidents.maps import Panel
from incidents.questions import IncidentQuestion
from incidents.takeaway.samples import Sample, samples
from incidents.takeaway.world import asked_of

register = template.Library()


@register.simple_tag
def chart_samples() -> list[Sample]:
    """A drawing of every kind of chart."""
    return samples()


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
