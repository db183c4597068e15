"""Outlines out of TopoJSON files, in WGS84 degrees."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from regions.frames import Ring, area


@dataclass(frozen=True)
class Outline:
    """The rings of one country or area in degrees, outer ones and holes alike."""

    code: str
    rings: list[Ring]

    @cached_property
    def largest(self) -> Ring:
        return max(self.rings, key=area)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the largest part: distant islands would widen it."""
        lons = [lon for lon, _ in self.largest]
        lats = [lat for _, lat in self.largest]
        return min(lons), min(lats), max(lons), max(lats)


class Topology:
    """A TopoJSON file whose arcs are decoded once."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        self.objects = content["objects"]
        self.arcs = [_decode(arc, content["transform"]) for arc in content["arcs"]]

    def shapes(self, name: str) -> Iterator[tuple[Mapping[str, Any], list[Ring]]]:
        """Each geometry of an object with its rings."""
        for geometry in self.objects[name]["geometries"]:
            yield geometry, self._rings(geometry)

    def _rings(self, geometry: Mapping[str, Any]) -> list[Ring]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        return [self._join(indexes) for polygon in polygons for indexes in polygon]

    def _join(self, indexes: list[int]) -> Ring:
        """A ring from its arcs; a negative index is an arc walked backwards."""
        ring: Ring = []
        for index in indexes:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            ring.extend(arc[1:] if ring else arc)
        return ring[:-1]


def _decode(arc: list[list[int]], transform: Mapping[str, Any]) -> Ring:
    """TopoJSON stores each point as a step from the one before, in whole numbers."""
    x = y = 0
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points
