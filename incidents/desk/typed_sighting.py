"""What a half-written entry form already says of an event. What cannot be read yet is unknown."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.choices import DatePrecision
from incidents.choices import GeoPrecision, Harm, Population
from incidents.desk.head_form import HeadForm, When
from incidents.desk.source_forms import LocationForm
from incidents.drafting.dates import span
from incidents.duplicates import Sighting, Triple
from regions.models import AdminArea, Place

MOST_ROWS = 60
COUNTED = (Population.ALL, Population.CIVILIANS, Population.SECURITY_FORCES, Population.UNKNOWN)
Point = tuple[float | None, float | None]


def typed_sighting(data: QueryDict, incident: str = "") -> Sighting:
    """The sighting that the fields of the entry form tell; `incident` is the draft's public id."""
    first, last, precision = _dates(data)
    place, point, fineness = _place(data)
    return Sighting(
        date_start=first,
        date_end=last,
        date_precision=precision,
        country=data.get("country", ""),
        place=place,
        latitude=point[0],
        longitude=point[1],
        precision=fineness,
        radius_km=_whole(data.get("locations-0-radius_km", "")),
        actors=_actors(data),
        killed=_toll(data, Harm.KILLED),
        abducted=_toll(data, Harm.ABDUCTED),
        type=data.get("type", ""),
        title=data.get("title", "").strip(),
        incident=incident,
    )


def _read(field: forms.Field, text: str) -> Any:
    """The field's value; None for what it cannot read."""
    try:
        return field.clean(text)
    except ValidationError:
        return None


def _dates(data: QueryDict) -> tuple[dt.date | None, dt.date | None, str]:
    """First and last day, and how surely they are known."""
    when = data.get("when") or When.DAY
    start = _read(HeadForm.base_fields["date_start"], data.get("date_start", ""))
    end = _read(HeadForm.base_fields["date_end"], data.get("date_end", ""))
    if when in (When.LASTING, When.DAY_RANGE):
        precision = DatePrecision.DAY if when == When.LASTING else DatePrecision.DAY_RANGE
        return start, max(start, end) if start and end else start, precision
    precision = DatePrecision(when) if when in DatePrecision.values else DatePrecision.DAY
    return (*(span(start, precision) if start else (None, None)), precision)


def _place(data: QueryDict) -> tuple[str, Point, str]:
    """Name, point and precision of the first location; a known place or area brings its point."""
    name = data.get("locations-0-name", "").strip() or data.get("locations-0-place_said", "")
    precision = data.get("locations-0-precision", "")
    if precision not in GeoPrecision.values:
        precision = GeoPrecision.EXACT
    fields = LocationForm.base_fields
    latitude = _read(fields["latitude"], data.get("locations-0-latitude", ""))
    longitude = _read(fields["longitude"], data.get("locations-0-longitude", ""))
    if latitude is not None and longitude is not None:
        return name, (float(latitude), float(longitude)), precision
    place = _known_place(data.get("locations-0-place", ""))
    if place is not None:
        return name or place.name, _point(place), precision
    area = AdminArea.objects.filter(slug=data.get("locations-0-admin1", "")).first()
    if area is not None:
        return name or area.name, _point(area), GeoPrecision.ADMIN1
    return name, (None, None), precision


def _known_place(key: str) -> Place | None:
    try:
        return Place.objects.filter(uuid=key).first() if key else None
    except ValidationError:
        return None


def _point(row: Place | AdminArea) -> Point:
    if row.latitude is None or row.longitude is None:
        return None, None
    return float(row.latitude), float(row.longitude)


def _rows(data: QueryDict, part: str) -> range:
    return range(min(_whole(data.get(f"{part}-count", "")) or MOST_ROWS, MOST_ROWS))


def _actors(data: QueryDict) -> tuple[str, ...]:
    named = (data.get(f"parties-{number}-actor", "") for number in _rows(data, "parties"))
    return tuple(slug for slug in named if slug)


def _toll(data: QueryDict, harm: Harm) -> Triple:
    """The first figure of a harm, the one for everybody before those for a group of people."""
    found: list[tuple[int, Triple]] = []
    for number in _rows(data, "harm"):
        row = f"harm-{number}"
        population = data.get(f"{row}-population") or Population.ALL
        if (data.get(f"{row}-harm") or Harm.KILLED) != harm or population not in COUNTED:
            continue
        low, best, high = (
            _whole(data.get(f"{row}-{part}", "")) for part in ("low", "best", "high")
        )
        if (low, best, high) != (None, None, None):
            found.append((COUNTED.index(Population(population)), (low, best, high)))
    return min(found, key=lambda pair: pair[0])[1] if found else (None, None, None)


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
