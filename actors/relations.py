"""Relations of one actor as people read them: sentences, periods, bars on an axis."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from actors.choices import RelationType
from actors.models import Actor, ActorRelation
from core import prose
from core.periods import period
from core.timeline import Axis, Bar, Span

# Things that happen on a day; the others last.
EVENTS = (
    RelationType.SPLIT_FROM,
    RelationType.SUCCESSOR_OF,
    RelationType.MERGED_INTO,
    RelationType.RENAMED_TO,
)


@dataclass(frozen=True)
class RelationLine:
    """One relation on the page of `actor`: what, when, and its bar."""

    relation: ActorRelation
    other: Actor
    when: str
    recognised: str
    bar: Bar
    is_in_force: bool


def is_in_force(relation: ActorRelation, day: dt.date) -> bool:
    """Began by `day` and had not ended."""
    began = relation.starts_on is None or relation.starts_on <= day
    return began and (relation.ends_on is None or relation.ends_on >= day)


def _when(relation: ActorRelation) -> str:
    if relation.type in EVENTS:
        return prose.partial(relation.starts_on, relation.start_precision)
    end = relation.start_precision if relation.start_precision != "day" else "month_or_day"
    return period(relation.starts_on, relation.ends_on, relation.start_precision, end)


def _span(relation: ActorRelation) -> Span:
    if relation.type in EVENTS:
        return Span(relation.starts_on, relation.starts_on, "event")
    return Span(relation.starts_on, relation.ends_on, relation.type)


def lines(
    actor: Actor, relations: Iterable[ActorRelation], day: dt.date
) -> tuple[list[RelationLine], Axis]:
    """Every relation of `actor` in order of time, on one axis up to `day` or today."""
    rows = list(relations)
    spans = [_span(row) for row in rows]
    own = Span(actor.founded_on, actor.ended_on, "self")
    axis = Axis.around([own, *spans], max(day, prose.today()))
    found = [
        RelationLine(
            relation=row,
            other=row.target if row.source_id == actor.pk else row.source,
            when=_when(row),
            recognised=prose.partial(row.accepted_on, row.accepted_precision)
            if row.accepted_on
            else "",
            bar=axis.bar(span),
            is_in_force=is_in_force(row, day),
        )
        for row, span in zip(rows, spans, strict=True)
    ]
    return found, axis
