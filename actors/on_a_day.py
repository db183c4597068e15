"""Armed groups on one day of world time: which existed, out of what, and what was no more.

Only groups that Vigil's own editors keep: imported ones carry no dates. States' forces, missions of
several states and unidentified parties have no beginning to tell of.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from actors.choices import ActorKind, ActorStatus, RelationType
from actors.lineage import Edge, edges_on
from actors.models import Actor, ActorRelation
from core.dates import last_meant

GROUPS = (
    ActorKind.ARMED_GROUP, ActorKind.SEPARATIST_GROUP, ActorKind.COMMUNAL_MILITIA,
    ActorKind.AUXILIARY_FORCE, ActorKind.PMC, ActorKind.HISTORICAL_GROUP,
)  # fmt: skip
BONDS = (
    RelationType.COMPONENT_OF, RelationType.AFFILIATE_OF, RelationType.PLEDGED_ALLEGIANCE_TO,
)  # fmt: skip
OVER = (ActorStatus.MERGED, ActorStatus.DISSOLVED, ActorStatus.RENAMED)


@dataclass(frozen=True)
class GroupOn:
    """A group on the day.

    `is_start_open`: it was founded in the month or year of the day, and whether before it is not
    known. `is_end_open`: it is no more, and since when is not recorded. `came_from` and `went_into`
    are edges of its lineage by that day, `bonds` relations in force on it.
    """

    actor: Actor
    is_start_open: bool
    is_end_open: bool
    came_from: list[Edge] = field(default_factory=list)
    went_into: list[Edge] = field(default_factory=list)
    bonds: list[ActorRelation] = field(default_factory=list)


@dataclass(frozen=True)
class Groups:
    """Groups by what is known of them on the day."""

    existing: list[GroupOn]
    # No more today, and nothing says whether they still were on the day.
    unsure: list[GroupOn]
    ended: list[GroupOn]
    undated: list[GroupOn]


def groups_on(day: dt.date) -> Groups:
    """Every group that had been founded by `day` or whose founding is not recorded. Three queries:
    groups, lineage, bonds."""
    into: dict[int, list[Edge]] = defaultdict(list)
    out: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges_on(day):
        into[edge.newer.pk].append(edge)
        # Where only a part went over, the whole went on.
        if edge.is_predecessor and not edge.is_partial:
            out[edge.older.pk].append(edge)
    bonds = _bonds(day)
    found = Groups([], [], [], [])
    for actor in Actor.objects.told().curated().filter(kind__in=GROUPS).order_by("name", "pk"):
        if actor.founded_on and actor.founded_on > day:
            continue
        went = [edge for edge in out[actor.pk] if _ends(edge, actor)]
        founded = actor.founded_on and last_meant(actor.founded_on, actor.founded_precision)
        group = GroupOn(
            actor=actor,
            is_start_open=founded is not None and founded > day,
            is_end_open=not went and actor.ended_on is None and actor.status in OVER,
            came_from=into[actor.pk],
            went_into=went,
            bonds=bonds[actor.pk],
        )
        _place(group, day, found)
    return found


def _ends(edge: Edge, actor: Actor) -> bool:
    """Whether the older group is no more since then: founding components may have lived on."""
    began, ended = edge.relation.starts_on, actor.ended_on
    if edge.relation.type == RelationType.COMPONENT_OF:
        return bool(began and ended and ended <= began)
    return True


def _place(group: GroupOn, day: dt.date, found: Groups) -> None:
    actor = group.actor
    if group.went_into or (actor.ended_on and actor.ended_on < day):
        found.ended.append(group)
    elif actor.founded_on is None:
        found.undated.append(group)
    elif group.is_end_open:
        found.unsure.append(group)
    else:
        found.existing.append(group)


def _bonds(day: dt.date) -> dict[int, list[ActorRelation]]:
    rows = ActorRelation.objects.filter(type__in=BONDS, starts_on__lte=day).on(day)
    by_source: dict[int, list[ActorRelation]] = defaultdict(list)
    for row in rows.select_related("target").order_by("starts_on", "pk"):
        by_source[row.source_id].append(row)
    return by_source
