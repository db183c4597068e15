"""The map that the server draws: geometry in pixels. Colours are the style sheet's."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from incidents.columns import Place
from incidents.maps.features import outlines_of
from incidents.maps.shades import Shade
from incidents.maps.sums import Gathered
from incidents.rollups import HarmSum
from incidents.words import summed
from regions.frames import Frame, Ring, area, centre, thin
from regions.outlines import areas, around, countries

WIDTH, HEIGHT = 640.0, 560.0
# All of the continent: west, south, east, north.
AFRICA = (-18.0, -35.5, 52.0, 37.5)
CELL = 56.0  # pixels: as wide as the largest circle
SMALLEST, LARGEST = 7.0, 27.0
LEAST_CIRCLE = 5.0
THIN = 1.2  # pixels between points of an outline
MANY = 40  # so many incidents deserve the largest circle where no place has more
LETTER = 3.3  # half the width of a letter or digit


@dataclass(frozen=True)
class Circle:
    """A circle with its figure: `kind` is cluster or uncertain; `title` says what it stands for."""

    x: float
    y: float
    radius: float
    kind: str
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Area:
    """A filled outline: `kind` is wash or level-0 … level-5; `title` says what a pointer finds."""

    path: str
    kind: str
    title: str = ""


@dataclass(frozen=True)
class Label:
    """A name of a country; `is_roomy`: there is room for letters twice as large, as on a phone."""

    x: float
    y: float
    text: str
    is_roomy: bool = True


@dataclass(frozen=True)
class Drawing:
    """What the template draws, in a frame of `width` × `height` pixels."""

    around: str
    countries: list[Area]
    areas: list[Area] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT


def frame_of(
    codes: Iterable[str],
    box: tuple[float, ...] | None,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
) -> Frame:
    """A frame of pixels that holds a box or, without one, these countries; else the continent."""
    known = countries()
    boxes = [box] if box else [known[code].box for code in codes if code in known]
    if not boxes:
        boxes = [AFRICA]
    west, south, east, north = zip(*boxes, strict=True)
    return Frame(min(west), min(south), max(east), max(north), width=width, height=height)


def grid_of(frame: Frame) -> float:
    """Width in degrees of a grid cell that holds the largest circle."""
    return CELL / frame.scale / frame.squeeze


def of_places(
    found: Gathered, frame: Frame, names: Mapping[str, str], codes: Iterable[str]
) -> Drawing:
    """Circles of cells and of uncertainty, and the outlines `codes` as washes (`washed`)."""
    circles = [_uncertain(spot, frame) for spot in found.spots if spot.latitude is not None]
    circles += _cells(found, frame)
    inside = [circle for circle in circles if circle and frame.holds(circle.x, circle.y)]
    return _land(
        frame,
        names,
        kinds={code: "wash" for code in codes if code in countries()},
        areas=[Area(path_of(frame, "area", code), "wash") for code in codes if code in areas()],
        circles=inside,
    )


def washed(found: Gathered) -> list[str]:
    """Outlines of the areas and countries to which some incidents are known, and no better."""
    drawn = outlines_of({spot.area for spot in found.spots if spot.precision == "admin1"})
    codes = {
        drawn.get(spot.area, spot.country) if spot.precision == "admin1" else spot.country
        for spot in found.spots
        if spot.latitude is None
    }
    return sorted(codes)


def of_shades(shades: Iterable[Shade], layer: str, frame: Frame, names: Mapping[str, str],
              titles: Mapping[str, str]) -> Drawing:  # fmt: skip
    """Outlines filled by the class of their figures; `titles` by outline."""
    kinds = {shade.outline: f"level-{shade.level}" for shade in shades if shade.outline}
    if layer == "countries":
        return _land(frame, names, kinds=kinds, titles=titles)
    filled = [
        Area(path_of(frame, "area", code), kind, titles.get(code, ""))
        for code, kind in kinds.items()
    ]
    return _land(frame, names, areas=filled)


def _land(
    frame: Frame,
    names: Mapping[str, str],
    *,
    kinds: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    areas: Iterable[Area] = (),
    circles: Iterable[Circle] = (),
) -> Drawing:
    """Countries with a class and a title each, and what lies upon them."""
    kinds, titles = kinds or {}, titles or {}
    shapes = [
        Area(path, kinds.get(code, ""), titles.get(code, ""))
        for code in countries()
        if (path := path_of(frame, "country", code))
    ]
    return Drawing(
        around="".join(path_of(frame, "around", str(n)) for n in range(len(around()))),
        countries=shapes,
        areas=[one for one in areas if one.path],
        circles=sorted(circles, key=lambda circle: -circle.radius),
        labels=_labels(frame, names),
        width=frame.width,
        height=frame.height,
    )


def _uncertain(spot: Place, frame: Frame) -> Circle:
    x, y = frame.at(spot.longitude or 0, spot.latitude or 0)
    radius = max(frame.pixels(spot.radius_km), LEAST_CIRCLE)
    title = told(spot.incidents, spot.killed)
    return Circle(round(x, 1), round(y, 1), round(radius, 1), "uncertain", title=title)


def _cells(found: Gathered, frame: Frame) -> list[Circle]:
    most = max(MANY, *(cell.incidents for cell in found.cells), 0)
    circles = []
    for cell in found.cells:
        x, y = frame.at(cell.longitude, cell.latitude)
        text = prose.count(cell.incidents) if cell.incidents > 1 else ""
        radius = max(SMALLEST, LARGEST * math.sqrt(cell.incidents / most), _room(text))
        title = told(cell.incidents, cell.killed)
        circles.append(Circle(round(x, 1), round(y, 1), round(radius, 1), "cluster", text, title))
    return circles


def _room(text: str) -> float:
    """Radius of a circle that holds a text."""
    return len(text) * LETTER + 3 if text else 0


def told(incidents: int, killed: HarmSum) -> str:
    """ "12 incidents, killed: 34 to 50"."""
    text = ngettext("%(n)s incident", "%(n)s incidents", incidents)
    deaths = _("killed: %(n)s") % {"n": summed(killed, incidents)}
    return f"{text % {'n': prose.count(incidents)}}, {deaths}"


@lru_cache(maxsize=4096)
def path_of(frame: Frame, kind: str, code: str) -> str:
    """SVG path of an outline, as fine as the frame can show; empty where it lies outside.

    Frames repeat: every question about the same countries has the same one.
    """
    step = 2.0 ** math.floor(math.log2(THIN / frame.scale))
    rings = [ring for ring in _coarse(kind, code, step) if frame.touches(ring)]
    return frame.path(rings, least=THIN)


@lru_cache(maxsize=8192)
def _coarse(kind: str, code: str, step: float) -> list[Ring]:
    """Rings without points that lie within `step` degrees of the last."""
    if kind == "around":
        rings = around()[int(code)]
    else:
        rings = (countries() if kind == "country" else areas())[code].rings
    return [thin(ring, step) for ring in rings]


def _labels(frame: Frame, names: Mapping[str, str]) -> list[Label]:
    """Names of countries whose outline is wide enough to carry them."""
    found = []
    for code, x, y, wide in _anchors(frame):
        half = len(names.get(code, "")) * LETTER
        fits, is_roomy = (
            wide >= 2.2 * room and room < x < frame.width - room for room in (half, 2 * half)
        )
        if half and fits and 14 < y < frame.height - 14:
            found.append(Label(x, y, names[code], is_roomy))
    return found


@lru_cache(maxsize=256)
def _anchors(frame: Frame) -> list[tuple[str, float, float, float]]:
    """Middle and width, in pixels, of each country of which the frame shows enough."""
    found = []
    for code, outline in countries().items():
        ring = frame.ring(outline.largest)
        if len(ring) >= 3 and area(ring) >= frame.width * frame.height * 0.006:
            x, y = centre(ring)
            wide = max(point[0] for point in ring) - min(point[0] for point in ring)
            found.append((code, round(x, 1), round(y, 1), wide))
    return found


def names_as_geojson(names: Mapping[str, str]) -> dict[str, Any]:
    """Names of countries at the middle of their largest part, the largest country first."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": names[code]},
                "geometry": {"type": "Point", "coordinates": middle},
            }
            for code, middle in _middles()
            if code in names
        ],
    }


@lru_cache(maxsize=1)
def _middles() -> list[tuple[str, list[float]]]:
    """Longitude and latitude of the middle of each country, the largest country first."""
    largest = {code: outline.largest for code, outline in countries().items()}
    by_size = sorted(largest, key=lambda code: -area(largest[code]))
    return [(code, [round(side, 2) for side in centre(largest[code])]) for code in by_size]
