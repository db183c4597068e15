"""Partial dates: `2012`, `2012-06` and `2012-06-21` are different kinds of knowledge."""

import calendar
import datetime as dt
from dataclasses import dataclass

from core.choices import MAX_WIDTH_DAYS, DatePrecision


@dataclass(frozen=True)
class PartialDate:
    """The first and last day that a partial date can mean, and its precision word."""

    first: dt.date
    last: dt.date
    precision: str


def parse_partial(text: str) -> PartialDate:
    """Read an ISO 8601 calendar date that may stop at the year or the month.

    Raises ValueError naming the text and the three accepted shapes.
    """
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1 and len(parts[0]) == 4:
            year = numbers[0]
            return PartialDate(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
        if len(numbers) == 2:
            year, month = numbers
            last = calendar.monthrange(year, month)[1]
            return PartialDate(dt.date(year, month, 1), dt.date(year, month, last), "month")
        day = dt.date.fromisoformat(text.strip())
        return PartialDate(day, day, "day")
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"{text!r} is not a date: write 2012, 2012-06 or 2012-06-21.") from None


def moment_text(at: dt.datetime) -> str:
    """ISO 8601 in UTC with microseconds: two changes of the record never share one."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def narrowest_precision(width_days: int) -> DatePrecision:
    """The finest precision whose widest interval holds `width_days` (end minus start)."""
    order = (
        DatePrecision.DAY,
        DatePrecision.WEEK,
        DatePrecision.DAY_RANGE,
        DatePrecision.MONTH,
        DatePrecision.QUARTER,
    )
    for precision in order:
        if width_days <= MAX_WIDTH_DAYS[precision]:
            return precision
    return DatePrecision.YEAR


def last_meant(first: dt.date, precision: str) -> dt.date:
    """The last day that a date can mean whose month, quarter or year alone is known.

    `first` is the first such day; a date of any other precision means itself.
    """
    last_month = {"year": 12, "quarter": (first.month + 2) // 3 * 3, "month": first.month}
    if precision not in last_month:
        return first
    month = last_month[precision]
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])
