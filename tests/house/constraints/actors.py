"""Actors: names, lineage, presence, designations, contributions."""

from typing import Any

from actors.models import ActorAlias, ActorDesignation, ActorPresence, ActorRelation, Contribution
from regions.models import Mission
from tests import make
from tests.house.constraints.regions import mission
from tests.house.constraints.registry import BACKWARDS, EARLY, LATE, case, change, twice


@case("actor_kind_known")
def _() -> None:
    make.actor(kind="gang")


@case("actor_inter_known")
def _() -> None:
    make.actor(acled_inter=9)


@case("actor_state_force_has_home")
def _() -> None:
    make.actor(kind="state_force")


@case("actor_founded_before_ended")
def _() -> None:
    make.actor(founded_on=LATE, ended_on=EARLY)


@case("actor_slug_is_immutable")
def _() -> None:
    change(make.actor(), slug="other")


@case("alias_unique_key")
def _() -> None:
    make.alias(make.actor(), "Ançar Dine")
    make.alias(make.actor(), "ANCAR-DINE")


@case("alias_period_ordered")
def _() -> None:
    make.alias(make.actor(), "x", **BACKWARDS)


@case("alias_key_not_empty")
def _() -> None:
    ActorAlias.objects.bulk_create(
        [ActorAlias(actor=make.actor(), name="’", lang="en", kind="full", search_key="")]
    )


def relation(type: str = "merged_into", **more: Any) -> ActorRelation:
    values = {"source": make.actor("a"), "target": make.actor("b"), "type": type} | more
    return ActorRelation.objects.create(**values)


@case("relation_not_to_self")
def _() -> None:
    relation("supports", target=make.actor("a"))


@case("relation_unique_start")
def _() -> None:
    relation("supports", starts_on=EARLY, ends_on=EARLY)
    relation("supports", starts_on=EARLY, ends_on=EARLY)


@case("relation_symmetric_stored_once")
def _() -> None:
    first, second = make.actor("a"), make.actor("b")
    relation("rival_of", source=second, target=first)


@case("relation_period_ordered")
def _() -> None:
    relation("supports", **BACKWARDS)


@case("relation_no_overlap")
def _() -> None:
    relation("supports", starts_on=EARLY)
    relation("supports", starts_on=LATE)


@case("relation_lineage_acyclic")
def _() -> None:
    relation("merged_into", source=make.actor("a"), target=make.actor("b"))
    relation("renamed_to", source=make.actor("b"), target=make.actor("c"))
    relation("successor_of", source=make.actor("a"), target=make.actor("c"))


def presence(**more: Any) -> ActorPresence:
    values = {"actor": make.actor(), "country": make.country(), "kind": "operates"} | more
    return ActorPresence.objects.create(**values)


@case("presence_country_or_area")
def _() -> None:
    presence(country=None)


@case("presence_period_ordered")
def _() -> None:
    presence(**BACKWARDS)


@case("presence_no_overlap")
def _() -> None:
    twice(presence)


def designation(**more: Any) -> None:
    ActorDesignation.objects.create(actor=make.actor(), authority="UN", list_name="1267", **more)


@case("designation_period_ordered")
def _() -> None:
    designation(**BACKWARDS)


@case("designation_no_overlap")
def _() -> None:
    twice(designation)


def contribution(**more: Any) -> None:
    where = Mission.objects.filter(slug="m").first() or mission()
    Contribution.objects.create(**{"mission": where, "role": "troops"} | more)


@case("contribution_country_or_actor")
def _() -> None:
    contribution(country=make.country(), actor=make.actor())


@case("contribution_period_ordered")
def _() -> None:
    contribution(country=make.country(), **BACKWARDS)


@case("contribution_strength_positive")
def _() -> None:
    contribution(country=make.country(), strength=0, strength_kind="planned")


@case("contribution_country_no_overlap")
def _() -> None:
    twice(lambda: contribution(country=make.country()))


@case("contribution_actor_no_overlap")
def _() -> None:
    twice(lambda: contribution(actor=make.actor()))
