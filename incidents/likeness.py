"""How alike two accounts of an event are, and why; the rule is in `incidents.duplicates`."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from core.names import search_key
from incidents.choices import GeoPrecision
from incidents.parties import Shared
from incidents.querysets import KM_PER_DEGREE

Triple = tuple[int | None, int | None, int | None]
TIME, PLACE, ACTORS, HARM, TYPE, TITLE = 30, 30, 15, 10, 5, 10
DAYS_APART = {1: 18, 2: 10, 3: 6}
OVERLAP = 14  # the least for days that both allow, however wide they are
# What a precision allows, in km to either side; how much of PLACE an agreement at it can earn.
ALLOWED_KM = {
    GeoPrecision.EXACT: 10.0,
    GeoPrecision.NEAR: 25.0,
    GeoPrecision.ADMIN2: 50.0,
    GeoPrecision.LINEAR: 60.0,
    GeoPrecision.ADMIN1: 150.0,
    GeoPrecision.SEA_AIR: 200.0,
    GeoPrecision.COUNTRY: 1000.0,
}
EARNS = {
    GeoPrecision.EXACT: 30,
    GeoPrecision.NEAR: 30,
    GeoPrecision.ADMIN2: 24,
    GeoPrecision.LINEAR: 24,
    GeoPrecision.ADMIN1: 16,
    GeoPrecision.SEA_AIR: 14,
    GeoPrecision.COUNTRY: 8,
}
# Where a distance cannot speak against the same event.
ANYWHERE = (GeoPrecision.COUNTRY, GeoPrecision.SEA_AIR)
# What a contradiction leaves of the score.
ELSEWHERE, OTHERS, OTHER_TOLL = 0.6, 0.85, 0.9
SAME_NAME = 90


@dataclass(frozen=True)
class Reason:
    """One piece of evidence in words; `is_against` where it speaks against the same event."""

    text: str
    is_against: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Event:
    """One account of an event. `killed` may hold two triples: without and with the attackers."""

    first: dt.date
    last: dt.date
    date_precision: str
    country: str
    place: str
    latitude: float | None
    longitude: float | None
    precision: str
    radius_km: int | None
    killed: tuple[Triple, ...]
    abducted: Triple
    type: str
    title: str

    @classmethod
    def of_row(cls, row: Any) -> "Event":
        """A preselected incident with its annotations."""
        killed: Triple = (row.killed_low, row.killed_best, row.killed_high)
        attackers = (
            row.attackers_killed_low, row.attackers_killed_best, row.attackers_killed_high
        )  # fmt: skip
        everybody: Triple = tuple(  # type: ignore[assignment]
            None if a is None else a + (b or 0) for a, b in zip(killed, attackers, strict=True)
        )
        return cls(
            first=row.date_start,
            last=row.date_end,
            date_precision=row.date_precision,
            country=row.country.iso3,
            place=row.place_name or "",
            latitude=None if row.latitude is None else float(row.latitude),
            longitude=None if row.longitude is None else float(row.longitude),
            precision=row.precision or GeoPrecision.COUNTRY,
            radius_km=row.radius_km,
            killed=(killed, everybody) if any(attackers) else (killed,),
            abducted=(row.abducted_low, row.abducted_best, row.abducted_high),
            type=row.type_id,
            title=row.title,
        )


@dataclass(frozen=True)
class Weighed:
    """Points earned of those that could be, the factor of a contradiction, and the words."""

    points: float
    most: int
    reason: Reason | None = None
    factor: float = 1.0


def compare(one: Event, other: Event, shared: Shared) -> tuple[int, list[Reason]]:
    """Score 0 to 100 and the reasons, those for the same event first."""
    parts = [*_time(one, other), *_place(one, other), *_actors(shared), *_harm(one, other),
             *_type(one, other), *_title(one, other)]  # fmt: skip
    most = sum(part.most for part in parts)
    score = 100 * sum(part.points for part in parts) / most if most else 0.0
    for part in parts:
        score *= part.factor
    reasons = [part.reason for part in parts if part.reason is not None]
    return round(score), sorted(reasons, key=lambda reason: reason.is_against)


def _time(one: Event, other: Event) -> Iterator[Weighed]:
    gap = max((one.first - other.last).days, (other.first - one.last).days)
    if gap > 0:
        text = ngettext("%(days)s day apart", "%(days)s days apart", gap) % {"days": gap}
        yield Weighed(DAYS_APART.get(gap, 0), TIME, Reason(text))
        return
    widths = [(event.last - event.first).days + 1 for event in (one, other)]
    common = (min(one.last, other.last) - max(one.first, other.first)).days + 1
    if widths == [1, 1]:
        yield Weighed(TIME, TIME, Reason(_("the same day")))
        return
    points = max(OVERLAP, TIME * common / max(widths))
    yield Weighed(points, TIME, Reason(_("the dates overlap")))


def _place(one: Event, other: Event) -> Iterator[Weighed]:
    same_name = bool(one.place and other.place) and (
        fuzz.token_set_ratio(search_key(one.place), search_key(other.place)) >= SAME_NAME
    )
    earns = min(EARNS.get(event.precision, 8) for event in (one, other))  # type: ignore[call-overload]
    if one.latitude is None or other.latitude is None:
        if same_name:
            yield Weighed(PLACE * 0.8, PLACE, Reason(_("a place of the same name")))
        elif one.country and one.country == other.country:
            yield Weighed(8, PLACE, Reason(_("the same country")))
        return
    km = distance_km(one, other)
    allowed = sum(uncertainty_km(event.precision, event.radius_km) for event in (one, other))
    points = earns * max(0.0, 1 - km / (2 * allowed))
    if same_name and points < PLACE * 0.8 and km <= 4 * allowed:
        points = PLACE * 0.8
    placed = not {one.precision, other.precision} & set(ANYWHERE)
    is_against = placed and points <= 0
    text = _("%(km)s km apart") % {"km": number_format(round(km))}
    if km < 1:
        text = _("the same place")
    if same_name:
        text = _("%(text)s, the place has the same name") % {"text": text}
    factor = ELSEWHERE if is_against else 1.0
    yield Weighed(points, PLACE, Reason(text, is_against), factor)


def uncertainty_km(precision: str, radius_km: int | None) -> float:
    """How far from the point the event may have been, in km."""
    allowed = ALLOWED_KM.get(GeoPrecision(precision or GeoPrecision.COUNTRY), 1000.0)
    return max(allowed, float(radius_km or 0))


def distance_km(one: Event, other: Event) -> float:
    """Between two points, in km; flat, which is right to a percent over the distances in use."""
    lat = math.radians(((one.latitude or 0.0) + (other.latitude or 0.0)) / 2)
    north = (one.latitude or 0.0) - (other.latitude or 0.0)
    east = ((one.longitude or 0.0) - (other.longitude or 0.0)) * math.cos(lat)
    return math.hypot(north, east) * KM_PER_DEGREE


def _actors(shared: Shared) -> Iterator[Weighed]:
    if not shared.known:
        return
    if shared.same:
        text = _("the same actor: %(name)s") % {"name": shared.same}
        yield Weighed(ACTORS, ACTORS, Reason(text))
    elif shared.akin:
        text = _("a related actor: %(name)s") % {"name": shared.akin}
        yield Weighed(11, ACTORS, Reason(text))
    elif shared.is_other:
        yield Weighed(0, ACTORS, Reason(_("other groups are named"), True), OTHERS)
    else:
        text = _("the same force: %(name)s") % {"name": shared.force}
        yield Weighed(6, ACTORS // 2, Reason(text))


def _harm(one: Event, other: Event) -> Iterator[Weighed]:
    pairs = [(a, b) for a in one.killed for b in other.killed if known(a) and known(b)]
    words = _("people killed")
    if not pairs and known(one.abducted) and known(other.abducted):
        pairs, words = [(one.abducted, other.abducted)], _("people abducted")
    if not pairs:
        return
    closeness, mine, theirs = max(
        ((_closeness(a, b), _figure(a), _figure(b)) for a, b in pairs), key=lambda found: found[0]
    )
    values = {"what": words, "one": number_format(mine), "other": number_format(theirs)}
    if mine == theirs:
        yield Weighed(HARM * closeness, HARM, Reason(_("%(what)s: %(one)s in both") % values))
        return
    is_against = closeness < 0.25 and abs(mine - theirs) > 5
    factor = OTHER_TOLL if is_against else 1.0
    text = _("%(what)s: %(one)s here, %(other)s there") % values
    yield Weighed(HARM * closeness, HARM, Reason(text, is_against), factor)


def known(triple: Triple) -> bool:
    return any(value is not None for value in triple)


def _figure(triple: Triple) -> int:
    """The best known number of a triple."""
    low, best, high = triple
    return next(value for value in (best, low, high) if value is not None)


def _closeness(a: Triple, b: Triple) -> float:
    """1 for equal figures, 0.8 for ranges that overlap, else the smaller over the larger.

    Two zeros agree, but so do most pairs of incidents without deaths: 0.5.
    """
    mine, theirs = _figure(a), _figure(b)
    if mine == theirs:
        return 1.0 if mine else 0.5
    ratio = (min(mine, theirs) + 1) / (max(mine, theirs) + 1)
    low, high = max(_least(a), _least(b)), min(_most(a), _most(b))
    return max(ratio, 0.8) if low <= high else ratio


def _least(triple: Triple) -> int:
    return min(value for value in triple if value is not None)


def _most(triple: Triple) -> int:
    return max(value for value in triple if value is not None)


def _type(one: Event, other: Event) -> Iterator[Weighed]:
    if not one.type or not other.type:
        return
    if one.type == other.type:
        yield Weighed(TYPE, TYPE, Reason(_("the same type")))
    else:
        yield Weighed(3 if one.type[:3] == other.type[:3] else 0, TYPE)


def _title(one: Event, other: Event) -> Iterator[Weighed]:
    if not one.title.strip() or not other.title.strip():
        return
    alike = fuzz.token_set_ratio(search_key(one.title), search_key(other.title))
    points = TITLE * max(0.0, (alike - 50) / 50)
    text = _("the titles are %(percent)s%% alike") % {"percent": round(alike)}
    yield Weighed(points, TITLE, Reason(text) if points else None)
