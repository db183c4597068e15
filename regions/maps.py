"""Small locator maps: the outline of a country and its neighbours, drawn on the server.

Outlines are Natural Earth's (public domain), through world-atlas at 1:50 million. They take no
position on any border. Somaliland is drawn within Somalia, Western Sahara by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from regions.frames import HEIGHT, WIDTH, Frame, Point, Ring, area, centre
from regions.topology import Outline, Topology

ATLAS = "build/vendor/world-atlas/countries-50m.json"
SOMALIA = "706"
WITHOUT_CODE = {"Somaliland": SOMALIA}
# Longitudes and latitudes that hold Africa and what lies next to it.
WEST, SOUTH, EAST, NORTH = -30.0, -40.0, 65.0, 45.0
# An island is framed with the largest part of its country if it is an eighth of that or more.
LIKE_SIZE = 8

# Kilometres that a circle spans where the record gives no radius of its own.
RADIUS_KM = {"near": 25, "admin2": 40, "linear": 50, "sea_air": 50, "admin1": 100}


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
    frame: Frame

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
    drawn = _paths(frame)
    scale_km = _round_km(frame)
    return Locator(
        width=WIDTH,
        height=HEIGHT,
        neighbours=[path for code, path in drawn.items() if path and code != m49],
        here=drawn[m49],
        labels=_labels(frame, m49, names or {}),
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
    # The largest part, and those of a like size: small islands would shrink the rest to nothing.
    least = area(here.largest) / LIKE_SIZE
    places = [place for ring in here.rings if area(ring) >= least for place in ring]
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    if latitude is not None and longitude is not None:
        lons.append(longitude)
        lats.append(latitude)
    return Frame(min(lons), min(lats), max(lons), max(lats))


def _round_km(frame: Frame) -> int:
    """A round number of kilometres that is about a sixth of the frame wide."""
    steps = (20, 50, 100, 200, 500, 1000)
    return min(steps, key=lambda km: abs(frame.pixels(km) - WIDTH / 6))


# Nearly every incident lies within its country, whose frame is then the same: some sixty of them.
@lru_cache(maxsize=128)
def _paths(frame: Frame) -> dict[str, str]:
    """What the frame shows of each country, as SVG paths by M49 code."""
    return {code: frame.path(outline.rings) for code, outline in atlas().items()}


@lru_cache(maxsize=128)
def _middles(frame: Frame) -> dict[str, Point]:
    """Middles of countries of which the frame shows enough to carry a name."""
    rings = {code: frame.ring(outline.largest) for code, outline in atlas().items()}
    return {code: centre(r) for code, r in rings.items() if area(r) >= WIDTH * HEIGHT * 0.03}


def _labels(frame: Frame, m49: str, names: Mapping[str, str]) -> list[Label]:
    """Names of neighbours that fit into the frame."""
    found = []
    for code, (x, y) in _middles(frame).items():
        if code == m49 or code not in names:
            continue
        half = len(names[code]) * 4.2
        if half < x < WIDTH - half and 14 < y < HEIGHT - 28:
            found.append(Label(round(x, 1), round(y, 1), names[code]))
    return found


@lru_cache(maxsize=1)
def atlas() -> dict[str, Outline]:
    """Outlines by M49 code of Africa and what surrounds it, decoded once in a process."""
    found: dict[str, list[Ring]] = {}
    for geometry, shape in Topology(settings.BASE_DIR / ATLAS).shapes("countries"):
        code = geometry.get("id") or WITHOUT_CODE.get(geometry["properties"]["name"])
        rings = [ring for ring in shape if _is_near(ring)]
        if code and rings:
            found.setdefault(code, []).extend(rings)
    return {code: Outline(code, rings) for code, rings in found.items()}


def _is_near(ring: Ring) -> bool:
    return any(WEST < lon < EAST and SOUTH < lat < NORTH for lon, lat in ring)
