"""Where incidents are: squares of a map grid, and single places."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from incidents.columns import sums
from incidents.columns.conditions import MICRODEGREES
from incidents.columns.layout import NULL, Flags, Ints, Reals
from incidents.columns.rows import Rows
from incidents.rollups import PLACED, Cell, HarmSum
from regions.maps import RADIUS_KM


class Place(NamedTuple):
    """Incidents that share one shown place, known to `precision` only. Degrees.

    Without a point where the place is drawn by an outline: the area's, else the country's.
    """

    precision: str
    country: str
    area: str
    latitude: float | None
    longitude: float | None
    incidents: int
    killed: HarmSum

    @property
    def radius_km(self) -> float:
        """At least so far from the shown point may it have been."""
        return RADIUS_KM.get(self.precision, 0)


def of_precision(rows: Rows, precisions: Iterable[str]) -> Rows:
    """Rows whose place is known to one of the precisions."""
    return rows.where(_has_precision(rows, precisions).take(rows.take("quality")))


def _has_precision(rows: Rows, precisions: Iterable[str]) -> Flags:
    """For each combination of quality whether the place is known to one of the precisions."""
    return rows.table.profiles["quality"].words("geo_precision").having(precisions)


def _occurring(rows: Rows, precisions: Iterable[str] | None, *, others: bool = False) -> Ints:
    """Spots of the rows that are known to one of the precisions, or with `others` to none."""
    occurs: Flags = rows.by_spot > 0
    if precisions is not None:
        occurs &= (_has_precision(rows, precisions) ^ others)[rows.table.spots.quality]
    return np.flatnonzero(occurs)


def _grouped(rows: Rows, found: Reals, spots: Ints, group: Ints, size: int) -> Reals:
    """Sums by spot (`found`) as sums by group; `group` is that of each of `spots`."""
    of_group = [np.bincount(group, weights=column[spots], minlength=size) for column in found.T]
    by_group: Reals = np.column_stack(of_group).astype(np.float64)
    group_of = np.full(len(found), -1)
    group_of[spots] = group
    sums.tolls_once(rows, lambda at: group_of[rows.at(rows.table.spots.number, at)], by_group)
    return by_group


def by_cell(
    rows: Rows, found: Reals, degrees: float, precisions: Iterable[str] | None
) -> list[Cell]:
    """Rows with a shown point on a grid of `degrees`, from west to east and south to north.

    `found` are the sums of the rows by spot; with `precisions` only places known to one of them.
    """
    spots = rows.table.spots
    shown = _occurring(rows, precisions)
    shown = shown[spots.latitude[shown] != NULL]
    north, east = spots.latitude[shown], spots.longitude[shown]
    side = degrees * MICRODEGREES
    column = np.floor((east + 180 * MICRODEGREES) / side).astype(np.int64)
    row = np.floor((north + 90 * MICRODEGREES) / side).astype(np.int64)
    cells, cell = np.unique(column * 1_000_000 + row, return_inverse=True)
    size = len(cells)
    weights = rows.by_spot[shown]

    def added(values: Any) -> Any:
        return np.bincount(cell, weights=values, minlength=size)

    incidents = added(weights)
    mean_north, mean_east = added(weights * north) / incidents, added(weights * east) / incidents
    imprecise = added(weights * ~_has_precision(rows, PLACED)[spots.quality[shown]])
    return [
        Cell(
            round(float(mean_north[n]) / MICRODEGREES, 4),
            round(float(mean_east[n]) / MICRODEGREES, 4),
            int(incidents[n]),
            int(imprecise[n]),
            sums.harm_of(row),
        )
        for n, row in enumerate(sums.integers(_grouped(rows, found, shown, cell, size)))
    ]


def by_place(
    rows: Rows, found: Reals, without: Iterable[str], outlined: Iterable[str]
) -> list[Place]:
    """The rows by shown place, most deaths first, but for those known to a precision of `without`.

    `found` are the sums of the rows by spot. Places known to an `outlined` precision have no point:
    their area or country is shown.
    """
    spots = _occurring(rows, without, others=True)
    parts, group = _places(rows, spots, outlined)
    by_group = sums.integers(_grouped(rows, found, spots, group, len(parts)))
    places = [
        Place(*part, row[0], sums.harm_of(row)) for part, row in zip(parts, by_group, strict=True)
    ]
    return sorted(places, key=lambda p: (-p.killed.best, -p.incidents, p.country, p.area))


Shown = tuple[str, str, str, float | None, float | None]


def _places(rows: Rows, wanted: Ints, outlined: Iterable[str]) -> tuple[list[Shown], Ints]:
    """What is shown of each place of some spots, and the number of each spot's place."""
    profiles, spots = rows.table.profiles, rows.table.spots
    precision = profiles["quality"].words("geo_precision")
    country, area = (profiles["geography"].words(name) for name in ("country", "area"))
    has_outline = precision.having(outlined)
    numbers: dict[Shown, int] = {}
    group = []
    parts = (spots.quality, spots.geography, spots.latitude, spots.longitude)
    for quality, place, north, east in zip(*(p[wanted].tolist() for p in parts), strict=True):
        has_point = not has_outline[quality] and north != NULL
        shown = (
            precision.words[precision.word[quality]],
            country.words[country.word[place]],
            area.words[area.word[place]],
            north / MICRODEGREES if has_point else None,
            east / MICRODEGREES if has_point else None,
        )
        group.append(numbers.setdefault(shown, len(numbers)))
    return list(numbers), np.array(group, dtype=np.int64)
