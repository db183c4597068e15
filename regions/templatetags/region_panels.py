"""Panels about bodies and missions for pages of other rooms."""

import datetime as dt
from typing import Any

from django import template

from regions import on_a_day
from regions.models import Country, Membership

register = template.Library()


@register.inclusion_tag("regions/panels/_bodies.html")
def bodies_of(country: Country, on: dt.date) -> dict[str, Any]:
    """Bodies to which a country belonged on a day; a suspended member is said to be one."""
    rows = Membership.objects.filter(country=country).on(on).select_related("body")
    standing: dict[Any, set[str]] = {}
    for row in rows.order_by("body__name", "status"):
        standing.setdefault(row.body, set()).add(row.status)
    left = (
        Membership.objects.filter(country=country, status="member", ends_on__lt=on)
        .exclude(body__in=list(standing))
        .select_related("body")
        .order_by("-ends_on", "body__name")
    )
    return {
        "bodies": [
            (body, "member" in now, "suspended" in now or "frozen" in now)
            for body, now in standing.items()
        ],
        "left": left,
        "on": on,
    }


@register.inclusion_tag("regions/panels/_memberships_on.html")
def memberships_on(on: dt.date) -> dict[str, Any]:
    """Which states belonged to which bodies on a day, and who came or went in the year before."""
    return {"found": on_a_day.memberships_on(on), "on": on}


@register.inclusion_tag("regions/panels/_missions_on.html")
def missions_on(on: dt.date) -> dict[str, Any]:
    """Missions under way on a day."""
    return {"missions": on_a_day.missions_on(on), "on": on}
