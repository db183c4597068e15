"""Who an actor goes back to, on a day.

An older actor is a *predecessor* of a newer one where its organisation went over:

- it `merged_into` or was `renamed_to` the newer one, or the newer one is its `successor_of`;
- it is a *founding component*: it became `component_of` the newer one on the newer one's founding
  day (JNIM was formed on 2 March 2017 by groups of which some kept their own name).

A later `component_of` is not lineage: a group that joins, and may leave, does not make the larger
one any older. `split_from` is an origin, not a predecessor: the parent went on by itself, so its
acts are not those of the group that left. `lineage` shows origins, `predecessors` leaves them out.

Where only a part went over (`scope`, as AQIM's Sahara branch into JNIM), that actor is named, and
the walk stops there: what the whole had been before is not the newer group's past.

A relation counts on a day if it began on or before it; undated ones count always. Both functions
cost one query, whatever the depth: the relation table is small. Whoever asks both passes the
`edges` of the day, and pays once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.choices import RelationType
from actors.models import Actor, ActorRelation

FORWARD = (RelationType.MERGED_INTO, RelationType.RENAMED_TO)
BACKWARD = (RelationType.SUCCESSOR_OF, RelationType.SPLIT_FROM)
LINEAGE_TYPES = (*FORWARD, *BACKWARD, RelationType.COMPONENT_OF)


@dataclass(frozen=True)
class Edge:
    """`older` went over into `newer`, or, where not `is_predecessor`, `newer` split from it.

    `relation` is the stored row: type, dates with precision, `accepted_on`, scope, confidence.
    """

    older: Actor
    newer: Actor
    relation: ActorRelation
    is_predecessor: bool

    @property
    def is_partial(self) -> bool:
        """Only a part of the older actor went over."""
        return bool(self.relation.scope)


@dataclass(frozen=True)
class Lineage:
    """The actors around one actor and the edges between them, oldest first.

    `depth` of a node: 0 for the actor itself, 1 for what it came from directly, -1 for what came
    out of it.
    """

    actor: Actor
    nodes: list[Actor]
    edges: list[Edge]
    depth: dict[int, int]


def _edge(row: ActorRelation) -> Edge | None:
    """The row as an edge from older to newer; None for a component that only joined later."""
    source, target = row.source, row.target
    if row.type in FORWARD:
        return Edge(source, target, row, True)
    if row.type == RelationType.SUCCESSOR_OF:
        return Edge(target, source, row, True)
    if row.type == RelationType.SPLIT_FROM:
        return Edge(target, source, row, False)
    founded = target.founded_on is not None and row.starts_on == target.founded_on
    return Edge(source, target, row, True) if founded else None


def edges_on(on: dt.date | None) -> list[Edge]:
    """Which actors had gone over into which by the day (now, if None), oldest relation first."""
    rows = ActorRelation.objects.filter(type__in=LINEAGE_TYPES)
    rows = rows.select_related("source", "target").order_by("starts_on", "pk")
    began = (row for row in rows if on is None or row.starts_on is None or row.starts_on <= on)
    return [edge for edge in map(_edge, began) if edge is not None]


def _existed(actor: Actor, on: dt.date | None) -> bool:
    return on is None or actor.founded_on is None or actor.founded_on <= on


def _walk_back(actor: Actor, edges: Iterable[Edge]) -> tuple[dict[int, int], set[int]]:
    """Steps back to every actor that `edges` reach, and the actors that were gone through.

    An actor of which only a part went over is reached, but not gone through.
    """
    into: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        into[edge.newer.pk].append(edge)
    depth, passed, queue = {actor.pk: 0}, {actor.pk}, [actor.pk]
    while queue:
        here = queue.pop(0)
        for edge in into[here]:
            depth.setdefault(edge.older.pk, depth[here] + 1)
            if not edge.is_partial and edge.older.pk not in passed:
                passed.add(edge.older.pk)
                queue.append(edge.older.pk)
    return depth, passed


def predecessors(
    actor: Actor, *, on: dt.date | None = None, edges: Sequence[Edge] | None = None
) -> list[Actor]:
    """Actors whose organisation had gone over into `actor` by `on` (now, if None), nearest first.

    Empty for a day before `actor` was founded.
    """
    if not _existed(actor, on):
        return []
    edges = [edge for edge in (edges_on(on) if edges is None else edges) if edge.is_predecessor]
    depth, _passed = _walk_back(actor, edges)
    found = {edge.older.pk: edge.older for edge in edges if edge.older.pk in depth}
    found.pop(actor.pk, None)
    return sorted(found.values(), key=lambda older: (depth[older.pk], older.slug))


def lineage(
    actor: Actor, on: dt.date | None = None, *, edges: Sequence[Edge] | None = None
) -> Lineage:
    """Everything `actor` came from, origins of splits included, and what came out of it directly.

    Before its founding day the actor stands alone.
    """
    if not _existed(actor, on):
        edges = []
    elif edges is None:
        edges = edges_on(on)
    depth, passed = _walk_back(actor, edges)
    for edge in edges:
        if edge.older.pk == actor.pk:
            depth.setdefault(edge.newer.pk, -1)
    near = [edge for edge in edges if edge.newer.pk in passed or edge.older.pk == actor.pk]
    nodes = {actor.pk: actor}
    for edge in near:
        nodes |= {edge.older.pk: edge.older, edge.newer.pk: edge.newer}
    ordered = sorted(nodes.values(), key=lambda node: (-depth[node.pk], node.slug))
    return Lineage(actor, ordered, near, {pk: depth[pk] for pk in nodes})
