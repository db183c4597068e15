"""What the parameters of an IncidentQuestion ask for, as one flag for each row.

Each condition means what the SQL of `incidents.questions` means; words (`q`) take their incidents
from SQL. Conditions are apart, because the counts of a facet leave out the facet's own.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from core.parameters import Terms
from incidents.columns import matches
from incidents.columns.layout import HOME, NULL, Flags
from incidents.columns.memory import Lately
from incidents.columns.rows import Rows
from incidents.columns.table import DAY_ZERO, Table, microseconds
from incidents.models import PublishedIncident
from incidents.querysets import EARTH_RADIUS_KM, box_around
from incidents.questions import IncidentQuestion

# Parameter -> column of the record that holds its terms.
TERMS = {
    "country": "country",
    "region": "region",
    "area": "area",
    "body": "bodies",
    "type": "type",
    "group": "group",
    "target": "targets",
    "weapon": "weapons",
    "tactic": "tactics",
    "campaign": "campaigns",
    "attribution": "attribution",
    "precision": "date_precision",
    "dataset": "dataset",
}
MICRODEGREES = 1_000_000
Asked = dict[str, Any]
# The rows of today are asked for by every question, and what is summed over all of them stays true
# as long as their table.
_today: Lately[Rows] = Lately(1)


def asked_of(question: IncidentQuestion) -> Asked:
    """What narrows the rows; how the answer is shown is left out. Raises ParametersRefused."""
    asked = {k: v for k, v in question.cleaned.items() if k not in question.presentation}
    unknown = asked.keys() - TERMS.keys() - CONDITIONS.keys() - {"as_of", "role", "lineage"}
    unknown -= {"killed_max", "q"}
    if unknown:
        raise TypeError(f"The columns know nothing of {', '.join(sorted(unknown))}.")
    if "actor" in asked:
        excluded = asked["actor"].excluded
        asked["actor"] = Terms(question.involved, excluded=excluded)
        asked.pop("lineage", None)
    return asked


def key_of(asked: Asked) -> tuple[Any, ...]:
    """A hashable key: equal for equal meanings."""
    return tuple(
        (name, tuple(value), value.excluded) if isinstance(value, Terms) else (name, value)
        for name, value in sorted(asked.items())
    )


def domain(table: Table, moment: dt.datetime | None) -> Rows:
    """What Vigil says now, or said at a moment."""
    if moment is None or microseconds(moment) >= table.latest:
        return _today.get(table.number, lambda: Rows(table, slice(0, table.current)))
    then = microseconds(moment)
    stood = (table.rows["valid_from"] <= then) & (table.rows["valid_to"] > then)
    return Rows(table, np.flatnonzero(stood & table.rows["is_listed"]))


def flags(rows: Rows, asked: Asked) -> dict[str, Flags]:
    """For each condition that was asked, which of the rows meet it."""
    found = {name: _terms(rows, TERMS[name], asked[name]) for name in TERMS.keys() & asked.keys()}
    for name, condition in CONDITIONS.items():
        if name in asked or (name == "killed_min" and "killed_max" in asked):
            found[FACET_OF.get(name, name)] = condition(rows, asked)
    if "q" in asked:
        found["q"] = _words(rows, asked, all_of(found.values()))
    return found


def all_of(conditions: Iterable[Flags]) -> Flags | None:
    """Which rows meet every condition; None where there is none."""
    several = list(conditions)
    return np.logical_and.reduce(several) if several else None


def having(table: Table, column: str, terms: Iterable[str]) -> Flags:
    """For each combination of the column's profile whether it has one of the terms."""
    return table.profiles[HOME[column]].words(column).having(terms)


def _terms(rows: Rows, column: str, terms: Terms) -> Flags:
    has = having(rows.table, column, terms)
    found: Flags = (~has if terms.excluded else has).take(rows.take(HOME[column]))
    return found


def _actor(rows: Rows, asked: Asked) -> Flags:
    actors, roles = asked["actor"], asked.get("role", Terms())
    has = having(rows.table, "actors", actors)
    if roles:
        pairs = [f"{actor}:{role}" for actor in actors for role in roles]
        in_role = having(rows.table, "actor_roles", pairs)
        has = has & ~in_role if roles.excluded else in_role
    found: Flags = (~has if actors.excluded else has).take(rows.take("parties"))
    return found


def _killed(rows: Rows, asked: Asked) -> Flags:
    deaths = rows.table.deaths.deaths
    meets = deaths != NULL
    if "killed_min" in asked:
        meets &= deaths >= asked["killed_min"]
    if "killed_max" in asked:
        meets &= deaths <= asked["killed_max"]
    found: Flags = meets.take(rows.take("deaths"))
    return found


def _day(day: dt.date) -> int:
    return (day - DAY_ZERO).days


def _from(rows: Rows, asked: Asked) -> Flags:
    found: Flags = rows.take("date_end") >= _day(asked["from"])
    return found


def _to(rows: Rows, asked: Asked) -> Flags:
    found: Flags = rows.take("date_start") <= _day(asked["to"])
    return found


def _begun(rows: Rows, asked: Asked) -> Flags:
    found: Flags = rows.take("date_start") >= _day(asked["begun"])
    return found


def _box(rows: Rows, sides: Iterable[float]) -> Flags:
    # The same rounding to the column's digits that a comparison in the database makes.
    field = PublishedIncident._meta.get_field("longitude")
    west, south, east, north = (field.to_python(side) * MICRODEGREES for side in sides)
    longitude, latitude = rows.take("longitude"), rows.take("latitude")
    found: Flags = (
        (longitude >= math.ceil(west))
        & (longitude <= math.floor(east))
        & (latitude >= math.ceil(south))
        & (latitude <= math.floor(north))
        & (latitude != NULL)
    )
    return found


def _bbox(rows: Rows, asked: Asked) -> Flags:
    return _box(rows, asked["bbox"])


def _near(rows: Rows, asked: Asked) -> Flags:
    latitude, longitude, km = asked["near"]
    found = _box(rows, box_around(latitude, longitude, km))
    within = np.flatnonzero(found)
    there = np.radians(rows.take("latitude")[within] / MICRODEGREES)
    east = np.radians(rows.take("longitude")[within] / MICRODEGREES)
    here = math.radians(latitude)
    chord = (
        np.sin((there - here) / 2) ** 2
        + math.cos(here) * np.cos(there) * np.sin((east - math.radians(longitude)) / 2) ** 2
    )
    found[within] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)) <= km
    return found


def _words(rows: Rows, asked: Asked, others: Flags | None) -> Flags:
    """Where none of the rows that meet the others has the words, those that they are misspelt for.

    As `incidents.saying` reads them.
    """
    exact: Flags = rows.of(matches.containing(rows.table, asked["q"]))
    if (exact if others is None else exact & others).any():
        return exact
    instead = matches.mended(asked["q"])
    if not instead:
        return exact
    found: Flags = rows.of(matches.containing(rows.table, instead))
    return found


CONDITIONS: dict[str, Callable[[Rows, Asked], Flags]] = {
    "actor": _actor,
    "killed_min": _killed,
    "from": _from,
    "to": _to,
    "begun": _begun,
    "bbox": _bbox,
    "near": _near,
}
# The name of a condition where it is not that of its parameter.
FACET_OF = {"killed_min": "killed"}
