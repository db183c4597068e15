"""From a question to the rows of a chart: every period once, those without incidents included."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import intervals, prose
from core.questions import ParametersRefused, Refusal
from incidents.columns import select
from incidents.questions import IncidentQuestion
from incidents.rollups import Group, HarmSum, Totals

# Where each side of a comparison begins: on the same dates, or on the first day of each.
AXES = ("calendar", "start")


@dataclass(frozen=True)
class Extent:
    """The first and the last day that an axis shows."""

    first: dt.date
    last: dt.date

    def joined(self, other: "Extent") -> "Extent":
        return Extent(min(self.first, other.first), max(self.last, other.last))


@dataclass(frozen=True)
class Series:
    """One line of a chart: its name, the question behind it, its sums and its periods.

    A group is None where the period lies outside the question's own dates: not asked, not zero.
    """

    label: str
    query: str
    totals: Totals
    groups: list[Group | None]
    keys: list[dt.date | None]


def extent(question: IncidentQuestion) -> Extent | None:
    """The days that a question's answer spans, widened to the dates asked; None if it is empty."""
    months = [group.key for group in select(question).by_period("month")]
    asked = question.cleaned
    begin: dt.date | None = asked.get("begun") or asked.get("from")
    end: dt.date | None = asked.get("to")
    today = prose.today()
    if months:
        first, last = min(months), intervals.last_day(max(months), "month")
    elif begin and end:
        first = last = begin
    else:
        return None
    # Dates far from every incident, such as the year 1, would leave the bars no room.
    if begin and intervals.number(begin, last, "month") <= intervals.LONGEST:
        first = begin if "begun" in asked else min(first, begin)
    if end:
        last = min(end, max(last, today))
    return Extent(first, max(last, first))


def interval_for(extents: Sequence[Extent], asked: str | None) -> str:
    """The interval asked for, or one that fits. Raises ParametersRefused for too many periods."""
    if asked is None:
        longest = max(extents, key=lambda one: one.last - one.first)
        return intervals.fitting(longest.first, longest.last)
    most = max(intervals.number(one.first, one.last, asked) for one in extents)
    if most > intervals.LONGEST:
        wider = next(
            i
            for i in intervals.INTERVALS
            if all(intervals.number(e.first, e.last, i) <= intervals.LONGEST for e in extents)
        )
        detail = _("That would be %(n)s periods, at most %(most)s: choose %(wider)s.") % {
            "n": prose.count(most),
            "most": prose.count(intervals.LONGEST),
            "wider": wider,
        }
        raise ParametersRefused([Refusal("interval", asked, detail)])
    return asked


def series(
    question: IncidentQuestion, label: str, interval: str, shown: Extent, own: Extent | None
) -> Series:
    """The periods of `shown`; those outside `own`, the dates that the question spans, are None."""
    answer = select(question)
    found = {
        one.key: Group(one.key, one.incidents, one.killed) for one in answer.by_period(interval)
    }
    keys = intervals.periods(shown.first, shown.last, interval)
    limits = question.cleaned.keys() & {"from", "begun", "to"}
    groups = [found.get(key) or _empty(key, interval, own if limits else shown) for key in keys]
    return Series(label, question.as_query(), answer.totals(), groups, list(keys))


def _empty(key: dt.date, interval: str, own: Extent | None) -> Group | None:
    is_asked = (
        own is not None and key <= own.last and intervals.last_day(key, interval) >= own.first
    )
    return Group(key, 0, HarmSum()) if is_asked else None


def padded(one: Series, length: int) -> Series:
    """The series with periods that nobody asked about at its end."""
    missing = length - len(one.groups)
    return Series(
        one.label, one.query, one.totals, [*one.groups, *[None] * missing],
        [*one.keys, *[None] * missing],
    )  # fmt: skip


def drawn(one: Series, interval: str) -> list[tuple[Group, str]]:
    """Rows for a histogram: a group and its short label for each period."""
    rows = []
    for key, group in zip(one.keys, one.groups, strict=True):
        label = intervals.short(key, interval) if key else ""
        rows.append((group or Group(key or dt.date.max, 0, HarmSum()), label))
    return rows
