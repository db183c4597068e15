"""Periods of reference data in words: memberships, relations, missions."""

import datetime as dt

from django.utils.translation import gettext as _

from core import prose


def _is_day(value: dt.date, precision: str) -> bool:
    return last_day(value, precision) == prose.day(value)


def last_day(value: dt.date, precision: str) -> str:
    """The end of a period, no more precise than it was stored.

    An end known to the month or year is stored as its last day; the last day of a month is
    therefore said as the month unless the precision is `day`.
    """
    if precision == "day":
        return prose.day(value)
    if precision == "year" and (value.month, value.day) == (12, 31):
        return prose.partial(value, "year")
    if (value + dt.timedelta(days=1)).day == 1 or precision == "month":
        return prose.month(value)
    return prose.day(value)


def period(
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    start_precision: str = "day",
    end_precision: str = "day",
) -> str:
    """ "28 May 1975 – 28 January 2025", "since March 2017", "until 2013", "dates not known"."""
    if starts_on and ends_on and start_precision == "day" and _is_day(ends_on, end_precision):
        return prose.days(starts_on, ends_on)
    first = prose.partial(starts_on, start_precision) if starts_on else ""
    last = last_day(ends_on, end_precision) if ends_on else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first and start_precision == "day":
        return _("since %(day)s") % {"day": first}
    if first:
        return _("since %(month)s") % {"month": first}
    if ends_on and _is_day(ends_on, end_precision):
        return _("until %(day)s") % {"day": last}
    if last:
        return _("until %(month)s") % {"month": last}
    return _("dates not known")


def loose_period(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """A period stored without precision: the first and the last day of a month are said as it."""
    precision = "month" if starts_on and starts_on.day == 1 else "day"
    return period(starts_on, ends_on, precision, "unknown")
