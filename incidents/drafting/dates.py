"""Dates of a draft: bounds from a precision, and the partial date of a claim."""

import calendar
import datetime as dt
import re
from dataclasses import replace

from django.utils.translation import gettext as _

from core.choices import DatePrecision, PartialPrecision
from core.dates import parse_partial
from core.parameters import shown
from incidents.drafting.draft import Draft

QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


def with_dates(draft: Draft) -> Draft:
    """The draft with both days, where it gives the first: the other follows from the precision.

    A month, quarter or year of which one day is given means the whole of it.
    """
    start = draft.date_start
    if start is None or draft.is_multiday or draft.date_end not in (None, start):
        return draft if draft.date_end else replace(draft, date_end=start)
    first, last = span(start, draft.date_precision)
    return replace(draft, date_start=first, date_end=last)


def span(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """The first and last day of what one day means at a precision; a week runs from the day."""
    months = {DatePrecision.MONTH: 1, DatePrecision.QUARTER: 3, DatePrecision.YEAR: 12}
    if precision == DatePrecision.WEEK:
        return day, min(day, dt.date.max - dt.timedelta(days=6)) + dt.timedelta(days=6)
    if precision not in months:
        return day, day
    width = months[DatePrecision(precision)]
    first = (day.month - 1) // width * width + 1
    last = first + width - 1
    return (
        dt.date(day.year, first, 1),
        dt.date(day.year, last, calendar.monthrange(day.year, last)[1]),
    )


def claimed(text: str) -> tuple[dt.date | None, str]:
    """The first day and the precision of a claim's date. Raises ValueError with the remedy."""
    if not text:
        return None, PartialPrecision.UNKNOWN
    quarter = QUARTER.fullmatch(text)
    if quarter:
        year, number = (int(part) for part in quarter.groups())
        if year >= dt.MINYEAR:
            return dt.date(year, 3 * number - 2, 1), PartialPrecision.QUARTER
    try:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
            raise ValueError(text)
        partial = parse_partial(text)
    except ValueError:
        remedy = _("%(value)s is not a date: write 2025-10-30, 2025-10, 2025-Q4 or 2025.")
        raise ValueError(remedy % {"value": shown(text)}) from None
    return partial.first, partial.precision


def claimed_text(day: dt.date | None, precision: str) -> str:
    """A stored date of a claim as `claimed` reads it."""
    if day is None:
        return ""
    if precision == PartialPrecision.QUARTER:
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    length = {PartialPrecision.YEAR: 4, PartialPrecision.MONTH: 7}
    return day.isoformat()[: length.get(PartialPrecision(precision), 10)]
