"""Incidents above, deaths below, over one axis of periods. Colours are the style sheet's."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from incidents.rollups import Group, HarmSum

WIDTH = 720.0
NARROW = 460.0  # one of two side by side
PHONE = 350.0
FULL = 960.0  # two of them and the gap between
LEFT, RIGHT = 50.0, 8.0
PANEL, GAP, TOP = 96.0, 34.0, 22.0
AXIS = 22.0
LABEL_ROOM = 38  # pixels that a short label needs
LETTER = 6.5  # pixels of one letter of a label
WIDEST = 72.0  # a bar, however few there are
BETWEEN = 20  # pixels between two labels, at least

Rows = Sequence[tuple[Group, str]]


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its value."""

    y: float
    value: int


@dataclass(frozen=True)
class Bar:
    """One period: incidents above, deaths below, in pixels; `killed` and `incidents` in words.

    From the foot of the lower panel, `low` is the lowest toll, the range runs to the highest, and
    `best` marks the best estimate. `is_open`: some incident gives no highest figure; `is_unknown`:
    none gives any figure, and nothing is drawn for its deaths.
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
    is_unknown: bool

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
    upper_title: float = TOP - 9
    lower_title: float = TOP + PANEL + GAP - 9
    upper_foot: float = TOP + PANEL
    lower_foot: float = TOP + PANEL * 2 + GAP
    height: float = TOP + PANEL * 2 + GAP + AXIS
    label_y: float = TOP + PANEL * 2 + GAP + 16

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def for_a_phone(self) -> "Histogram":
        """The same periods, labelled with their years, as wide as a phone."""
        rows = [(Group(b.key, b.incidents, b.killed), str(b.key.year)) for b in self.bars]
        return histogram(rows, width=PHONE)


@dataclass(frozen=True)
class Scale:
    """Values of the grid above and below: the last of each is the top of its panel."""

    upper: list[int]
    lower: list[int]

    @classmethod
    def holding(cls, groups: Sequence[Group]) -> "Scale":
        """Round values that hold the tallest bars of `groups`."""
        return cls(
            ticks(max(group.incidents for group in groups)),
            ticks(max(_tallest(group.killed) for group in groups)),
        )


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


def histogram(rows: Rows, *, width: float = WIDTH, scale: Scale | None = None) -> Histogram:
    """Groups with the label of each period, in order; a scale of their own unless one is given."""
    scale = scale or Scale.holding([group for group, _label in rows])
    step = (width - LEFT - RIGHT) / len(rows)
    longest = max(len(label) for _group, label in rows)
    every = max(1, math.ceil(max(LABEL_ROOM, longest * LETTER + BETWEEN) / step))
    bars = [
        _bar(group, label if place % every == 0 else "", place, step, scale)
        for place, (group, label) in enumerate(rows)
    ]
    return Histogram(
        bars=bars,
        upper=[Tick(_height(TOP + PANEL, v, scale.upper[-1]), v) for v in scale.upper],
        lower=[Tick(_height(Histogram.lower_foot, v, scale.lower[-1]), v) for v in scale.lower],
        width=width,
    )


def side_by_side(sides: Sequence[Rows], *, width: float = NARROW) -> list[Histogram]:
    """Small multiples: one histogram a side, all on one scale, so that heights compare."""
    scale = Scale.holding([group for rows in sides for group, _label in rows])
    return [histogram(rows, width=width, scale=scale) for rows in sides]


def _tallest(killed: HarmSum) -> int:
    return max(killed.best, killed.low, killed.high or 0)


def _height(foot: float, value: float, top: int) -> float:
    return round(foot - value / top * PANEL, 1)


def _bar(group: Group, label: str, place: int, step: float, scale: Scale) -> Bar:
    foot, feet = Histogram.upper_foot, Histogram.lower_foot
    killed, most_killed = group.killed, scale.lower[-1]
    is_unknown = 0 < group.incidents <= killed.missing
    width = min(step * 0.76, WIDEST)
    top = _height(foot, group.incidents, scale.upper[-1])
    low = _height(feet, killed.low, most_killed)
    high = _height(feet, max(killed.high or 0, killed.best), most_killed)
    return Bar(
        key=group.key,
        label=label,
        incidents=group.incidents,
        killed=killed,
        x=round(LEFT + place * step + (step - width) / 2, 1),
        width=round(width, 1),
        top=top,
        height=round(foot - top, 1),
        low_top=low,
        low_height=round(feet - low, 1),
        range_top=high,
        range_height=round(max(low - high, 0), 1),
        best=_height(feet, killed.best, most_killed),
        is_open=killed.high is None and bool(group.incidents) and not is_unknown,
        is_unknown=is_unknown,
    )


def ticks(most: int) -> list[int]:
    """Two or three round values from zero to at least `most`."""
    if most <= 2:
        return [0, max(most, 1)]
    power = 10 ** math.floor(math.log10(most / 2))
    step = next(int(power * n) for n in (1, 2, 5, 10) if power * n * 3 >= most)
    return list(range(0, step * math.ceil(most / step) + 1, step))
