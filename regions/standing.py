"""Who belongs to a body: on a day, and over time as bars on one axis."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from core import prose
from core.timeline import Axis, Bar, Span
from regions.models import Country, Membership, RegionalBody

# Suspension does not end membership; observers are no members.
MEMBER = "member"


@dataclass(frozen=True)
class Standing:
    """One country in one body: its rows, their bars, and its standing on the day asked about."""

    country: Country
    rows: list[Membership]
    bars: list[Bar]
    exits: list[Membership]
    is_member: bool
    is_suspended: bool
    is_observer: bool


@dataclass(frozen=True)
class Standings:
    """Every country that ever belonged to a body, and who did on the day."""

    everyone: list[Standing]
    members: list[Standing]
    observers: list[Standing]
    axis: Axis


def _in_force(row: Membership, day: dt.date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)


def _span(row: Membership) -> Span:
    return Span(row.starts_on, row.ends_on, row.status)


def _bars(rows: Iterable[Membership], axis: Axis) -> list[Bar]:
    """Membership below, suspension above it; from the announcement of an exit to its effect."""
    ordered = sorted(rows, key=lambda row: (row.status not in (MEMBER, "observer"), row.starts_on))
    bars = [axis.bar(_span(row)) for row in ordered]
    for row in ordered:
        if row.exit_announced_on and not row.is_retroactive:
            bars.append(axis.bar(Span(row.exit_announced_on, row.ends_on, "leaving")))
    return bars


def _standing(country: Country, rows: list[Membership], axis: Axis, day: dt.date) -> Standing:
    now = {row.status for row in rows if _in_force(row, day)}
    return Standing(
        country=country,
        rows=rows,
        bars=_bars(rows, axis),
        exits=[row for row in rows if row.exit_announced_on or row.exit_effective_on],
        is_member=MEMBER in now,
        is_suspended=bool(now & {"suspended", "frozen"}),
        is_observer="observer" in now,
    )


def standings(body: RegionalBody, day: dt.date) -> Standings:
    """The standing of every country in `body`, one query. `day` is world time."""
    rows = list(
        Membership.objects.filter(body=body)
        .select_related("country")
        .order_by("country__name", "country_id", "starts_on", "pk")
    )
    return standings_of(rows, day)


def standings_of(rows: list[Membership], day: dt.date) -> Standings:
    """The same for rows in order of country and time, whether they are stored or not."""
    axis = Axis.around((_span(row) for row in rows), max(day, prose.today()))
    everyone = [
        _standing(country, list(group), axis, day)
        for country, group in groupby(rows, key=lambda row: row.country)
    ]
    return Standings(
        everyone=everyone,
        members=[one for one in everyone if one.is_member],
        observers=[one for one in everyone if one.is_observer and not one.is_member],
        axis=axis,
    )
