"""What the reference pages draw: members of a body, relations of an actor, phases of a campaign.

These tables hold the world as it was on a day (`on`) and have no versions of the record.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from actors.models import Actor, ActorRelation
from actors.relations import RelationLine, lines
from core import prose
from core.lanes import Drawing, Lane
from core.pages import OnQuestion
from core.parameters import TextField
from core.periods import period
from core.questions import Parameter, ParametersRefused, Refusal
from core.templatetags.prose import named
from core.timeline import Axis, Span
from incidents.charts.chart import Cells, Chart
from incidents.charts.picture import Entry, Panel
from incidents.charts.spans import legend, spans
from incidents.models import Campaign, CampaignPhase
from regions.models import RegionalBody
from regions.standing import Standing, standings

DRAWN = "incidents/charts/_spans.html"
TODAY = "#b35900"
Thing = TypeVar("Thing", bound=Model)


class BodyQuestion(OnQuestion):
    """The members of one body on a day."""

    body = Parameter(TextField(max_length=80))


class ActorQuestion(OnQuestion):
    """The relations of one actor on a day."""

    actor = Parameter(TextField(max_length=80))


class CampaignQuestion(OnQuestion):
    """The phases of one campaign on a day."""

    campaign = Parameter(TextField(max_length=80))


def _asked(question: OnQuestion, name: str, rows: "QuerySet[Thing, Thing]") -> Thing:
    """What the chart is about. Raises ParametersRefused for what readers do not know of."""
    question.demand()
    slug = question.cleaned.get(name, "")
    if found := rows.filter(slug=slug).first():
        return found
    detail = _("Nothing of this name: write the last part of the address of its page.")
    raise ParametersRefused([Refusal(name, slug, detail)])


def _chart(question: OnQuestion, name: str, page: str, drawing: Drawing, **more: Any) -> Chart:
    drawn = spans(drawing)
    slug = question.cleaned[name]
    return Chart(
        question="",
        panels=[Panel(drawn, DRAWN)] if drawn else [],
        datasets=[],
        query=f"{name}={slug}&on={question.day.isoformat()}",
        as_of=None,
        legend=(*legend(drawing), Entry("box", prose.day(question.day), TODAY)),
        page=page,
        args=(slug,),
        foreign=(name,),
        on=question.day,
        **more,
    )


def members(data: QueryDict) -> Chart:
    """Who belonged to a body, and when: a row for each country that ever did."""
    question = BodyQuestion(data, RegionalBody.objects.all())
    body = _asked(question, "body", RegionalBody.objects.all())
    table = standings(body, question.day)
    lanes, on = [_member(one) for one in table.everyone], table.axis.x(question.day)
    drawing = Drawing(table.axis, lanes, _standings(), on)
    return _chart(
        question,
        "body",
        "regions:body",
        drawing,
        title=_("%(body)s: membership over time") % {"body": body.name},
        header=(
            "country", "label", "standing", "starts_on", "ends_on", "start_precision",
            "exit_announced_on", "exit_effective_on",
        ),
        rows=[cells for one in table.everyone for cells in _membership_rows(one)],
    )  # fmt: skip


def _standings() -> Sequence[tuple[str, str]]:
    return [
        ("member", _("member")),
        ("suspended", _("suspended or frozen, and still a member")),
        ("leaving", _("leaving: announced, not yet in effect")),
        ("observer", _("observer")),
    ]


def _member(one: Standing) -> Lane:
    parts = []
    for row in one.rows:
        when = period(row.starts_on, row.ends_on, row.start_precision, "unknown")
        parts.append(when if row.status == "member" else f"{row.get_status_display()} {when}")
    return Lane(named(one.country), prose.listed(parts), one.bars)


def _membership_rows(one: Standing) -> list[Cells]:
    return [
        [
            one.country.iso3, named(one.country), row.status, *_days(row.starts_on, row.ends_on),
            row.start_precision, *_days(row.exit_announced_on, row.exit_effective_on),
        ]
        for row in one.rows
    ]  # fmt: skip


def _days(*days: Any) -> list[str]:
    return [day.isoformat() if day else "" for day in days]


def relations(data: QueryDict) -> Chart:
    """What an actor came from, joined, fought and became."""
    question = ActorQuestion(data, Actor.objects.told())
    actor = _asked(question, "actor", Actor.objects.told())
    rows = ActorRelation.objects.filter(Q(source=actor) | Q(target=actor))
    found, axis = lines(actor, rows.select_related("source", "target"), question.day)
    life = Lane(
        str(actor),
        period(actor.founded_on, actor.ended_on, actor.founded_precision, actor.ended_precision),
        [axis.bar(Span(actor.founded_on, actor.ended_on, "self"))],
    )
    drawing = Drawing(
        axis, [life, *(_related(line) for line in found)], _relation_kinds(), axis.x(question.day)
    )
    return _chart(
        question,
        "actor",
        "actors:detail",
        drawing,
        title=_("%(actor)s: relations over time") % {"actor": actor},
        header=("source", "relation", "target", "starts_on", "ends_on", "start_precision"),
        rows=[_relation_row(line.relation) for line in found],
    )


def _relation_kinds() -> Sequence[tuple[str, str]]:
    return [
        ("self", _("existence")),
        ("lasting", _("a relation that lasts")),
        ("rival_of", _("rivalry")),
        ("event", _("an event")),
    ]


def _related(line: RelationLine) -> Lane:
    one = line.relation
    return Lane(f"{one.source} {one.get_type_display()} {one.target}", line.when, [line.bar])


def _relation_row(one: ActorRelation) -> Cells:
    days = _days(one.starts_on, one.ends_on)
    return [one.source.slug, one.type, one.target.slug, *days, one.start_precision]


def phases(data: QueryDict) -> Chart:
    """The phases of a campaign, one below the other."""
    question = CampaignQuestion(data, Campaign.objects.told())
    campaign = _asked(question, "campaign", Campaign.objects.told())
    rows = list(campaign.phases.all())
    bars = [Span(row.starts_on, row.ends_on, "phase") for row in rows]
    axis, day = Axis.within(bars, question.day), question.day
    lanes = [
        Lane(row.label, period(row.starts_on, row.ends_on), [axis.bar(bar)])
        for row, bar in zip(rows, bars, strict=True)
    ]
    on = axis.x(day) if axis.first <= day <= axis.last else ""
    return _chart(
        question,
        "campaign",
        "incidents:campaign",
        Drawing(axis, lanes, [("phase", _("a phase"))], on),
        title=_("%(campaign)s: phases") % {"campaign": campaign.name},
        header=("phase", "starts_on", "ends_on"),
        rows=[_phase_row(row) for row in rows],
    )


def _phase_row(row: CampaignPhase) -> Cells:
    return [row.label, *_days(row.starts_on, row.ends_on)]
