"""Profiles of places: one country, one administrative area, as the world was on a day."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.pages import OnQuestion, explains_refusals
from regions import area_outlines, maps
from regions.choices import AuRegion
from regions.models import AdminArea, Country, Mission


@require_safe
@explains_refusals
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """One country: incidents and who acts in it; bodies, campaigns and missions on a day."""
    if iso3 != iso3.upper():
        return redirect("regions:country", iso3=iso3.upper(), permanent=True)
    question = OnQuestion(request.GET, Country.objects.in_scope())
    found = get_object_or_404(question.qs, iso3=iso3)
    context = {
        "question": question,
        "country": found,
        "day": question.day,
        "region": AuRegion(found.au_region).label,
        "territories": found.areas.filter(kind="de_facto_territory").on(question.day),
        "missions": _missions_in(found, question.day),
        "map": _map(found.m49, None, None),
    }
    return render(request, "regions/country_detail.html", context)


def _missions_in(country: Country, day: dt.date) -> Any:
    """Missions deployed or planned there by `day`."""
    started = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return Mission.objects.filter(started, area=country).order_by("-starts_on", "name")


def _map(m49: str, latitude: Any, longitude: Any) -> maps.Locator | None:
    """The outline; a circle where the area has a representative point."""
    name = "name_fr" if (get_language() or "").startswith("fr") else "name"
    return maps.locator(
        m49,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        precision="country" if latitude is None else "admin1",
        names=dict(Country.objects.values_list("m49", name)),
    )


@require_safe
@explains_refusals
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """One administrative area: where it belongs, its parts, and the incidents recorded in it."""
    rows = AdminArea.objects.select_related("country", "parent")
    question = OnQuestion(request.GET, rows)
    found = get_object_or_404(question.qs, slug=slug)
    day = question.day
    drawn = _map(found.country.m49, found.latitude, found.longitude)
    context = {
        "question": question,
        "area": found,
        "day": day,
        "is_in_force": AdminArea.objects.filter(pk=found.pk).on(day).exists(),
        # The record places incidents in first-level areas only.
        "recorded": found if found.level == 1 else found.parent,
        "parts": found.children.on(day).order_by("name"),
        "beside": _beside(found, day),
        "map": drawn,
        "area_path": area_outlines.path(found, drawn.frame) if drawn else "",
    }
    return render(request, "regions/area_detail.html", context)


def _beside(area: AdminArea, day: dt.date) -> Any:
    """The other areas of the same rank on the day."""
    rows = AdminArea.objects.filter(country=area.country, level=area.level, parent=area.parent)
    return rows.exclude(pk=area.pk).on(day).order_by("name")
