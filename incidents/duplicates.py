"""Which desk incidents may tell the same event as a draft, with the reasons in words.

`candidates(sighting, by=person)` preselects in SQL (`incidents.preselection`), then scores each
row by this rule (`incidents.likeness`):

| evidence | most | how |
|---|---|---|
| time | 30 | days that both allow, over the wider of both; 18, 10 and 6 for 1, 2, 3 days apart |
| place | 30 | falls with distance over twice what both precisions allow; less for coarse places |
| actors | 15 | the same group; 11 akin (lineage, branch, name); 6 of 7 for a shared army only |
| harm | 10 | people killed, else abducted: closeness of the figures, or overlap of the ranges |
| type | 5 | the same; 3 for the same group of types |
| title | 10 | words in common (RapidFuzz token set), from half alike upward |

What one side does not know counts for neither: the score is the share of what could be compared,
from 0 to 100. Places that lie apart, other named groups, and tolls that cannot both be true lower
it by a factor. Shown from POSSIBLE upward; LIKELY says "probably the same".
"""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from core.choices import DatePrecision
from incidents.likeness import Event, Reason, compare
from incidents.models import Incident
from incidents.parties import family_of, parties_of
from incidents.preselection import preselected
from incidents.sight import seen_by

SHOWN = 8
POSSIBLE = 55
LIKELY = 75
Triple = tuple[int | None, int | None, int | None]
UNKNOWN: Triple = (None, None, None)


@dataclass(frozen=True)
class Sighting:
    """What is known so far of an event that is being entered; None and empty mean unknown.

    `actors` are slugs. `incident` is the public id of the draft itself, which is left out together
    with those that were told apart from it.
    """

    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: str = DatePrecision.DAY
    country: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "exact"
    radius_km: int | None = None
    actors: tuple[str, ...] = ()
    killed: Triple = UNKNOWN
    abducted: Triple = UNKNOWN
    type: str = ""
    title: str = ""
    incident: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether there is a day, and a country or a point, to look by."""
        return self.date_start is not None and bool(self.country or self.latitude is not None)


@dataclass(frozen=True)
class Candidate:
    """A desk incident that may be the same event: score 0 to 100 and why."""

    incident: Incident
    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def sighting_of(incident: Incident) -> Sighting:
    """A stored incident as a sighting, to look for others like it."""
    place = incident.locations.filter(is_primary=True).select_related("place").first()
    named = incident.participations.filter(actor__isnull=False)
    return Sighting(
        date_start=incident.date_start,
        date_end=incident.date_end,
        date_precision=incident.date_precision,
        country=incident.country.iso3,
        place=str(place) if place else "",
        latitude=_degrees(place and place.latitude),
        longitude=_degrees(place and place.longitude),
        precision=place.precision if place else "country",
        radius_km=place.radius_km if place else None,
        actors=tuple(slug for slug in named.values_list("actor__slug", flat=True) if slug),
        killed=(incident.killed_low, incident.killed_best, incident.killed_high),
        abducted=(incident.abducted_low, incident.abducted_best, incident.abducted_high),
        type=incident.type_id,
        title=incident.title,
        incident=incident.public_id,
    )


def _degrees(value: object) -> float | None:
    return None if value is None else float(str(value))


def candidates(sighting: Sighting, *, by: User, limit: int = SHOWN) -> list[Candidate]:
    """Desk incidents that `by` may see and that may be this event, the likeliest first.

    None where the sighting is not enough to look by. Costs six queries, whatever the number of
    incidents; on a million of them see docs/duplicates.md for the figures.
    """
    if not sighting.is_enough:
        return []
    rows = preselected(sighting, seen_by(by))
    family = family_of(sighting.actors)
    parties = parties_of([row.pk for row in rows])
    event = _event(sighting)
    found = []
    for row in rows:
        score, reasons = compare(event, Event.of_row(row), family.shared_with(parties[row.pk]))
        if score >= POSSIBLE:
            found.append(Candidate(row, score, tuple(reasons)))
    found.sort(key=lambda candidate: (-candidate.score, candidate.incident.pk))
    return found[:limit]


def _event(sighting: Sighting) -> Event:
    first = sighting.date_start or dt.date.min
    return Event(
        first=first,
        last=max(sighting.date_end or first, first),
        date_precision=sighting.date_precision,
        country=sighting.country,
        place=sighting.place,
        latitude=sighting.latitude,
        longitude=sighting.longitude,
        precision=sighting.precision,
        radius_km=sighting.radius_km,
        killed=(sighting.killed,),
        abducted=sighting.abducted,
        type=sighting.type,
        title=sighting.title,
    )
