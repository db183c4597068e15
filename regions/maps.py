"""Small locator maps: the outline of a country and its neighbours, drawn on the server.

Outlines are Natural Earth's (public domain), through world-atlas at 1:50 million. They take no
position on any border. Somaliland is drawn within Somalia, Western Sahara by itself.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

Point = tuple[float, float]
Ring = list[Point]

ATLAS = "build/vendor/world-atlas/countries-50m.json"
SOMALIA = "706"
WITHOUT_CODE = {"Somaliland": SOMALIA}
# Longitudes and latitudes that hold Africa and what lies next to it.
WEST, SOUTH, EAST, NORTH = -30.0, -40.0, 65.0, 45.0

WIDTH, HEIGHT = 480.0, 360.0
MARGIN = 24.0
LEAST_SPAN = 3.0  # degrees: small countries are shown with their surroundings
BLEED = 8.0  # pixels beyond the frame, so that cut outlines leave it
KM_PER_DEGREE = 111.195  # of latitude, on the IUGG mean sphere

# Kilometres that a circle spans where the record gives no radius of its own.
RADIUS_KM = {"near": 25, "admin2": 40, "linear": 50, "sea_air": 50, "admin1": 100}


@dataclass(frozen=True)
class Outline:
    """A country's rings in degrees, outer ones and holes alike."""

    code: str
    rings: list[Ring]

    @property
    def largest(self) -> Ring:
        return max(self.rings, key=_area)


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Locator:
    """What the template draws, in pixels of a frame of `width` × `height`.

    `mark`: "pin" for an exact point, "halo" for a circle of `radius`, "wash" for the country.
    """

    width: float
    height: float
    neighbours: list[str]
    here: str
    labels: list[Label]
    mark: str
    is_coarse: bool
    x: float
    y: float
    radius: float
    scale_km: int
    scale_length: float
    # Pixels back to degrees, for putting a pin.
    frame: "Frame"

    @property
    def label_x(self) -> float:
        """Where the name of the place begins, or ends when it stands on the left."""
        away = 12 if self.mark == "pin" else self.radius + 5
        return self.x - away if self.label_on_left else self.x + away

    @property
    def scale_y(self) -> float:
        return self.height - 12

    @property
    def label_on_left(self) -> bool:
        return self.x > self.width * 0.6


class Frame:
    """Degrees to pixels: equirectangular, true at the middle latitude of the box."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.squeeze = math.cos(math.radians((south + north) / 2))
        wide = max(east - west, LEAST_SPAN) * self.squeeze
        high = max(north - south, LEAST_SPAN)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.lon, self.lat = (west + east) / 2, (south + north) / 2

    def at(self, lon: float, lat: float) -> Point:
        x = WIDTH / 2 + (lon - self.lon) * self.squeeze * self.scale
        return x, HEIGHT / 2 - (lat - self.lat) * self.scale

    def ring(self, ring: Ring) -> Ring:
        """The ring in pixels, cut to the frame and its bleed."""
        return _clip([self.at(lon, lat) for lon, lat in ring])

    def pixels(self, km: float) -> float:
        return km / KM_PER_DEGREE * self.scale


def locator(
    m49: str,
    *,
    latitude: float | None,
    longitude: float | None,
    precision: str,
    radius_km: float | None = None,
    names: Mapping[str, str] | None = None,
) -> Locator | None:
    """The map of a place known to `precision` in the country with this UN M49 code.

    `names` gives the words for neighbours by M49 code. None where the atlas holds no such country.
    """
    outlines = atlas()
    if m49 not in outlines:
        return None
    here = outlines[m49]
    frame = _frame_of(here, latitude, longitude)
    x, y = (0.0, 0.0) if latitude is None or longitude is None else frame.at(longitude, latitude)
    km = radius_km or RADIUS_KM.get(precision, 0)
    drawn = {code: _path(frame, outline.rings) for code, outline in outlines.items()}
    scale_km = _round_km(frame)
    return Locator(
        width=WIDTH,
        height=HEIGHT,
        neighbours=[path for code, path in drawn.items() if path and code != m49],
        here=drawn[m49],
        labels=_labels(frame, outlines, m49, names or {}),
        mark=_mark(precision, latitude),
        is_coarse=precision not in ("exact", "near"),
        x=round(x, 1),
        y=round(y, 1),
        radius=round(max(frame.pixels(km), 7), 1),
        scale_km=scale_km,
        scale_length=round(frame.pixels(scale_km), 1),
        frame=frame,
    )


def _mark(precision: str, latitude: float | None) -> str:
    if latitude is None or precision == "country":
        return "wash"
    return "pin" if precision == "exact" else "halo"


def _frame_of(here: Outline, latitude: float | None, longitude: float | None) -> Frame:
    # The largest part: distant islands would shrink the rest to nothing.
    lons = [lon for lon, _ in here.largest]
    lats = [lat for _, lat in here.largest]
    if latitude is not None and longitude is not None:
        lons.append(longitude)
        lats.append(latitude)
    return Frame(min(lons), min(lats), max(lons), max(lats))


def _round_km(frame: Frame) -> int:
    """A round number of kilometres that is about a sixth of the frame wide."""
    steps = (20, 50, 100, 200, 500, 1000)
    return min(steps, key=lambda km: abs(frame.pixels(km) - WIDTH / 6))


def _labels(
    frame: Frame, outlines: Mapping[str, Outline], m49: str, names: Mapping[str, str]
) -> list[Label]:
    """Names of neighbours of which the frame shows enough to carry one."""
    found = []
    for code, outline in outlines.items():
        if code == m49 or code not in names:
            continue
        ring = frame.ring(outline.largest)
        if abs(_area(ring)) < WIDTH * HEIGHT * 0.03:
            continue
        x, y = _centre(ring)
        half = len(names[code]) * 4.2
        if half < x < WIDTH - half and 14 < y < HEIGHT - 28:
            found.append(Label(round(x, 1), round(y, 1), names[code]))
    return found


def _path(frame: Frame, rings: list[Ring]) -> str:
    parts = []
    for ring in rings:
        points = _thin(frame.ring(ring))
        if len(points) > 2:
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)


def _thin(ring: Ring, least: float = 0.8) -> Ring:
    """Without points that lie within `least` pixels of the one before."""
    kept: Ring = []
    for point in ring:
        if not kept or math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return kept


def _clip(ring: Ring) -> Ring:
    """Sutherland and Hodgman: the part of a polygon inside the frame and its bleed."""
    edges = ((0, -BLEED, 1), (0, WIDTH + BLEED, -1), (1, -BLEED, 1), (1, HEIGHT + BLEED, -1))
    for axis, limit, sign in edges:
        kept: Ring = []
        for one, two in zip(ring, ring[1:] + ring[:1], strict=True):
            inside = (one[axis] - limit) * sign >= 0
            if inside:
                kept.append(one)
            if inside != ((two[axis] - limit) * sign >= 0):
                share = (limit - one[axis]) / (two[axis] - one[axis])
                x, y = (a + share * (b - a) for a, b in zip(one, two, strict=True))
                kept.append((x, y))
        ring = kept
    return ring


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _centre(ring: Ring) -> Point:
    """Centre of mass of a polygon."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    total = sum(crosses) * 3
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, crosses, strict=True))
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, crosses, strict=True))
    return x / total, y / total


@lru_cache(maxsize=1)
def atlas() -> dict[str, Outline]:
    """Outlines by M49 code of Africa and what surrounds it, decoded once in a process."""
    topology = json.loads((settings.BASE_DIR / ATLAS).read_text(encoding="utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry.get("id") or WITHOUT_CODE.get(geometry["properties"]["name"])
        rings = [ring for ring in _rings(geometry, arcs) if _is_near(ring)]
        if code and rings:
            found.setdefault(code, []).extend(rings)
    return {code: Outline(code, rings) for code, rings in found.items()}


def _decode(arc: list[list[int]], transform: Mapping[str, Any]) -> Ring:
    """TopoJSON stores each point as a step from the one before, in whole numbers."""
    x = y = 0
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _rings(geometry: Mapping[str, Any], arcs: list[Ring]) -> list[Ring]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [_join(indexes, arcs) for polygon in polygons for indexes in polygon]


def _join(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A ring from its arcs; a negative index is an arc walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring[:-1]


def _is_near(ring: Ring) -> bool:
    return any(WEST < lon < EAST and SOUTH < lat < NORTH for lon, lat in ring)
