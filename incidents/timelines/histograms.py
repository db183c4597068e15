"""Incidents and deaths by period: rows of the rollups in, panels out."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidents.rollups import HarmSum
from incidents.timelines.axis import Axis
from incidents.timelines.shapes import ROOM, Layer, Level, Panel, block

INCIDENTS, KILLED, ROW = 104.0, 64.0, 34.0
TITLE = 22.0  # pixels above a plot for its title
OPEN = 7.0  # pixels of the stalk that says "at least"


@dataclass(frozen=True)
class Column:
    """One period as counted: `parts` divides its incidents, `vague` are dated less exactly."""

    first: dt.date
    last: dt.date
    incidents: int
    killed: HarmSum
    parts: Sequence[int] = ()
    vague: int = 0


def incident_panel(
    columns: Sequence[Column], axis: Axis, top: float, title: str, kinds: Sequence[str]
) -> Panel:
    """Bars of incidents, divided into `kinds` from the foot up; vague dates are striped."""
    most = max((column.incidents for column in columns), default=0)
    values = levels(most)
    unit = INCIDENTS / values[-1]
    paths: dict[str, list[str]] = {kind: [] for kind in [*(kinds or ["bar"]), "vague"]}
    for column in columns:
        left, right = _sides(column, axis)
        foot = INCIDENTS
        parts = zip(kinds, column.parts, strict=True) if kinds else [("bar", column.incidents)]
        for kind, number in parts:
            if number:
                paths[kind].append(block(left, right, round(foot - number * unit, 2), foot))
                foot = round(foot - number * unit, 2)
        if column.vague:
            height = round(INCIDENTS - column.vague * unit, 2)
            paths["vague"].append(block(left, right, height, INCIDENTS))
    return _panel(title, top, INCIDENTS, paths, values)


def killed_panel(columns: Sequence[Column], axis: Axis, top: float, title: str) -> Panel:
    """Deaths from the lowest to the highest sum, the best marked; an open top has a stalk."""
    most = max((_tallest(column.killed) for column in columns), default=0)
    values = levels(most)
    paths: dict[str, list[str]] = {"low": [], "range": [], "best": [], "open": []}
    for column in columns:
        if column.killed.missing >= column.incidents:
            continue
        left, right = _sides(column, axis)
        killed = column.killed
        low, high, best = (
            round(KILLED * (1 - number / values[-1]), 2)
            for number in (killed.low, _tallest(killed), killed.best)
        )
        if killed.low:
            paths["low"].append(block(left, right, low, KILLED))
        if high < low:
            paths["range"].append(block(left, right, high, low))
        if killed.best:
            paths["best"].append(f"M{left:g} {best:g}H{right:g}")
        if killed.high is None:
            middle = round((left + right) / 2, 2)
            paths["open"].append(f"M{middle:g} {high:g}v-{OPEN:g}")
    return _panel(title, top, KILLED, paths, values)


def row_panel(
    numbers: Mapping[dt.date, int], columns: Sequence[Column], axis: Axis, top: float, title: str,
    most: int,
) -> Panel:  # fmt: skip
    """One actor's incidents as a row of its own; all rows share the scale up to `most`."""
    bars = []
    for column in columns:
        if number := numbers.get(column.first, 0):
            left, right = _sides(column, axis)
            bars.append(block(left, right, round(ROW * (1 - number / most), 2), ROW))
    return _panel(title, top, ROW, {"bar": bars}, [])


def levels(most: int) -> list[int]:
    """Two or three round values from zero to at least `most`."""
    if most <= 2:
        return [0, max(most, 1)]
    power = 10 ** math.floor(math.log10(most / 2))
    step = next(int(power * n) for n in (1, 2, 5, 10) if power * n * 2 >= most)
    return list(range(0, step * math.ceil(most / step) + 1, step))


def _panel(
    title: str, top: float, height: float, paths: Mapping[str, list[str]], values: Sequence[int]
) -> Panel:
    lines = [Level(top + round(height * (1 - v / values[-1]), 1), v) for v in values]
    layers = [Layer(kind, "".join(parts)) for kind, parts in paths.items() if parts]
    return Panel(title, top, height, layers, lines)


def _sides(column: Column, axis: Axis) -> tuple[float, float]:
    left, right = axis.at(column.first), axis.after(column.last)
    room = (right - left) * ROOM
    return round(left + room, 2), round(right - room, 2)


def _tallest(killed: HarmSum) -> int:
    return max(killed.best, killed.low, killed.high or 0)
