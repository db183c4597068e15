"""Periods as bars on a common axis of years: geometry in per cent of the width, for any screen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core import prose

YEAR_STEPS = (1, 2, 5, 10, 20, 50)
MONTH_STEPS = (1, 2, 3, 6, 12)
MAX_TICKS = 6
MAX_MONTHS = 5  # their names are longer than those of years
SHORT = 3 * 366  # days


@dataclass(frozen=True)
class Span:
    """From `starts_on` to `ends_on`, both included; None is open. `kind` is a CSS class."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    kind: str


@dataclass(frozen=True)
class Bar:
    """A span as drawn: left edge and width, such as `12.50%`."""

    x: str
    width: str
    kind: str


@dataclass(frozen=True)
class Tick:
    x: str
    label: str


def percent(share: float) -> str:
    return f"{100 * share:.2f}%"


class Axis:
    """From the first day to the last; days outside are drawn at the edge."""

    def __init__(self, first: dt.date, last: dt.date, *, shortest: int = 366) -> None:
        self.first = first
        self.last = max(last, first + dt.timedelta(days=shortest))

    @classmethod
    def around(cls, spans: Iterable[Span], today: dt.date) -> "Axis":
        """An axis from the year of the earliest start to the end of the year of `today`."""
        days = [span.starts_on for span in spans if span.starts_on]
        first = min([*days, today])
        return cls(dt.date(first.year, 1, 1), dt.date(today.year, 12, 31))

    @classmethod
    def within(cls, spans: Iterable[Span], today: dt.date) -> "Axis":
        """An axis over the spans alone, to `today` where one is open; for months, not years."""
        found = list(spans)
        first = min((s.starts_on for s in found if s.starts_on), default=today)
        ends = [s.ends_on or max(today, first) for s in found]
        last = max(ends, default=today)
        return cls(first, last, shortest=30)

    def share(self, day: dt.date) -> float:
        whole = (self.last - self.first).days
        return min(max((day - self.first).days / whole, 0.0), 1.0)

    def x(self, day: dt.date) -> str:
        return percent(self.share(day))

    def bar(self, span: Span) -> Bar:
        """The bar of a span, at least half a per cent wide so that a single day can be seen."""
        left = self.share(span.starts_on) if span.starts_on else 0.0
        after = span.ends_on + dt.timedelta(days=1) if span.ends_on else self.last
        width = max(self.share(after) - left, 0.005)
        return Bar(percent(min(left, 0.995)), percent(width), span.kind)

    @property
    def ticks(self) -> list[Tick]:
        """Years at round steps, at most six; months where the axis is short."""
        if (self.last - self.first).days < SHORT:
            return self._months()
        years = self.last.year - self.first.year + 1
        step = next((s for s in YEAR_STEPS if years / s <= MAX_TICKS), YEAR_STEPS[-1])
        begin = -(-self.first.year // step) * step
        marks = range(begin, self.last.year + 1, step)
        return [Tick(self.x(dt.date(year, 1, 1)), str(year)) for year in marks]

    def _months(self) -> list[Tick]:
        begin = self.first.year * 12 + self.first.month - (self.first.day == 1)
        number = self.last.year * 12 + self.last.month - begin
        step = next(s for s in MONTH_STEPS if number / s <= MAX_MONTHS)
        days = (dt.date(n // 12, n % 12 + 1, 1) for n in range(begin, begin + number, step))
        return [
            Tick(self.x(day), _month(day, is_first=place == 0)) for place, day in enumerate(days)
        ]


def _month(day: dt.date, *, is_first: bool) -> str:
    """A January is marked by its year; of the others the first alone names it."""
    if day.month == 1:
        return str(day.year)
    return prose.brief(day, "M Y" if is_first else "M")
