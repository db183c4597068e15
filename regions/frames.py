"""Degrees to pixels for maps that the server draws, and the plane geometry that this takes."""

import math
from collections.abc import Iterable

Point = tuple[float, float]
Ring = list[Point]

WIDTH, HEIGHT = 480.0, 360.0
MARGIN = 24.0
LEAST_SPAN = 3.0  # degrees: small countries are shown with their surroundings
BLEED = 8.0  # pixels beyond the frame, so that cut outlines leave it
KM_PER_DEGREE = 111.195  # of latitude, on the IUGG mean sphere


class Frame:
    """Degrees to pixels: equirectangular, true at the middle latitude of the box."""

    def __init__(
        self,
        west: float,
        south: float,
        east: float,
        north: float,
        *,
        width: float = WIDTH,
        height: float = HEIGHT,
    ) -> None:
        self.width, self.height = width, height
        self.squeeze = math.cos(math.radians((south + north) / 2))
        wide = max(east - west, LEAST_SPAN) * self.squeeze
        high = max(north - south, LEAST_SPAN)
        self.scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
        self.lon, self.lat = (west + east) / 2, (south + north) / 2

    def _key(self) -> tuple[float, ...]:
        return self.lon, self.lat, self.scale, self.squeeze, self.width, self.height

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frame) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def at(self, lon: float, lat: float) -> Point:
        x = self.width / 2 + (lon - self.lon) * self.squeeze * self.scale
        return x, self.height / 2 - (lat - self.lat) * self.scale

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x <= self.width and 0 <= y <= self.height

    def touches(self, ring: Ring) -> bool:
        """Whether the box around a ring meets the frame and its bleed."""
        half_wide = (self.width / 2 + BLEED) / (self.scale * self.squeeze)
        half_high = (self.height / 2 + BLEED) / self.scale
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        return (
            max(lons) >= self.lon - half_wide
            and min(lons) <= self.lon + half_wide
            and max(lats) >= self.lat - half_high
            and min(lats) <= self.lat + half_high
        )

    def ring(self, ring: Ring) -> Ring:
        """The ring in pixels, cut to the frame and its bleed."""
        return self._clip([self.at(lon, lat) for lon, lat in ring])

    def path(self, rings: Iterable[Ring], *, least: float = 0.8) -> str:
        """SVG path of the rings, without points that lie within `least` pixels of the last.

        Tenths of a pixel, each point as a step from the one before: half as long as places.
        """
        parts = []
        for ring in rings:
            points = [(round(x * 10), round(y * 10)) for x, y in thin(self.ring(ring), least)]
            if len(points) > 2:
                (x, y), *others = points
                steps = [
                    f"{_tenths(two[0] - one[0])} {_tenths(two[1] - one[1])}"
                    for one, two in zip(points, others, strict=False)
                ]
                parts.append(f"M{_tenths(x)} {_tenths(y)}l{' '.join(steps)}z")
        return "".join(parts).replace(" -", "-")

    def pixels(self, km: float) -> float:
        return km / KM_PER_DEGREE * self.scale

    def _clip(self, ring: Ring) -> Ring:
        """Sutherland and Hodgman: the part of a polygon inside the frame and its bleed."""
        edges = (
            (0, -BLEED, 1),
            (0, self.width + BLEED, -1),
            (1, -BLEED, 1),
            (1, self.height + BLEED, -1),
        )
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


def _tenths(number: int) -> str:
    """A tenth of a whole number without the zero before the point, as SVG allows."""
    text = f"{abs(number) / 10:g}"
    text = text.removeprefix("0") if text.startswith("0.") else text
    return f"-{text}" if number < 0 else text


def thin(ring: Ring, least: float) -> Ring:
    """The ring without points that lie within `least` of the last."""
    kept: Ring = []
    for point in ring:
        if not kept or math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return kept


def area(ring: Ring) -> float:
    """Area of a polygon in the square of its units."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def centre(ring: Ring) -> Point:
    """Centre of mass of a polygon."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    total = sum(crosses) * 3
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(pairs, crosses, strict=True))
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(pairs, crosses, strict=True))
    return x / total, y / total
