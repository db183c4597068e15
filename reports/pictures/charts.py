"""Incidents and deaths over twelve periods, and the most affected places, as SVG."""

from collections.abc import Sequence

from core import intervals, prose
from incidents.charts.bars import breakdown
from incidents.charts.histogram import histogram
from incidents.charts.picture import Panel, bars_legend
from incidents.rollups import Group
from incidents.takeaway.parts import OVER_TIME
from reports.choices import Cadence
from reports.figures import Issue
from reports.periods import Period
from reports.pictures.framing import framed

DIVIDED = "incidents/charts/_breakdown.html"
MOST_BARS = 10
INTERVALS = {Cadence.MONTHLY: "month", Cadence.QUARTERLY: "quarter", Cadence.YEARLY: "year"}


def trend(issue: Issue, title: str, groups: Sequence[Group]) -> str:
    """Periods in order, each a group whose key is its first day."""
    drawn = histogram([(group, _short(group, issue.period)) for group in groups])
    return framed(issue, title, [Panel(drawn, OVER_TIME)], bars_legend())


def bars(issue: Issue, title: str, groups: Sequence[tuple[Group, str]]) -> str:
    """The first ten of groups with their names, the most affected first. At least one is needed."""
    drawn = breakdown(groups[:MOST_BARS])
    return framed(issue, title, [Panel(drawn, DIVIDED)] if drawn else [], bars_legend())


def _short(group: Group, period: Period) -> str:
    """A period as briefly as the axis needs: "Jul 2022", "2022 Q3", "16 Jul"."""
    if period.cadence in INTERVALS:
        return intervals.short(group.key, INTERVALS[period.cadence])
    return prose.brief(group.key, "j M")
