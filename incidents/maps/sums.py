"""What a map adds up: cells of a grid, and beside them whatever is known less well than a cell.

An incident joins the circle of a grid cell only where the cell is wider than the incident's place
is uncertain. Otherwise it is drawn as what is known: a circle of that radius, its area, or its
country. No incident is in two of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.columns import Answer, Place
from incidents.rollups import Cell
from regions.frames import KM_PER_DEGREE
from regions.maps import RADIUS_KM

# Radii of uncertainty of shown points, in kilometres, where the incident gives none of its own.
# First-level areas and countries are drawn by their outlines instead.
RADII = {"exact": 0, **{name: km for name, km in RADIUS_KM.items() if name != "admin1"}}
BY_OUTLINE = ("admin1", "country")


@dataclass(frozen=True)
class Gathered:
    """All incidents of an answer: in `cells` those known to one of the `gathered` precisions."""

    cells: list[Cell]
    spots: list[Place]
    degrees: float
    gathered: tuple[str, ...]


def gather(answer: Answer, degrees: float, *, apart: Iterable[str] = ()) -> Gathered:
    """An answer on a grid of `degrees`, without what is known to a precision named in `apart`."""
    wide, left_out = degrees * KM_PER_DEGREE, set(apart)
    fine = tuple(name for name, km in RADII.items() if 2 * km <= wide and name not in left_out)
    return Gathered(
        cells=answer.by_cell(degrees, fine) if fine else [],
        spots=answer.by_place(without=(*fine, *left_out), outlined=BY_OUTLINE),
        degrees=degrees,
        gathered=fine,
    )
