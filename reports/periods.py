"""The periods that reports cover: a day, a week, half a month, a month, a quarter, a year.

A week is that of ISO 8601, from Monday. A fortnight is the first 15 days of a month or the others,
as in the African Union's bulletin, so that two of them are a month. Days are calendar days; a
schedule's time zone decides only when a period is over.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from core import prose
from reports.choices import Cadence

FIRST_YEAR, LAST_YEAR = 1900, 2999
DAY = dt.timedelta(days=1)
HALF = 15  # days of the first half of a month
# How a period is written, by cadence.
FORMS = {
    Cadence.DAILY: "2022-07-21",
    Cadence.WEEKLY: "2022-W29",
    Cadence.FORTNIGHTLY: "2022-07-H2",
    Cadence.MONTHLY: "2022-07",
    Cadence.QUARTERLY: "2022-Q3",
    Cadence.YEARLY: "2022",
}


@dataclass(frozen=True, order=True)
class Period:
    """One period of a cadence, both days included. `str()` is its written form, `2022-07`."""

    first: dt.date
    last: dt.date
    cadence: Cadence

    @classmethod
    def of(cls, cadence: Cadence | str, day: dt.date) -> Self:
        """The period in which `day` lies."""
        kind = Cadence(cadence)
        first, last = BOUNDS[kind](day)
        return cls(first, last, kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any of the written forms. Raises ValueError naming the text and the forms."""
        for pattern, cadence, first_day in READERS:
            found = re.fullmatch(pattern, text, re.ASCII)
            if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
                try:
                    return cls.of(cadence, first_day(found))
                except ValueError:
                    break
        forms = ", ".join(FORMS.values())
        raise ValueError(f"{text[:20]!r} is not a period: write one of {forms}.")

    def __str__(self) -> str:
        return WRITERS[self.cadence](self.first)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """ "July 2022", "18–24 July 2022", "third quarter of 2022" in the active language."""
        if self.cadence == Cadence.MONTHLY:
            return prose.month(self.first)
        if self.cadence == Cadence.QUARTERLY:
            return prose.quarter(self.first)
        if self.cadence == Cadence.YEARLY:
            return str(self.first.year)
        return prose.days(self.first, self.last)

    @property
    def following(self) -> Self:
        return self.of(self.cadence, self.last + DAY)

    @property
    def previous(self) -> Self:
        return self.of(self.cadence, self.first - DAY)

    @property
    def year_before(self) -> Self:
        """The same period a year before: the ISO week of the same number, else the same dates."""
        if self.cadence == Cadence.WEEKLY:
            year, week, _day = self.first.isocalendar()
            weeks = dt.date(year - 1, 12, 28).isocalendar().week
            return self.of(self.cadence, dt.date.fromisocalendar(year - 1, min(week, weeks), 1))
        last_day = calendar.monthrange(self.first.year - 1, self.first.month)[1]
        day = self.first.replace(year=self.first.year - 1, day=min(self.first.day, last_day))
        return self.of(self.cadence, day)

    def shifted(self, steps: int) -> Self:
        """The period so many later, or earlier where negative."""
        period = self
        for _step in range(abs(steps)):
            period = period.following if steps > 0 else period.previous
        return period

    def cutoff(self, days: int, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
        """Midnight in `zone` at the start of the day that is `days` after the last: when it is due.

        Where the clock skips midnight that night, the first moment after it.
        """
        day = self.last + dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time.min, tzinfo=zone).astimezone(dt.UTC)

    def against(self) -> tuple[tuple[str, Self, str], ...]:
        """The periods with which it is compared: key, period, and what it is to this one."""
        before = ("previous", self.previous, _("the period before"))
        if self.cadence == Cadence.YEARLY:
            return (before,)
        return (before, ("year_before", self.year_before, _("the same period a year before")))


def finished(
    cadence: Cadence | str,
    at: dt.datetime,
    cutoff_days: int,
    *,
    since: dt.date,
    most: int,
    zone: dt.tzinfo = dt.UTC,
) -> list[Period]:
    """The last `most` periods whose cut-off has passed, oldest first, none before `since`."""
    period = Period.of(cadence, at.astimezone(zone).date())
    earliest = Period.of(cadence, since)
    due: list[Period] = []
    while len(due) < most and period >= earliest:
        if period.cutoff(cutoff_days, zone) <= at:
            due.append(period)
        period = period.previous
    return due[::-1]


def _week(day: dt.date) -> tuple[dt.date, dt.date]:
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def _half(day: dt.date) -> tuple[dt.date, dt.date]:
    if day.day <= HALF:
        return day.replace(day=1), day.replace(day=HALF)
    return day.replace(day=HALF + 1), _month(day)[1]


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _quarter(day: dt.date) -> tuple[dt.date, dt.date]:
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return first, _month(first.replace(month=first.month + 2))[1]


def _year(day: dt.date) -> tuple[dt.date, dt.date]:
    return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)


BOUNDS: dict[Cadence, Callable[[dt.date], tuple[dt.date, dt.date]]] = {
    Cadence.DAILY: lambda day: (day, day),
    Cadence.WEEKLY: _week,
    Cadence.FORTNIGHTLY: _half,
    Cadence.MONTHLY: _month,
    Cadence.QUARTERLY: _quarter,
    Cadence.YEARLY: _year,
}
WRITERS: dict[Cadence, Callable[[dt.date], str]] = {
    Cadence.DAILY: dt.date.isoformat,
    Cadence.WEEKLY: lambda day: f"{day:%G}-W{day:%V}",
    Cadence.FORTNIGHTLY: lambda day: f"{day:%Y-%m}-H{1 if day.day <= HALF else 2}",
    Cadence.MONTHLY: lambda day: f"{day:%Y-%m}",
    Cadence.QUARTERLY: lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}",
    Cadence.YEARLY: lambda day: f"{day:%Y}",
}
Found = re.Match[str]
READERS: tuple[tuple[str, Cadence, Callable[[Found], dt.date]], ...] = (
    (r"(\d{4})-\d\d-\d\d", Cadence.DAILY, lambda m: dt.date.fromisoformat(m[0])),
    (
        r"(\d{4})-W(\d\d)",
        Cadence.WEEKLY,
        lambda m: dt.date.fromisocalendar(int(m[1]), int(m[2]), 1),
    ),
    (
        r"(\d{4})-(\d\d)-H([12])",
        Cadence.FORTNIGHTLY,
        lambda m: dt.date(int(m[1]), int(m[2]), 1 if m[3] == "1" else HALF + 1),
    ),
    (r"(\d{4})-(\d\d)", Cadence.MONTHLY, lambda m: dt.date(int(m[1]), int(m[2]), 1)),
    (r"(\d{4})-Q([1-4])", Cadence.QUARTERLY, lambda m: dt.date(int(m[1]), 3 * int(m[2]) - 2, 1)),
    (r"(\d{4})", Cadence.YEARLY, lambda m: dt.date(int(m[1]), 1, 1)),
)
