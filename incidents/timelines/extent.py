"""Which days a timeline draws, and by which periods."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from core import intervals
from incidents.columns import Answer, StackedGroup
from incidents.questions import IncidentQuestion
from incidents.timelines import words
from incidents.timelines.axis import Axis

MOST_BARS = 84  # where the reader chose no interval: seven years of months
NEAR = 0.25  # a silence up to this part of the axis is drawn up to today


def reach(answer: Answer, years: Sequence[StackedGroup]) -> tuple[dt.date, dt.date]:
    """The first and last day that may hold an incident: whole years, whole months where few."""
    keys, interval = [group.key for group in years], "year"
    if len(set(keys)) <= MOST_BARS // 12:
        keys, interval = [group.key for group in answer.by_period("month")], "month"
    return min(keys), intervals.last_day(max(keys), interval)


def extent(asked: Mapping[str, Any], earliest: dt.date, latest: dt.date, today: dt.date) -> Axis:
    """The days to draw: those asked, else all that hold incidents.

    An open end reaches up to `today` where dates were asked or the silence is short.
    """
    start, end = asked.get("begun") or asked.get("from"), asked.get("to")
    first = start or earliest
    last = max(first, end or min(latest, max(today, earliest)))
    silence = (today - last).days
    if end is None and (start is not None or silence <= NEAR * ((last - first).days + 1)):
        last = max(last, today)
    return Axis(first, last)


def axis_of(question: IncidentQuestion, answer: Answer) -> Axis | None:
    """The days that the timeline of an answer draws; None where it holds no incident."""
    years = answer.by_period("year", "dataset")
    if not years:
        return None
    return extent(question.cleaned, *reach(answer, years), today_of(question))


def today_of(question: IncidentQuestion) -> dt.date:
    """The last day that the question can know of."""
    moment: dt.datetime = question.cleaned.get("as_of") or question.at
    return moment.date()


def chosen_interval(axis: Axis, asked: str | None) -> tuple[str, list[str]]:
    """The interval that was asked, unless its bars were too many; and what to say then."""
    if asked is None:
        return intervals.fitting(axis.first, axis.last, MOST_BARS), []
    if intervals.number(axis.first, axis.last, asked) <= intervals.LONGEST:
        return asked, []
    drawn = intervals.fitting(axis.first, axis.last, intervals.LONGEST)
    return drawn, [words.coarser_note(asked, drawn)]
