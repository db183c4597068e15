"""Days to places: an axis from its first day to its last, and the marks below it."""

import datetime as dt
from dataclasses import dataclass

from core import intervals, prose
from incidents.timelines.shapes import Tick

MOST_TICKS = 7
STEPS = (
    ("day", 1), ("day", 2), ("week", 1), ("week", 2), ("month", 1), ("month", 2), ("quarter", 1),
    ("quarter", 2), ("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 20),
    ("year", 50), ("year", 100), ("year", 500), ("year", 2000),
)  # fmt: skip
EDGE = 0.97  # a label further right would leave the drawing


@dataclass(frozen=True)
class Axis:
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: dt.date) -> int:
        """Days from the left edge to the beginning of `day`; days outside stand at the edge."""
        return min(max((day - self.first).days, 0), self.days)

    def after(self, day: dt.date) -> int:
        """Days from the left edge to the end of `day`."""
        return min(max((day - self.first).days + 1, 0), self.days)

    def percent(self, at: float) -> str:
        return f"{100 * at / self.days:.3f}%"

    @property
    def ticks(self) -> list[Tick]:
        """At most seven, at the shortest round step that allows it."""
        for interval, every in STEPS:
            starts = self._starts(interval, every)
            if len(starts) <= MOST_TICKS:
                break
        return [self._tick(day, interval, is_first=day == starts[0]) for day in starts]

    def _starts(self, interval: str, every: int) -> list[dt.date]:
        if intervals.number(self.first, self.last, interval) > MOST_TICKS * every + 1:
            return [self.first] * (MOST_TICKS + 1)
        found = intervals.periods(self.first, self.last, interval, MOST_TICKS * every + 1)
        if interval in ("month", "quarter", "year"):
            found = [day for day in found if _is_round(day, interval, every)]
        else:
            found = found[::every]
        return [day for day in found if day >= self.first] or [self.first]

    def _tick(self, day: dt.date, interval: str, *, is_first: bool) -> Tick:
        share = (day - self.first).days / self.days
        anchor = "start" if share < 1 - EDGE else "end" if share > EDGE else "middle"
        return Tick(self.percent(self.at(day)), _label(day, interval, is_first), anchor)


def _is_round(day: dt.date, interval: str, every: int) -> bool:
    number = day.year if interval == "year" else (day.month - 1) // intervals.MONTHS[interval]
    return number % every == 0


def _label(day: dt.date, interval: str, is_first: bool) -> str:
    if interval == "year" or (interval in ("month", "quarter") and day.month == 1):
        return str(day.year)
    with_year = is_first or (day.month == 1 and (interval in ("month", "quarter") or day.day < 8))
    shape = "M" if interval in ("month", "quarter") else "j M"
    return prose.brief(day, f"{shape} Y" if with_year else shape)
