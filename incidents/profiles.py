"""The profile of a country or an area: what each data set records there, by year, place and actor.

Data sets are kept apart: they may tell the same event. All sums come from the columns; the number
of queries depends on the number of data sets, never on the number of incidents.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actors.models import Actor
from core.parameters import Terms
from incidents import charts
from incidents.choices import Attribution, Dataset
from incidents.columns import Answer, select
from incidents.models import PublishedIncident
from incidents.questions import IncidentQuestion
from incidents.rollups import CERTAIN, ActorGroup, Group, Totals
from regions.models import AdminArea

YEAR = 12  # months
LATEST = 5
MOST_ACTORS = 10
MOST_AREAS = 10
# A strip of small bars, in pixels.
STRIP_HEIGHT = 24.0
LEAST_BAR = 2.0


@dataclass(frozen=True)
class Spark:
    """One period as a small bar: places in per cent of the width, heights in pixels."""

    x: str
    width: str
    y: float
    height: float
    is_recent: bool


@dataclass(frozen=True)
class Trend:
    """The last twelve months against the twelve before them.

    `until` is the day asked about, or the last one that an imported data set covers; `last` is the
    first day of the latest incident here.
    """

    now: Totals
    before: Totals
    since: dt.date
    turn: dt.date
    until: dt.date
    covers_day: bool
    last: dt.date
    sparks: list[Spark]
    # Asks for the months of the bars.
    query: str

    @property
    def difference(self) -> int:
        return self.now.incidents - self.before.incidents


@dataclass(frozen=True)
class ActorRow:
    """An actor in a country, by how surely; `sparks` are its incidents year by year."""

    group: ActorGroup
    name: str
    is_known: bool
    sparks: list[Spark]
    last: int


@dataclass(frozen=True)
class AreaRow:
    """Incidents in one first-level area; `area` is None where none is known or shown.

    `share` is the length of its bar beside that of the largest.
    """

    area: AdminArea | None
    group: Group
    share: str


@dataclass(frozen=True)
class SetProfile:
    """What one data set records in one place."""

    dataset: str
    totals: Totals
    chart: charts.Histogram | None
    trend: Trend
    actors: list[ActorRow]
    other_actors: int
    areas: list[AreaRow]
    other_areas: int
    incidents: list[PublishedIncident]
    query: str
    years: tuple[int, int]


@dataclass(frozen=True)
class _Counted:
    """One data set's answer with its actors and areas, before these have their names."""

    dataset: str
    answer: Answer
    actors: list[ActorGroup]
    areas: list[Group]
    elsewhere: list[Group]

    @property
    def shown(self) -> list[Group]:
        return [*self.areas[:MOST_AREAS], *self.elsewhere]


def profiles(asked: Mapping[str, str], on: dt.date) -> list[SetProfile]:
    """One profile for each data set that has incidents answering `asked`, Vigil's own first.

    `asked` takes the parameters of the incident list; `on` is the day to which the trend runs.
    """
    answer = select(IncidentQuestion(dict(asked)))
    names = sorted(answer.incidents("dataset"), key=lambda name: (name != Dataset.VIGIL, name))
    sets = [_counted(asked, name, answer.of_set(name)) for name in names]
    # One look at the names for all data sets: to ask whom readers may know of takes a while.
    slugs = {group.actor for each in sets for group in each.actors[:MOST_ACTORS]}
    known = Actor.objects.told().in_bulk(slugs, field_name="slug") if slugs else {}
    keys = {group.key for each in sets for group in each.shown if group.key}
    areas = AdminArea.objects.in_bulk(keys, field_name="slug") if keys else {}
    return [_profile(asked, each, on, known, areas) for each in sets]


def _counted(asked: Mapping[str, str], dataset: str, answer: Answer) -> _Counted:
    areas, elsewhere = ([], []) if "area" in asked else _by_area(answer)
    return _Counted(dataset, answer, by_certainty(answer), areas, elsewhere)


def by_year(answer: Answer) -> list[Group]:
    """Incidents and deaths by year."""
    return [Group(row.key, row.incidents, row.killed) for row in answer.by_period("year")]


def _profile(
    asked: Mapping[str, str],
    counted: _Counted,
    on: dt.date,
    known: Mapping[str, Actor],
    areas: Mapping[str, AdminArea],
) -> SetProfile:
    answer = counted.answer
    question = IncidentQuestion({**asked, "dataset": counted.dataset})
    years = by_year(answer)
    span = (years[0].key.year, years[-1].key.year)
    latest = list(answer.newest(LATEST))
    return SetProfile(
        dataset=counted.dataset,
        totals=answer.totals(),
        chart=charts.by_year(years),
        trend=_trend(question, answer, on, latest[0].date_start),
        actors=_actor_rows(counted.actors[:MOST_ACTORS], answer, span, known),
        other_actors=max(len(counted.actors) - MOST_ACTORS, 0),
        areas=_area_rows(counted.shown, areas),
        other_areas=max(len(counted.areas) - MOST_AREAS, 0),
        incidents=latest,
        query=question.as_query(),
        years=span,
    )


def _month(day: dt.date, back: int = 0) -> dt.date:
    """The first day of the month `back` months before that of `day`."""
    months = day.year * 12 + day.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)


def covered_until(dataset: str, on: dt.date) -> dt.date:
    """`on`, or the last day of an imported data set where it ends before."""
    if dataset == Dataset.VIGIL:
        return on
    rows = PublishedIncident.objects.current().filter(dataset=dataset, date_start__lte=on)
    return rows.values_list("date_start", flat=True).order_by("-date_start").first() or on


def _trend(question: IncidentQuestion, answer: Answer, on: dt.date, last: dt.date) -> Trend:
    until = covered_until(question.asked["dataset"], on)
    since, turn = _month(until, 2 * YEAR - 1), _month(until, YEAR - 1)
    whole = answer.narrowed(begun=since, to=until)
    months = {row.key: row.incidents for row in whole.by_period("month")}
    numbers = [months.get(_month(until, back), 0) for back in range(2 * YEAR - 1, -1, -1)]
    days = {"begun": since.isoformat(), "to": until.isoformat()}
    return Trend(
        now=answer.narrowed(begun=turn, to=until).totals(),
        before=answer.narrowed(begun=since, to=turn - dt.timedelta(days=1)).totals(),
        since=since,
        turn=turn,
        until=until,
        covers_day=until == on,
        last=last,
        sparks=sparks(numbers, recent=YEAR),
        query=question.as_query(interval="month", **days),
    )


def sparks(numbers: Sequence[int], *, recent: int = 0) -> list[Spark]:
    """Bars on a scale of their own; the last `recent` ones are marked. Zero has no height."""
    most = max(numbers, default=0) or 1
    step = 100 / len(numbers)
    found = []
    for place, number in enumerate(numbers):
        height = max(number / most * STRIP_HEIGHT, LEAST_BAR) if number else 0.0
        found.append(
            Spark(
                x=f"{place * step + step * 0.12:.2f}%",
                width=f"{step * 0.76:.2f}%",
                y=round(STRIP_HEIGHT - height, 1),
                height=round(height, 1),
                is_recent=place >= len(numbers) - recent,
            )
        )
    return found


def _by_area(answer: Answer) -> tuple[list[Group], list[Group]]:
    """First-level areas, most incidents first; apart from them, where none is known or shown."""
    groups = sorted(answer.by("area"), key=lambda group: (-group.incidents, str(group.key)))
    return [g for g in groups if g.key], [g for g in groups if not g.key]


def _area_rows(groups: Sequence[Group], names: Mapping[str, AdminArea]) -> list[AreaRow]:
    most = max((group.incidents for group in groups if group.key), default=1)

    def share(group: Group) -> str:
        return f"{100 * group.incidents / most:.1f}%" if group.key else ""

    return [AreaRow(names.get(group.key), group, share(group)) for group in groups]


def _actor_rows(
    groups: Sequence[ActorGroup],
    answer: Answer,
    span: tuple[int, int],
    known: Mapping[str, Actor],
) -> list[ActorRow]:
    first, last = span
    by_actor: dict[str, dict[int, int]] = defaultdict(dict)
    for row in answer.by_period("year", stack="actors"):
        by_actor[str(row.stack)][row.key.year] = row.incidents
    return [
        ActorRow(
            group=group,
            name=str(known.get(group.actor, group.actor)),
            is_known=group.actor in known,
            sparks=sparks([by_actor[group.actor].get(y, 0) for y in range(first, last + 1)]),
            last=max(by_actor[group.actor], default=last),
        )
        for group in groups
    ]


def by_certainty(answer: Answer) -> list[ActorGroup]:
    """`rollups.by_actor` from the columns: attributed, suspected, accused and party apart."""
    sure = answer.narrowed(attribution=Terms(CERTAIN))
    unsure = answer.narrowed(attribution=Terms(sorted(set(Attribution.values) - set(CERTAIN))))
    found = [
        *_with_role(sure, "perpetrator", "attributed"),
        *_with_role(unsure, "perpetrator", "suspected"),
        *_with_role(answer, "accused", "accused"),
        *_with_role(answer, "party", "party"),
    ]
    return sorted(found, key=lambda group: (-group.incidents, group.actor, group.certainty))


def _with_role(answer: Answer, role: str, certainty: str) -> Iterable[ActorGroup]:
    for group in answer.by("actor_roles"):
        actor, _colon, part = str(group.key).rpartition(":")
        if part == role:
            yield ActorGroup(actor, certainty, group.incidents, group.killed)
