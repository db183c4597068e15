"""The record's own beginning, for pages that look at the past."""

import datetime as dt
from typing import Any

from django import template

from incidents.charts.chart import asked_with
from incidents.models import PublishedIncident

register = template.Library()


@register.inclusion_tag("incidents/_before_record.html")
def before_record(moment: dt.datetime | None, query: str) -> dict[str, Any]:
    """Says so where `moment` lies before anything was published; `query` is the address' own."""
    rows = PublishedIncident.objects.order_by("seq").values_list("valid_from", flat=True)
    begins = rows.first() if moment else None
    if begins is None or moment is None or moment >= begins:
        return {}
    at = begins.isoformat().replace("+00:00", "Z")
    return {"begins": begins, "query": asked_with(query, as_of=at)}
