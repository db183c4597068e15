"""Bodies and missions on one day of world time: who belonged to what, who came or went lately."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from regions.models import Country, Membership, Mission, RegionalBody
from regions.standing import MEMBER

# "Lately" is the year before the day.
LATELY = 365
SUSPENDED = ("suspended", "frozen")
LONG = 20


@dataclass(frozen=True)
class BodyOn:
    """A body and its states on the day; a suspended member is still one."""

    body: RegionalBody
    members: list[Country] = field(default_factory=list)
    observers: list[Country] = field(default_factory=list)
    suspended: set[int] = field(default_factory=set)

    @property
    def is_long(self) -> bool:
        """Too many states to name them all in a line."""
        return len(self.members) > LONG

    @property
    def suspended_members(self) -> list[Country]:
        return [country for country in self.members if country.pk in self.suspended]


@dataclass(frozen=True)
class Change:
    """States that joined or left a body together, or had said that they would leave.

    `what`: joined, left, leaving. `on` is the day it took effect, for `leaving` the day it was
    announced; `is_day` where that is the very day asked about.
    """

    what: str
    body: RegionalBody
    countries: list[Country]
    on: dt.date
    precision: str
    is_day: bool
    announced: dt.date | None = None


@dataclass(frozen=True)
class Memberships:
    bodies: list[BodyOn]
    changes: list[Change]


def memberships_on(day: dt.date) -> Memberships:
    """Who belonged to which body on `day`, and who came or went in the year before. One query."""
    rows = list(
        Membership.objects.filter(starts_on__lte=day)
        .select_related("body", "country")
        .order_by("body__name", "country__name", "starts_on", "pk")
    )
    now = [row for row in rows if row.ends_on is None or row.ends_on >= day]
    changes = _gathered(_changes(rows, now, day), day)
    return Memberships(
        bodies=[
            _body(body, list(several)) for body, several in groupby(now, key=attrgetter("body"))
        ],
        changes=sorted(changes, key=attrgetter("on", "body.name"), reverse=True),
    )


def _body(body: RegionalBody, rows: list[Membership]) -> BodyOn:
    found = BodyOn(body)
    members = {row.country_id for row in rows if row.status == MEMBER}
    for row in rows:
        if row.status == MEMBER:
            found.members.append(row.country)
        elif row.status in SUSPENDED:
            found.suspended.add(row.country_id)
        elif row.country_id not in members:
            found.observers.append(row.country)
    return found


Keyed = tuple[str, RegionalBody, dt.date, str, dt.date | None]


def _changes(
    rows: Iterable[Membership], now: Iterable[Membership], day: dt.date
) -> Iterable[tuple[Keyed, Country]]:
    """Each change of full membership within a year up to the day, with its state."""
    still = {(row.body_id, row.country_id) for row in now if row.status == MEMBER}
    for row in rows:
        if row.status != MEMBER:
            continue
        leaves = row.exit_effective_on or (row.ends_on and row.ends_on + dt.timedelta(days=1))
        announced = row.exit_announced_on
        key: Keyed
        if _is_late(row.starts_on, day):
            key = ("joined", row.body, row.starts_on, row.start_precision, None)
            yield key, row.country
        if leaves and _is_late(leaves, day) and (row.body_id, row.country_id) not in still:
            key = ("left", row.body, leaves, row.exit_precision, announced)
            yield key, row.country
        elif announced and announced <= day and (leaves is None or leaves > day):
            key = ("leaving", row.body, announced, row.exit_precision, None)
            yield key, row.country


def _is_late(when: dt.date, day: dt.date) -> bool:
    return 0 <= (day - when).days <= LATELY


def _gathered(changes: Iterable[tuple[Keyed, Country]], day: dt.date) -> Iterable[Change]:
    several: dict[Keyed, list[Country]] = defaultdict(list)
    for key, country in changes:
        several[key].append(country)
    for (what, body, on, precision, announced), countries in several.items():
        yield Change(what, body, countries, on, precision, on == day, announced)


def missions_on(day: dt.date) -> "list[Mission]":
    """Missions under way on `day`, the latest first; planned ones are not. Two queries."""
    rows = Mission.objects.filter(starts_on__isnull=False).on(day)
    rows = rows.select_related("mandating_body").prefetch_related("area")
    return list(rows.order_by("-starts_on", "name"))
