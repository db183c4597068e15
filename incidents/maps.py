"""The record on a map: points where they can be told apart, else a grid with counts and deaths."""

from typing import Any

from incidents import rollups
from incidents.exports import feature_text
from incidents.querysets import RecordQuerySet

# Up to so many incidents are drawn one by one: far away, and from POINT_ZOOM on.
POINTS_FAR = 1500
POINTS_NEAR = 20_000
POINT_ZOOM = 9
DEFAULT_ZOOM = 3
# A grid cell is this part of a map tile wide.
CELLS_A_TILE = 4


def cell_degrees(zoom: int) -> float:
    """Width of a grid cell in degrees of longitude."""
    return float(360 / 2**zoom / CELLS_A_TILE)


def features(rows: RecordQuerySet, zoom: int) -> tuple[str, list[Any]]:
    """`points` with GeoJSON text of each incident, or `clusters` with features to be written.

    Only shown points take part: a place that is withheld or coarse never gets finer here.
    """
    placed = rows.filter(latitude__isnull=False)
    most = POINTS_NEAR if zoom >= POINT_ZOOM else POINTS_FAR
    if not placed.order_by()[most : most + 1].exists():
        text = feature_text(("id", "slug", "title", "date", "type", "location", "harm"))
        lines = placed.order_by("-date_start", "-public_id").annotate(line=text)
        return "points", list(lines.values_list("line", flat=True))
    return "clusters", [_cluster(cell) for cell in rollups.by_cell(rows, cell_degrees(zoom))]


def _cluster(cell: rollups.Cell) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [cell.longitude, cell.latitude]},
        "properties": {
            "incidents": cell.incidents,
            "imprecise": cell.imprecise,
            "killed": cell.killed.as_dict(),
        },
    }
