"""Geometry of server-drawn charts: rollup rows in, pixels out. Colours are the style sheet's."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from incidents.rollups import Group, HarmSum

WIDTH = 720.0
LEFT, RIGHT = 44.0, 8.0
PANEL, GAP, TOP = 96.0, 34.0, 22.0
AXIS = 22.0


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its value."""

    y: float
    value: int


@dataclass(frozen=True)
class Bar:
    """One period: incidents above, deaths below, in pixels; `killed` and `incidents` in words.

    From the foot of the lower panel, `low` is the lowest toll, the range runs to the highest, and
    `best` marks the best estimate. `is_open`: some incident gives no highest figure.
    """

    key: dt.date
    label: str
    incidents: int
    killed: HarmSum
    x: float
    width: float
    top: float
    height: float
    low_top: float
    low_height: float
    range_top: float
    range_height: float
    best: float
    is_open: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def right(self) -> float:
        return round(self.x + self.width, 1)


@dataclass(frozen=True)
class Histogram:
    """Two panels over one axis of periods."""

    bars: list[Bar]
    upper: list[Tick]
    lower: list[Tick]
    width: float = WIDTH
    left: float = LEFT
    right: float = WIDTH - RIGHT
    upper_title: float = TOP - 9
    lower_title: float = TOP + PANEL + GAP - 9
    upper_foot: float = TOP + PANEL
    lower_foot: float = TOP + PANEL * 2 + GAP
    height: float = TOP + PANEL * 2 + GAP + AXIS
    label_y: float = TOP + PANEL * 2 + GAP + 16


def by_year(groups: Sequence[Group], *, first: int | None = None) -> Histogram | None:
    """Rows of `rollups.by_period(rows, "year")`, from the year `first`, years without any kept."""
    kept = [group for group in groups if first is None or group.key.year >= first]
    if not kept:
        return None
    by_key = {group.key.year: group for group in kept}
    years = range(first or min(by_key), max(by_key) + 1)
    none = HarmSum()
    rows = [by_key.get(y) or Group(dt.date(y, 1, 1), 0, none) for y in years]
    return histogram([(row, str(row.key.year)) for row in rows])


def histogram(rows: Sequence[tuple[Group, str]]) -> Histogram:
    """Groups with the label of each period, in order."""
    groups = [group for group, _ in rows]
    upper = _ticks(max(group.incidents for group in groups))
    lower = _ticks(max(_tallest(group.killed) for group in groups))
    step = (WIDTH - LEFT - RIGHT) / len(rows)
    every = max(1, math.ceil(38 / step))
    bars = [
        _bar(group, label if place % every == 0 else "", place, step, upper[-1], lower[-1])
        for place, (group, label) in enumerate(rows)
    ]
    return Histogram(
        bars=bars,
        upper=[Tick(_height(TOP + PANEL, value, upper[-1]), value) for value in upper],
        lower=[Tick(_height(Histogram.lower_foot, value, lower[-1]), value) for value in lower],
    )


def _tallest(killed: HarmSum) -> int:
    return max(killed.best, killed.low, killed.high or 0)


def _height(foot: float, value: float, top: int) -> float:
    return round(foot - value / top * PANEL, 1)


def _bar(group: Group, label: str, place: int, step: float, most: int, most_killed: int) -> Bar:
    foot, feet = Histogram.upper_foot, Histogram.lower_foot
    killed = group.killed
    top = _height(foot, group.incidents, most)
    low = _height(feet, killed.low, most_killed)
    high = _height(feet, max(killed.high or 0, killed.best), most_killed)
    return Bar(
        key=group.key,
        label=label,
        incidents=group.incidents,
        killed=killed,
        x=round(LEFT + place * step + step * 0.12, 1),
        width=round(step * 0.76, 1),
        top=top,
        height=round(foot - top, 1),
        low_top=low,
        low_height=round(feet - low, 1),
        range_top=high,
        range_height=round(max(low - high, 0), 1),
        best=_height(feet, killed.best, most_killed),
        is_open=killed.high is None and bool(group.incidents),
    )


def _ticks(most: int) -> list[int]:
    """Two or three round values from zero to at least `most`."""
    if most <= 2:
        return [0, max(most, 1)]
    power = 10 ** math.floor(math.log10(most / 2))
    step = next(int(power * n) for n in (1, 2, 5, 10) if power * n * 3 >= most)
    return list(range(0, step * math.ceil(most / step) + 1, step))
