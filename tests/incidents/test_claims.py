"""What a group claims, as the page of the group tells it."""

import pytest

from incidents.columns import select
from incidents.context import claims_by
from incidents.models import ClaimOfResponsibility
from incidents.questions import IncidentQuestion
from tests import make

pytestmark = pytest.mark.django_db


def claimed(day: str, by: str = "jnim", taking_part: str = "jnim"):
    which = make.incident(day=day)
    make.part(which, make.actor(taking_part).slug)
    if by:
        ClaimOfResponsibility.objects.create(incident=which, claimant=make.actor(by))
    return make.through_the_door(which)


def claims_of(actor: str) -> list[tuple[str, str]]:
    found = claims_by(actor, select(IncidentQuestion({"actor": actor})))
    return [(row.incident.public_id, row.claim["claimant"]) for row in found]


def test_claims_of_the_group_alone_are_told_the_newest_incident_first():
    first, last = claimed("2022-07-01"), claimed("2022-07-05")
    claimed("2022-07-03", by="ansaru")
    claimed("2022-07-04", by="")

    assert claims_of("jnim") == [(last.public_id, "jnim"), (first.public_id, "jnim")]


def test_an_old_claim_is_found_behind_newer_incidents_without_one(monkeypatch):
    monkeypatch.setattr("incidents.context.READ_FIRST", 1)
    old = claimed("2022-07-01")
    for day in ("2022-07-02", "2022-07-03"):
        claimed(day, by="")

    assert claims_of("jnim") == [(old.public_id, "jnim")]


def test_one_more_than_is_shown_tells_that_there_are_others(monkeypatch):
    monkeypatch.setattr("incidents.context.MOST_CLAIMS", 1)
    for day in ("2022-07-01", "2022-07-02", "2022-07-03"):
        claimed(day)

    assert len(claims_of("jnim")) == 2
