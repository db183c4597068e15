"""Days, weeks, months, quarters and years as periods that follow one another."""

import datetime as dt

from django.utils.translation import gettext as _

from core import prose

INTERVALS = ("day", "week", "month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_PERIODS = 62  # two months of days, a year and some weeks, five years of months
LONGEST = 1000  # periods that one drawing or table may hold


def start(day: dt.date, interval: str) -> dt.date:
    """The first day of the period that holds `day`; weeks begin on Monday, as in ISO 8601."""
    if interval == "day":
        return day
    if interval == "week":
        # The first days of the year 1 belong to a week that no date can name.
        return day - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    months = MONTHS[interval]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def following(first: dt.date, interval: str) -> dt.date:
    """The first day of the period after the one that begins on `first`."""
    if interval in ("day", "week"):
        return first + dt.timedelta(days=1 if interval == "day" else 7)
    month = first.year * 12 + first.month - 1 + MONTHS[interval]
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(first: dt.date, interval: str) -> dt.date:
    """The last day of the period that begins on `first`."""
    return following(first, interval) - dt.timedelta(days=1)


def periods(first: dt.date, last: dt.date, interval: str, most: int = LONGEST) -> list[dt.date]:
    """First days of every period from the one of `first` to the one of `last`, at most `most`."""
    found, end = [start(first, interval)], start(last, interval)
    while len(found) < most and found[-1] < end:
        found.append(following(found[-1], interval))
    return found


def number(first: dt.date, last: dt.date, interval: str) -> int:
    """How many periods touch the days from `first` to `last`."""
    if interval in ("day", "week"):
        days = (start(last, interval) - start(first, interval)).days
        return days // (1 if interval == "day" else 7) + 1
    begin, end = start(first, interval), start(last, interval)
    return ((end.year - begin.year) * 12 + end.month - begin.month) // MONTHS[interval] + 1


def fitting(first: dt.date, last: dt.date, most: int = MOST_PERIODS) -> str:
    """The shortest interval that divides the days into at most `most` periods, else the year."""
    return next((i for i in INTERVALS if number(first, last, i) <= most), "year")


def label(first: dt.date, interval: str) -> str:
    """A period for an axis or a table: "2022", "2022, Q3", "July 2022", "18 July 2022"."""
    if interval == "year":
        return str(first.year)
    if interval == "quarter":
        return _("%(year)s, Q%(quarter)s") % _quarter(first)
    return prose.month(first) if interval == "month" else prose.day(first)


def short(first: dt.date, interval: str) -> str:
    """The same as briefly as an axis needs: "2022", "2022 Q3", "Jul 2022", "18 Jul"."""
    if interval == "year":
        return str(first.year)
    if interval == "quarter":
        return _("%(year)s Q%(quarter)s") % _quarter(first)
    return prose.brief(first, "M Y" if interval == "month" else "j M")


def _quarter(first: dt.date) -> dict[str, int]:
    return {"year": first.year, "quarter": (first.month - 1) // 3 + 1}


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    month = day.year * 12 + day.month - 1 + months
    first = dt.date(month // 12, month % 12 + 1, 1)
    return first.replace(day=min(day.day, last_day(first, "month").day))
