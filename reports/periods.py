"""The periods that reports cover: calendar months in UTC."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from core import prose

FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `str()` is its ISO form, `2022-07`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2022-07`. Raises ValueError naming the text and the form."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
        if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return cls(int(found[1]), int(found[2]))
        raise ValueError(f"{text[:20]!r} is not a month: write it as 2022-07.")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.year, self.number)[1])

    @property
    def label(self) -> str:
        """ "July 2022" in the active language."""
        return prose.month(self.first)

    def shifted(self, months: int) -> Self:
        """The month so many months later, or earlier where negative."""
        count = self.year * 12 + self.number - 1 + months
        return type(self)(count // 12, count % 12 + 1)

    def cutoff(self, days: int) -> dt.datetime:
        """Midnight UTC, `days` days after the last day: when a report of this month is due."""
        day = self.last + dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)


def finished(at: dt.datetime, cutoff_days: int, *, since: dt.date, most: int) -> list[Month]:
    """The last `most` months whose cut-off has passed, oldest first, none before `since`."""
    month = Month.of(at.date())
    months = [month.shifted(-back) for back in range(most + 3)]
    due = [m for m in months if m.cutoff(cutoff_days) <= at and m >= Month.of(since)]
    return sorted(due[:most])
