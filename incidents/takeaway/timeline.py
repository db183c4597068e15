"""Incidents and deaths of one question over time, each data set or each part a panel."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from core.questions import ParametersRefused
from incidents.charts import series
from incidents.charts.bars import DIVISIONS
from incidents.charts.chart import Chart, asked_with
from incidents.charts.histogram import FULL, NARROW, histogram, side_by_side
from incidents.columns import select
from incidents.filters import DrawnFilter
from incidents.sentences import NAMES
from incidents.takeaway.parts import datasets, mixture, panels, period_header, period_rows
from incidents.words import in_words

MOST_PARTS = 8


@dataclass(frozen=True)
class Part:
    """What one panel shows: a value of what divides the chart, its name and its question."""

    value: str
    label: str
    question: DrawnFilter


def timeline(data: QueryDict) -> Chart:
    """Incidents above and deaths below by period. Raises ParametersRefused.

    Data sets stand apart, each on its own scale. With `stack` the most frequent values have a
    panel each, all on one scale: an incident with several actors stands in each of theirs.
    """
    question = DrawnFilter(data)
    question.demand()
    extent = series.extent(question) or series.Extent(prose.today(), prose.today())
    interval = series.interval_for([extent], question.cleaned.get("interval"))
    sets, stack = datasets(question), question.cleaned.get("stack", "none")
    by = "dataset" if stack == "none" else stack
    parts, left_out = _parts(question, by, sets)
    found = [series.series(one.question, one.label, interval, extent, extent) for one in parts]
    drawn = [series.drawn(one, interval) for one in found]
    if by == "dataset":
        width = FULL if len(found) == 1 else NARROW
        histograms = [histogram(rows, width=width) for rows in drawn]
    else:
        histograms = side_by_side(drawn) if drawn else []
    return Chart(
        title=_("Incidents and people killed over time"),
        question=question.sentence(),
        panels=panels(found, histograms),
        header=(by, "label", *period_header()),
        rows=[
            [part.value, part.label, *cells]
            for part, one in zip(parts, found, strict=True)
            for cells in period_rows(one, interval)
        ],
        datasets=sets,
        query=asked_with(question.as_query(), interval=interval, stack=stack),
        as_of=question.cleaned.get("as_of"),
        notes=_left_out(left_out),
    )


def _parts(question: DrawnFilter, by: str, sets: list[str]) -> tuple[list[Part], int]:
    """The parts that are drawn, and how many are not."""
    if by == "dataset":
        values, names = sets, {name: in_words(name, by) for name in sets}
    else:
        if len(sets) > 1:
            raise ParametersRefused([mixture(sets)])
        groups = sorted(select(question).by(DIVISIONS[by]), key=lambda one: -one.incidents)
        values = [str(group.key) for group in groups if group.key]
        names = NAMES[by](values)
    # Actors are told apart one by one: predecessors would be drawn twice.
    asked = {
        name: text for name, text in question.asked.items() if (name, by) != ("lineage", "actor")
    }
    drawn = values[:MOST_PARTS]
    parts = [
        Part(value, str(names.get(value, value)), DrawnFilter({**asked, by: value}))
        for value in drawn
    ]
    if by == "dataset" and len(parts) == 1:
        parts = [Part(parts[0].value, "", parts[0].question)]
    return parts, len(values) - len(drawn)


def _left_out(number: int) -> tuple[str, ...]:
    if number <= 0:
        return ()
    text = ngettext(
        "%(n)s part with fewer incidents is left out.",
        "%(n)s parts with fewer incidents are left out.",
        number,
    )
    return (text % {"n": prose.count(number)},)
