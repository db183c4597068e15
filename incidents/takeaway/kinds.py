"""The charts that can be taken away, each as SVG, PNG and CSV from one and the same rows.

timeline    incidents and deaths of a question over time, each data set apart
breakdown   the same divided by country, type, actor …
compare     two to four questions side by side
map         places, countries or areas, as the explorer draws them
lanes       incidents one by one, a lane for each actor or country
members     who belonged to a body, and when
relations   what an actor came from, joined, fought and became
phases      the phases of a campaign
"""

from collections.abc import Callable

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose
from core.questions import ParametersRefused
from incidents import rollups
from incidents.charts import series
from incidents.charts.bars import DIVISIONS
from incidents.charts.bars import breakdown as bars_of
from incidents.charts.chart import Chart, asked_with
from incidents.charts.histogram import side_by_side
from incidents.charts.picture import Panel
from incidents.columns import select
from incidents.compare import comparing
from incidents.compare.notes import notes
from incidents.filters import BreakdownFilter
from incidents.rollups import Group
from incidents.sentences import NAMES
from incidents.takeaway import standing
from incidents.takeaway.lanes import in_lanes
from incidents.takeaway.parts import (
    HARM_COLUMNS,
    datasets,
    harm_cells,
    mixture,
    panels,
    period_header,
    period_rows,
)
from incidents.takeaway.timeline import timeline
from incidents.takeaway.world import world

MOST_BARS = 20
DIVIDED = "incidents/charts/_breakdown.html"


def of(kind: str, data: QueryDict) -> Chart:
    """The chart of a question. Raises KeyError for an unknown kind, ParametersRefused."""
    return KINDS[kind](data)


def compare(data: QueryDict) -> Chart:
    """Two to four questions, each a panel, all on one scale."""
    comparison = comparing.Comparison(data)
    return compared(comparison, comparing.answered(comparison))


def compared(comparison: comparing.Comparison, answer: comparing.Compared) -> Chart:
    """The chart of an answer. Raises ParametersRefused where a side spans several data sets."""
    if answer.is_mixed:
        names = {name for sets in answer.datasets for name in sets}
        raise ParametersRefused([mixture(sorted(names))])
    letters = [side.letter for side in comparison.sides]
    return Chart(
        title=comparison.title,
        question=comparison.sentence(),
        panels=panels(
            answer.series,
            side_by_side([series.drawn(one, answer.interval) for one in answer.series]),
        ),
        header=("side", "question", *period_header()),
        rows=[
            [letter, one.label, *cells]
            for letter, one in zip(letters, answer.series, strict=True)
            for cells in period_rows(one, answer.interval)
        ],
        datasets=sorted({name for sets in answer.datasets for name in sets}),
        query=comparison.as_query(interval=answer.interval, axis=answer.axis),
        as_of=comparison.sides[0].question.cleaned.get("as_of"),
        notes=notes(comparison, answer),
        page="incidents:compare",
    )


def breakdown(data: QueryDict) -> Chart:
    """Incidents and deaths by country, type, actor …: the most frequent values."""
    question = BreakdownFilter(data)
    question.demand()
    by = question.cleaned.get("by", "country")
    sets = datasets(question)
    if len(sets) > 1 and by != "dataset":
        raise ParametersRefused([mixture(sets)])
    found = divided(question, by)
    drawn = bars_of(found[:MOST_BARS])
    return Chart(
        title=_("Incidents and people killed by %(attribute)s") % {"attribute": _attribute(by)},
        question=question.sentence(),
        panels=[Panel(drawn, DIVIDED)] if drawn else [],
        header=(by, "label", "incidents", *HARM_COLUMNS),
        rows=[
            [group.key, label, group.incidents, *harm_cells(group.killed)] for group, label in found
        ],
        datasets=sets,
        query=asked_with(question.as_query(), by=by),
        as_of=question.cleaned.get("as_of"),
        notes=_left_out(len(found) - MOST_BARS),
        foreign=("by",),
    )


def _left_out(number: int) -> tuple[str, ...]:
    if number <= 0:
        return ()
    text = ngettext(
        "%(n)s more value is in the table, not in the drawing.",
        "%(n)s more values are in the table, not in the drawing.",
        number,
    )
    return (text % {"n": prose.count(number)},)


def divided(question: BreakdownFilter, by: str) -> list[tuple[Group, str]]:
    """Every value with its name, most incidents first; suspected actors in rows of their own."""
    if by == "actor":
        return _by_actor(question)
    groups = [group for group in select(question).by(DIVISIONS[by]) if group.key]
    groups.sort(key=lambda group: (-group.incidents, str(group.key)))
    names = NAMES[by]([str(group.key) for group in groups])
    return [(group, str(names.get(str(group.key), group.key))) for group in groups]


def _by_actor(question: BreakdownFilter) -> list[tuple[Group, str]]:
    words = {
        "attributed": "%(name)s",
        "suspected": _("%(name)s (suspected)"),
        "accused": _("%(name)s (accused)"),
        "party": _("%(name)s (party)"),
    }
    found = rollups.by_actor(question.qs)
    names = NAMES["actor"]([group.actor for group in found])
    rows = [
        (
            Group(f"{one.actor}:{one.certainty}", one.incidents, one.killed),
            words[one.certainty] % {"name": names.get(one.actor, one.actor)},
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (-row[0].incidents, row[1]))


def _attribute(by: str) -> str:
    return {
        "country": _("country"),
        "region": _("region"),
        "area": _("area"),
        "type": _("type of event"),
        "group": _("kind of event"),
        "attribution": _("attribution"),
        "dataset": _("data set"),
        "target": _("target"),
        "weapon": _("weapon"),
        "tactic": _("tactic"),
        "campaign": _("campaign"),
        "body": _("regional body"),
        "actor": _("actor"),
    }[by]


KINDS: dict[str, Callable[[QueryDict], Chart]] = {
    "timeline": timeline,
    "breakdown": breakdown,
    "compare": compare,
    "map": world,
    "lanes": in_lanes,
    "members": standing.members,
    "relations": standing.relations,
    "phases": standing.phases,
}
