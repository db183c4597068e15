"""Panels about actors for pages of other rooms."""

import datetime as dt
from typing import Any

from django import template
from django.db.models import Q

from actors import on_a_day
from actors.contributors import contributors
from actors.models import ActorPresence, Contribution
from core import prose
from regions.models import AdminArea, Country, Mission

register = template.Library()


@register.inclusion_tag("actors/panels/_presences.html")
def presences_in(place: Country | AdminArea, on: dt.date) -> dict[str, Any]:
    """Groups said to be present in a country or an area, with who says so and how surely.

    Of an area, what is said of it and of its parts: not what is said of the country as a whole.
    """
    if isinstance(place, AdminArea):
        here = Q(area=place) | Q(area__parent=place)
    else:
        here = Q(country=place) | Q(area__country=place)
    known = Q(as_of__isnull=True) | Q(as_of__lte=on)
    rows = ActorPresence.objects.filter(here, known).on(on)
    rows = rows.select_related("actor", "area").order_by("actor__name", "kind", "pk")
    return {"presences": rows.prefetch_related("citations__document__source")}


@register.inclusion_tag("actors/panels/_contributions.html")
def contributions_of(country: Country, on: dt.date) -> dict[str, Any]:
    """Missions to which a country contributed by `on`, or is to contribute once they begin."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    running = Q(mission__starts_on__isnull=True) | Q(mission__starts_on__lte=on)
    rows = Contribution.objects.filter(begun, running, country=country).select_related("mission")
    return {"contributions": rows.order_by("-mission__starts_on", "pk"), "country": country}


@register.inclusion_tag("actors/panels/_contributors.html")
def contributors_of(mission: Mission, on: dt.date) -> dict[str, Any]:
    """Who contributes to a mission on a day, and where a quoted number disagrees."""
    is_running = bool(
        mission.starts_on and mission.starts_on <= on and (mission.ends_on or on) >= on
    )
    return {
        "mission": mission,
        "parts": contributors(mission, on),
        "on": on,
        "is_running": is_running,
        "is_today": on == prose.today(),
    }


@register.inclusion_tag("actors/panels/_groups_on.html")
def groups_on(on: dt.date) -> dict[str, Any]:
    """Armed groups that existed on a day, what they came from, and those that were no more."""
    return {"groups": on_a_day.groups_on(on), "on": on}
