"""A minus sign before every term asks for none of them, on page, API and in words."""

import pytest

from incidents.filters import IncidentFilter
from tests import make

pytestmark = pytest.mark.django_db


def question(**asked):
    return IncidentFilter(asked)


@pytest.fixture
def three():
    """Mali by JNIM, Niger claimed by JNIM, Kenya by Al-Shabaab."""
    cast = (
        ("MLI", "jnim", "perpetrator", ["military"]),
        ("NER", "jnim", "claimant", ["market", "military"]),
        ("KEN", "al-shabaab", "perpetrator", []),
    )
    for iso3, slug, role, targets in cast:
        which = make.incident(iso3=iso3, targets=targets)
        make.part(which, slug, role, attribution="unknown", claim_status="unknown")
        make.through_the_door(which)


def found(**asked):
    return {row.country for row in question(**asked).qs}


def test_excluded_terms_leave_out_every_incident_that_has_one(three):
    assert found(country="-MLI,-NER") == {"KEN"}
    assert found(target="-market") == {"MLI", "KEN"}
    assert found(target="-market,-military") == {"KEN"}
    assert found(actor="-jnim") == {"KEN"}


def test_a_role_may_be_left_out_of_an_actor(three):
    assert found(actor="jnim", role="-claimant") == {"MLI"}
    assert found(actor="-jnim", role="claimant") == {"MLI", "KEN"}


def test_excluded_predecessors_go_with_their_successor(three):
    which = make.incident(iso3="SOM")
    make.part(which, "gspc", attribution="unknown", claim_status="unknown")
    make.through_the_door(which)
    make.relation(make.actor("gspc"), make.actor("jnim"), "merged_into")

    assert found(actor="-jnim") == {"KEN", "SOM"}
    assert found(actor="-jnim", lineage="true") == {"KEN"}


def test_signs_are_not_mixed(three):
    errors = question(country="MLI,-NER").errors

    assert "MLI,-NER mixes terms" in errors["country"][0]


def test_actors_and_roles_are_not_both_left_out(three):
    assert "not both" in question(actor="-jnim", role="-claimant").errors["role"][0]


def test_an_unknown_term_is_named_without_its_sign(three):
    assert question(country="-XXX").errors["country"][0].startswith("XXX: not known.")


def test_parameters_that_do_not_ask_for_incidents_take_no_minus(three):
    assert "-id: not known" in question(fields="-id").errors["fields"][0]


def test_the_sentence_says_what_is_left_out(three):
    assert question(country="-MLI,-NER").sentence() == "Incidents not in Mali or Niger"
    assert question(actor="jnim", role="-claimant").sentence() == (
        "Incidents involving JNIM but not as claimant"
    )
    assert question(actor="-jnim", target="-market").sentence() == (
        "Incidents not involving JNIM, not aimed at: market"
    )


def test_the_canonical_query_keeps_the_signs(three):
    assert question(country="-MLI,-NER", limit="10").as_query() == "country=-MLI,-NER"
