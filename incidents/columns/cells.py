"""Where incidents are: squares of a map grid, and single places."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from incidents.columns import sums
from incidents.columns.conditions import MICRODEGREES
from incidents.columns.layout import NULL, Flags, Ints
from incidents.columns.rows import Rows
from incidents.rollups import PLACED, Cell, HarmSum


@dataclass(frozen=True)
class Place:
    """One shown place, known to a precision, with what happened there. Degrees; None: no point."""

    precision: str
    country: str
    area: str
    latitude: float | None
    longitude: float | None
    incidents: int
    killed: HarmSum


def of_precision(rows: Rows, precisions: Iterable[str], *, others: bool = False) -> Rows:
    """Rows whose place is known to one of the precisions, or with `others` to none of them."""
    has = _has_precision(rows, precisions)
    return rows.where((~has if others else has).take(rows.take("quality")))


def _has_precision(rows: Rows, precisions: Iterable[str]) -> Flags:
    return rows.table.profiles["quality"].words("geo_precision").having(precisions)


def by_cell(rows: Rows, degrees: float) -> list[Cell]:
    """Rows with a shown point on a grid of `degrees`, from west to east and south to north."""
    latitude, longitude, number = rows.table.places
    here = rows.of(number)
    at_place = np.bincount(here, minlength=len(latitude))
    occurring = np.flatnonzero((at_place > 0) & (latitude != NULL))
    north, east = latitude[occurring], longitude[occurring]
    side = degrees * MICRODEGREES
    column = np.floor((east + 180 * MICRODEGREES) / side).astype(np.int64)
    row = np.floor((north + 90 * MICRODEGREES) / side).astype(np.int64)
    cells, cell = np.unique(column * 1_000_000 + row, return_inverse=True)
    size = len(cells)
    # Rows without a point add up beside the cells, in a last one that is left out.
    cell_of = np.full(len(latitude), size)
    cell_of[occurring] = cell
    keys = cell_of.take(here)
    found = sums.by_key(rows, keys, size + 1)
    sums.tolls_once(rows, keys, found)
    weights = at_place[occurring]
    incidents = np.bincount(cell, weights=weights, minlength=size)
    mean_north = np.bincount(cell, weights=weights * north, minlength=size) / incidents
    mean_east = np.bincount(cell, weights=weights * east, minlength=size) / incidents
    vague = (~_has_precision(rows, PLACED)).take(rows.take("quality"))
    imprecise = np.bincount(keys.compress(vague), minlength=size + 1)
    return [
        Cell(
            round(float(mean_north[n]) / MICRODEGREES, 4),
            round(float(mean_east[n]) / MICRODEGREES, 4),
            int(incidents[n]),
            int(imprecise[n]),
            sums.harm_of(row),
        )
        for n, row in enumerate(sums.integers(found[:size]))
    ]


def by_place(rows: Rows, outlined: Iterable[str]) -> list[Place]:
    """The rows by shown place, most deaths first; places known to a precision that is drawn as
    an outline have no point."""
    keys, parts = _places(rows, outlined)
    found = sums.by_key(rows, keys, len(parts))
    sums.tolls_once(rows, keys, found)
    places = [
        Place(*part, row[0], sums.harm_of(row))
        for part, row in zip(parts, sums.integers(found), strict=True)
    ]
    return sorted(places, key=lambda p: (-p.killed.best, -p.incidents, p.country, p.area))


Shown = tuple[str, str, str, float | None, float | None]


def _places(rows: Rows, outlined: Iterable[str]) -> tuple[Ints, list[Shown]]:
    """The number of each row's place, and what is shown of each place."""
    quality, geography = rows.table.profiles["quality"], rows.table.profiles["geography"]
    precision, country, area = (
        quality.words("geo_precision"), geography.words("country"), geography.words("area"),
    )  # fmt: skip
    latitude, longitude, number = rows.table.places
    of_row = precision.word[rows.take("quality")]
    point = rows.of(number).astype(np.int64) + 1
    point[precision.having(outlined)[rows.take("quality")]] = 0
    where = country.word * len(area.words) + area.word
    key = of_row * (len(country.words) * len(area.words) + 1) + where[rows.take("geography")]
    _pairs, pair = np.unique(key, return_inverse=True)
    _unique, example, keys = np.unique(
        pair * (len(latitude) + 1) + point, return_index=True, return_inverse=True
    )
    entry, kind = rows.take("geography")[example], of_row[example]
    shown: list[Shown] = []
    for at, (place, spot) in enumerate(zip(entry.tolist(), point[example].tolist(), strict=True)):
        has_point = spot > 0 and latitude[spot - 1] != NULL
        shown.append(
            (
                precision.words[kind[at]],
                country.words[country.word[place]],
                area.words[area.word[place]],
                float(latitude[spot - 1]) / MICRODEGREES if has_point else None,
                float(longitude[spot - 1]) / MICRODEGREES if has_point else None,
            )
        )
    return keys, shown
