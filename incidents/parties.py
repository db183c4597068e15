"""Whether two incidents name the same actors, by slug, by lineage, or by a shared name."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from actors.choices import ActorKind, RelationType
from actors.lineage import lineage
from actors.models import Actor, ActorAlias, ActorRelation
from incidents.models import Participation

FORCES = (ActorKind.STATE_FORCE, ActorKind.INTERNATIONAL_FORCE)
NAMELESS = ActorKind.UNIDENTIFIED
# Sources name a branch or the whole that it belongs to.
BELONGING = (
    RelationType.COMPONENT_OF, RelationType.AFFILIATE_OF, RelationType.PLEDGED_ALLEGIANCE_TO
)  # fmt: skip


@dataclass(frozen=True)
class Party:
    """An actor of one incident, as far as it helps to compare."""

    pk: int
    name: str
    kind: str

    @property
    def is_force(self) -> bool:
        return self.kind in FORCES


@dataclass(frozen=True)
class Shared:
    """What the actors of two incidents say: which is the same, or akin, or only the army.

    `known` is False where one side names nobody: then actors say nothing. `is_other` where both
    name groups and none is the same or akin.
    """

    known: bool = False
    same: str = ""
    akin: str = ""
    force: str = ""
    is_other: bool = False


@dataclass(frozen=True)
class Family:
    """The actors of a sighting and those that they go back to or share a name with."""

    own: tuple[Party, ...] = ()
    akin: dict[int, str] = field(default_factory=dict)

    def shared_with(self, others: Collection[Party]) -> Shared:
        """How the actors of another incident relate to these."""
        if not self.own or not others:
            return Shared()
        mine = {party.pk for party in self.own}
        groups = [party for party in others if not party.is_force]
        same = next((p.name for p in groups if p.pk in mine), "")
        akin = next((p.name for p in groups if p.pk in self.akin), "")
        force = next((p.name for p in others if p.is_force and p.pk in mine), "")
        both = bool(groups) and any(not party.is_force for party in self.own)
        return Shared(
            known=both or bool(same or akin or force),
            same=same,
            akin=akin,
            force=force,
            is_other=both and not same and not akin,
        )


def family_of(slugs: Iterable[str]) -> Family:
    """The actors behind `slugs` with their kin. Unidentified parties are like nobody."""
    rows = list(Actor.objects.filter(slug__in=list(slugs)).exclude(kind=NAMELESS))
    own = tuple(Party(row.pk, str(row), row.kind) for row in rows)
    akin: dict[int, str] = {}
    for row in rows:
        if row.kind not in FORCES:
            akin |= {node.pk: str(node) for node in lineage(row).nodes}
    belonging = ActorRelation.objects.filter(Q(source__in=rows) | Q(target__in=rows))
    for link in belonging.filter(type__in=BELONGING).select_related("source", "target"):
        akin |= {link.source.pk: str(link.source), link.target.pk: str(link.target)}
    keys = ActorAlias.objects.filter(actor__in=rows).values("search_key")
    namesakes = Actor.objects.filter(aliases__search_key__in=keys).exclude(kind=NAMELESS)
    akin |= {row.pk: str(row) for row in namesakes.distinct()}
    return Family(own, {pk: name for pk, name in akin.items() if pk not in {p.pk for p in own}})


def parties_of(incidents: Collection[int]) -> defaultdict[int, list[Party]]:
    """The named actors of each incident, by its key; one query."""
    found: defaultdict[int, list[Party]] = defaultdict(list)
    rows = Participation.objects.filter(incident__in=incidents, actor__isnull=False)
    for row in rows.exclude(actor__kind=NAMELESS).select_related("actor"):
        if row.actor is not None:
            found[row.incident_id].append(Party(row.actor.pk, str(row.actor), row.actor.kind))
    return found
