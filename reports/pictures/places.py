"""Where the incidents of a report were, as SVG: each drawn as widely as its place is known.

The record holds only what may be shown: open hostage cases and withheld places are areas there.
"""

from collections.abc import Sequence

from django.db.models import Count

from incidents import rollups
from incidents.charts.picture import Entry, Panel
from incidents.columns import Place
from incidents.maps import drawing, legends
from incidents.maps.sums import BY_OUTLINE, RADII, Gathered
from incidents.querysets import RecordQuerySet
from incidents.rollups import HarmSum
from incidents.sentences import NAMES
from incidents.takeaway.world import DRAWN, FILLS, OPACITY, coloured
from regions.frames import KM_PER_DEGREE
from regions.outlines import countries
from reports.figures import Issue
from reports.pictures.framing import framed

SHOWN = ("geo_precision", "country", "area", "latitude", "longitude")


def places(issue: Issue, title: str, codes: Sequence[str], notes: Sequence[str] = ()) -> str:
    """The incidents of the period, framed by countries (ISO3), or by the continent without any."""
    frame = drawing.frame_of(codes, None)
    found = gathered(issue.asked.rows(), drawing.grid_of(frame))
    names = NAMES["country"](list(countries()))
    marks = drawing.of_places(found, frame, names, drawing.washed(found))
    drawn = coloured(marks, changes=False)
    below = [*legends.notes_on_places(found), *notes]
    return framed(issue, title, [Panel(drawn, DRAWN)], _legend(), below)


def gathered(rows: RecordQuerySet, degrees: float) -> Gathered:
    """Cells of a grid and what is known less well, as `incidents.maps.sums` has them, by SQL.

    A worker that builds one report has no use for the whole record in memory.
    """
    fine = tuple(name for name, km in RADII.items() if 2 * km <= degrees * KM_PER_DEGREE)
    apart = rows.order_by().exclude(geo_precision__in=fine)
    found = apart.values(*SHOWN).annotate(incidents=Count("seq")).order_by(*SHOWN)
    cells = rollups.by_cell(rows.filter(geo_precision__in=fine), degrees)
    return Gathered(cells, [_spot(**row) for row in found], degrees, fine)


def _spot(
    geo_precision: str,
    country: str,
    area: str,
    latitude: float | None,
    longitude: float | None,
    incidents: int,
) -> Place:
    is_point = latitude is not None and longitude is not None and geo_precision not in BY_OUTLINE
    return Place(
        precision=geo_precision,
        country=country,
        area=area,
        latitude=float(latitude or 0) if is_point else None,
        longitude=float(longitude or 0) if is_point else None,
        incidents=incidents,
        killed=HarmSum(),
    )


def _legend() -> list[Entry]:
    return [
        Entry(
            "round" if swatch.kind in OPACITY else "box",
            swatch.label,
            FILLS[swatch.kind],
            OPACITY.get(swatch.kind, 1),
        )
        for swatch in legends.of_places()
    ]
