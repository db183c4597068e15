"""Pieces that several kinds of chart are made of: panels, rows of the file, data sets apart."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import intervals, prose
from core.questions import Refusal
from incidents.charts.chart import Cells
from incidents.charts.picture import Panel
from incidents.charts.series import Series
from incidents.choices import Dataset
from incidents.columns import select
from incidents.questions import IncidentQuestion
from incidents.rollups import HarmSum, Totals
from incidents.words import summed

OVER_TIME = "incidents/charts/_bars_over_time.html"
HARM_COLUMNS = ("killed_low", "killed_best", "killed_high", "killed_is_minimum", "killed_missing")


def mixture(names: list[str]) -> Refusal:
    """Why figures of several data sets are not drawn as one."""
    detail = _(
        "This spans several data sets, which may describe the same event and must not be added: "
        "choose one of %(names)s."
    )
    return Refusal("dataset", "", detail % {"names": ", ".join(names)})


def datasets(question: IncidentQuestion) -> list[str]:
    """The data sets of an answer, Vigil's own first."""
    names = [group.key for group in select(question).by("dataset")]
    return sorted(names, key=lambda name: (name != Dataset.VIGIL, name))


def panels(found: Iterable[Series], drawn: Iterable[Any]) -> list[Panel]:
    """A panel over time for each series, with its name and its sums."""
    return [
        Panel(one, OVER_TIME, label=row.label, note=in_short(row.totals))
        for row, one in zip(found, drawn, strict=True)
    ]


def in_short(totals: Totals) -> str:
    """ "7 incidents, 359 to 368 killed"."""
    incidents = ngettext("%(n)s incident", "%(n)s incidents", totals.incidents)
    return _("%(incidents)s, killed: %(killed)s") % {
        "incidents": incidents % {"n": prose.count(totals.incidents)},
        "killed": summed(totals.killed, totals.incidents),
    }


def period_header() -> tuple[str, ...]:
    """Columns of `period_rows`."""
    return ("period_start", "period_end", "incidents", *HARM_COLUMNS)


def period_rows(one: Series, interval: str) -> list[Cells]:
    """A row for each period that the question asks about."""
    return [
        [
            group.key.isoformat(),
            intervals.last_day(group.key, interval).isoformat(),
            group.incidents,
            *harm_cells(group.killed),
        ]
        for group in one.groups
        if group
    ]


def harm_cells(killed: HarmSum) -> Cells:
    """Cells of `HARM_COLUMNS`."""
    return [killed.low, killed.best, killed.high, killed.is_minimum, killed.missing]
