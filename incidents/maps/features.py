"""GeoJSON of an answer: each incident at its shown point, or what a grid of cells adds up to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from incidents.columns import Place, select
from incidents.exports import feature_text
from incidents.maps.sums import Gathered, gather
from incidents.models import PublishedIncident
from incidents.questions import IncidentQuestion
from incidents.rollups import Cell
from regions.models import AdminArea
from regions.outlines import matched

LAYERS = ("points", "clusters")
# Up to so many incidents are told one by one: far away, and from POINT_ZOOM on.
POINTS_FAR = 1500
POINTS_NEAR = 20_000
POINT_ZOOM = 9
DEFAULT_ZOOM = 3
# A grid cell is this part of a map tile wide.
CELLS_A_TILE = 6
POINT_KEYS = ("id", "slug", "title", "date", "type", "location", "harm")
# A box holds both its edges, a cell only its western and southern ones; degrees.
EDGE = 1e-6


@dataclass(frozen=True)
class Collection:
    """A GeoJSON collection as text: `kind` is points or clusters.

    `gathered` names the precisions of place that are in the clusters; `without_point` counts the
    incidents that are known to an area or a country only, or to no point that may be shown.
    """

    kind: str
    zoom: int
    count: int
    without_point: int
    features: list[str]
    gathered: tuple[str, ...] = ()

    def head(self) -> dict[str, Any]:
        return {
            "type": "FeatureCollection",
            "kind": self.kind,
            "zoom": self.zoom,
            "count": self.count,
            "without_point": self.without_point,
            "gathered": self.gathered,
        }


def cell_degrees(zoom: int) -> float:
    """Width of a grid cell in degrees of longitude."""
    return float(360 / 2**zoom / CELLS_A_TILE)


def geojson(
    question: IncidentQuestion, *, zoom: int = DEFAULT_ZOOM, layer: str | None = None
) -> Collection:
    """The answer as points where they are few or near, else as clusters; `layer` decides instead.

    Only what is shown takes part: a place that is withheld or coarse never gets finer here.
    """
    if layer is None:
        most = POINTS_NEAR if zoom >= POINT_ZOOM else POINTS_FAR
        answer = select(question)
        layer = "clusters" if answer.count - answer.without_point > most else "points"
    return _points(question, zoom) if layer == "points" else _clusters(question, zoom)


def _lines(seqs: list[int]) -> list[str]:
    rows = PublishedIncident.objects.numbered(seqs)
    lines = rows.order_by("-date_start", "-public_id").annotate(line=feature_text(POINT_KEYS))
    return list(lines.values_list("line", flat=True))


def _points(question: IncidentQuestion, zoom: int) -> Collection:
    answer = select(question)
    features = _lines(answer.seqs(placed=True))
    count = answer.count
    return Collection("points", zoom, count, count - len(features), features)


def _clusters(question: IncidentQuestion, zoom: int) -> Collection:
    answer = select(question)
    near = zoom >= POINT_ZOOM
    exact = answer.seqs(limit=POINTS_FAR + 1, placed=True, precisions=("exact",)) if near else []
    single = near and len(exact) <= POINTS_FAR
    found = gather(answer, cell_degrees(zoom), apart=["exact"] if single else [])
    features = [cluster(cell, found.degrees) for cell in found.cells]
    features += washes(found)
    lines = [json.dumps(feature) for feature in features]
    if single:
        lines += _lines(exact)
    return Collection(
        "clusters",
        zoom,
        answer.count,
        sum(spot.incidents for spot in found.spots if spot.latitude is None),
        lines,
        found.gathered,
    )


def cluster(cell: Cell, degrees: float) -> dict[str, Any]:
    """A cell as a feature at the mean of its shown points, with the box of the cell."""
    west = (cell.longitude + 180) // degrees * degrees - 180
    south = (cell.latitude + 90) // degrees * degrees - 90
    box = [west, south, west + degrees - EDGE, south + degrees - EDGE]
    return {
        "type": "Feature",
        "bbox": [round(side, 6) for side in box],
        "geometry": {"type": "Point", "coordinates": [cell.longitude, cell.latitude]},
        "properties": {
            "kind": "cluster",
            "incidents": cell.incidents,
            "imprecise": cell.imprecise,
            "killed": cell.killed.as_dict(),
        },
    }


def washes(found: Gathered) -> list[dict[str, Any]]:
    """What no cell holds: a circle of uncertainty each, or the outline of an area or country."""
    drawn = outlines_of({spot.area for spot in found.spots if spot.precision == "admin1"})
    return [_wash(spot, drawn) for spot in found.spots]


def _wash(spot: Place, drawn: Mapping[str, str]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "incidents": spot.incidents,
        "killed": spot.killed.as_dict(),
        "precision": spot.precision,
        "country": spot.country,
        "area": spot.area or None,
    }
    geometry = None
    if spot.latitude is not None:
        geometry = {"type": "Point", "coordinates": [spot.longitude, spot.latitude]}
        properties |= {"kind": "circle", "radius_km": spot.radius_km}
    elif spot.precision == "admin1" and spot.area in drawn:
        properties |= {"kind": "area", "outline": drawn[spot.area]}
    else:
        properties |= {"kind": "country", "outline": spot.country}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def outlines_of(slugs: set[str]) -> dict[str, str]:
    """Outlines by the slug of first-level areas; areas without one are absent."""
    rows = AdminArea.objects.filter(slug__in=slugs - {""}, level=1)
    named = rows.values_list("slug", "country__iso3", "name", "aliases")
    return matched((slug, iso3, (name, *aliases)) for slug, iso3, name, aliases in named)
