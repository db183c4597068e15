"""Rows worth comparing with a sighting: by dates, country or box, and title trigrams, in SQL.

Two index range scans: the country's incidents around the dates (`incident_by_country_date`), and
what began near the day beyond the border, within reach of the point (`incident_by_status_date`).
"""

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    DateField,
    F,
    FilteredRelation,
    FloatField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Abs, Cast, Coalesce

from incidents.choices import PUBLIC_STATUSES, LinkRelation, Status
from incidents.likeness import uncertainty_km
from incidents.models import Incident, IncidentLink, NotDuplicate
from incidents.querysets import KM_PER_DEGREE

if TYPE_CHECKING:
    from incidents.duplicates import Sighting

LIVE = (Status.DRAFT, Status.IN_REVIEW, Status.VERIFIED, *PUBLIC_STATUSES)
SLACK = dt.timedelta(days=3)  # reports of one event disagree by a day or two
WIDEST = dt.timedelta(days=369)  # an interval of a year, and the slack
ACROSS = dt.timedelta(days=14)  # beyond a border, what began this near
PRESELECTED = 200
# How much of the rough order one day, one degree and a wholly different title weigh.
DAY, UNPLACED = 0.1, 1.0


class DaysFrom(Func):
    """Whole days between a date column and a day."""

    template = "abs(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


def preselected(sighting: "Sighting", rows: "QuerySet[Incident]") -> list[Any]:
    """At most PRESELECTED rows of each scan, the roughly most alike; with their primary place."""
    first = sighting.date_start or dt.date.min
    last = max(sighting.date_end or first, first)
    rows = rows.filter(
        editorial_status__in=LIVE, date_start__lte=last + SLACK, date_end__gte=first - SLACK
    )
    if sighting.incident:
        rows = rows.exclude(public_id=sighting.incident)
        rows = rows.exclude(pk__in=NotDuplicate.objects.told_apart_from(sighting.incident))
        rows = rows.exclude(pk__in=_linked_to(sighting.incident))
    rows = rows.annotate(
        main_place=FilteredRelation("locations", condition=Q(locations__is_primary=True))
    )
    found: list[Any] = []
    if sighting.country:
        inside = rows.filter(country__iso3=sighting.country, date_start__gte=first - WIDEST)
        found += _most_alike(inside, sighting, first)
    if sighting.latitude is not None and sighting.longitude is not None:
        beyond = rows.filter(_box(sighting), date_start__gte=first - ACROSS)
        if sighting.country:
            beyond = beyond.exclude(country__iso3=sighting.country)
        found += _most_alike(beyond, sighting, first)
    return found


def _linked_to(public_id: str) -> "QuerySet[Any]":
    """Keys of incidents that are linked to the draft: who links two has seen that they are two."""
    links = IncidentLink.objects.exclude(relation=LinkRelation.DUPLICATE)
    there = links.filter(source__public_id=public_id).values("target")
    return there.union(links.filter(target__public_id=public_id).values("source"))


def _box(sighting: "Sighting") -> Q:
    """A primary location within reach of the point; a superset of the circle."""
    latitude, longitude = sighting.latitude or 0.0, sighting.longitude or 0.0
    reach = 4 * uncertainty_km(sighting.precision, sighting.radius_km) / KM_PER_DEGREE
    sideways = reach / max(math.cos(math.radians(latitude)), 0.1)
    return Q(
        main_place__latitude__range=(latitude - reach, latitude + reach),
        main_place__longitude__range=(longitude - sideways, longitude + sideways),
    )


def _most_alike(rows: "QuerySet[Incident]", sighting: "Sighting", first: dt.date) -> list[Any]:
    """The rows with their primary place, ordered by a likeness that SQL can tell."""
    rows = rows.annotate(
        place_name=F("main_place__name"),
        latitude=F("main_place__latitude"),
        longitude=F("main_place__longitude"),
        precision=F("main_place__precision"),
        radius_km=F("main_place__radius_km"),
    )
    days = DaysFrom(F("date_start"), Value(first, DateField()))
    rough: Any = Cast(days, FloatField()) * Value(DAY)
    if sighting.latitude is not None and sighting.longitude is not None:
        off: Any = Abs(Cast(F("main_place__latitude"), FloatField()) - Value(sighting.latitude))
        off += Abs(Cast(F("main_place__longitude"), FloatField()) - Value(sighting.longitude))
        rough += Coalesce(off, Value(UNPLACED))
    if sighting.title:
        rough -= TrigramSimilarity("title", sighting.title)
    return list(rows.select_related("country", "type").order_by(rough, "pk")[:PRESELECTED])
