"""Class and embargo rise freely and fall only with a second person and a reason."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from incidents import workflow
from incidents.models import (
    Incident,
    PublishedIncident,
    SensitivityProposal,
)
from incidents.workflow import TransitionRefused
from tests import make
from tests.desk import signed_in
from tests.desk.verbs import do, in_review

pytestmark = pytest.mark.django_db


def test_the_class_rises_at_once_and_falls_only_with_a_second_person(client):
    which = in_review()
    signed_in(client, make.ed())

    do(client, which, "raise_sensitivity", to="restricted", reason="The place is recognisable.")
    do(client, which, "propose_lower", to="public", reason="The ministry named the town.")
    alone = do(client, which, "agree_lower")
    which.refresh_from_db()

    assert (which.sensitivity, which.disclosure) == ("restricted", "country_month")
    assert alone.status_code == 409
    do(signed_in(client, make.rita()), which, "agree_lower")
    which.refresh_from_db()
    assert (which.sensitivity, which.disclosure) == ("public", "full")


def test_nobody_agrees_to_their_own_proposal():
    which = in_review(sensitivity="restricted")
    now = timezone.now()
    workflow.propose_lower(which, "public", reason="Named by the army.", by=make.rita(), at=now)

    with pytest.raises(TransitionRefused, match="a second person must decide"):
        workflow.agree_lower(which, by=make.rita(), at=now)
    assert SensitivityProposal.objects.get().decided_by is None


def test_raising_the_class_of_a_public_incident_empties_what_readers_had(client):
    which = make.published(title="Attack at Kati", summary="Token quokka.")
    make.through_the_door(make.incident(place="Kita"))
    shown_at = PublishedIncident.objects.get(public_id=which.public_id).valid_from

    workflow.raise_sensitivity(
        which, "restricted", reason="Relatives asked.", by=make.ed(), at=timezone.now()
    )

    rows = PublishedIncident.objects.filter(public_id=which.public_id).order_by("seq")
    assert [row.is_listed for row in rows] == [False, True]
    assert "quokka" not in str([row.payload for row in rows])
    assert "Kati" not in str([row.payload for row in rows])
    assert rows[1].payload["is_withheld"]
    assert not PublishedIncident.objects.as_of(shown_at).filter(public_id=which.public_id).exists()
    assert client.get(f"/incidents/{which.public_id}/", follow=True).status_code == 200


def test_a_public_incident_becomes_confidential_only_by_withdrawal():
    which = make.published()

    with pytest.raises(TransitionRefused, match="withdraw it to protect people"):
        workflow.raise_sensitivity(
            which, "confidential", reason="Relatives asked.", by=make.ed(), at=timezone.now()
        )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sensitivity": "confidential"}, "It is confidential"),
        ({"sensitivity": "restricted"}, "either a second person agrees"),
    ],
)
def test_publish_fails_closed_for_a_protected_class(values, said):
    which = in_review(**values)
    workflow.verify(which, by=make.rita(), at=timezone.now())

    with pytest.raises(TransitionRefused, match=said):
        workflow.publish(which, by=make.rita(), at=timezone.now())
    assert not PublishedIncident.objects.exists()


def test_publish_fails_closed_under_embargo_whatever_the_clock_of_the_web_server_says(client):
    soon = timezone.now() + dt.timedelta(hours=1)
    which = in_review()
    workflow.extend_embargo(which, soon, by=make.ed(), at=timezone.now())
    workflow.verify(which, by=make.rita(), at=timezone.now())

    for now in (timezone.now(), soon + dt.timedelta(minutes=5)):
        with pytest.raises(TransitionRefused, match="The embargo runs until"):
            workflow.publish(which, by=make.rita(), at=now)
    Incident.objects.update(editorial_status="draft", reviewed_by=None, reviewed_at=None)
    workflow.publish_many(Incident.objects.all(), by=make.rita(), at=soon + dt.timedelta(hours=1))

    assert not PublishedIncident.objects.exists()
    assert client.get(f"/incidents/{which.public_id}/").status_code == 404


def test_publish_works_from_the_moment_the_embargo_ends():
    which = in_review()
    workflow.verify(which, by=make.rita(), at=timezone.now())
    Incident.objects.update(embargo_until=timezone.now() - dt.timedelta(seconds=1))

    workflow.publish(which, by=make.rita(), at=timezone.now())

    assert PublishedIncident.objects.count() == 1


def test_an_embargo_is_extended_freely_and_shortened_by_a_second_person_with_a_reason(client):
    which = in_review()
    now = timezone.now()
    signed_in(client, make.ed())

    do(client, which, "extend_embargo", until=f"{now + dt.timedelta(days=2):%Y-%m-%dT%H:%M}")
    shorter = do(
        client, which, "extend_embargo", until=f"{now + dt.timedelta(days=1):%Y-%m-%dT%H:%M}"
    )
    lifted_alone = do(client, which, "lift_embargo", reason="Over.")

    assert (shorter.status_code, lifted_alone.status_code) == (409, 409)
    do(signed_in(client, make.rita()), which, "lift_embargo", reason="The convoy has arrived.")
    which.refresh_from_db()
    assert which.embargo_until is None
    entry = AuditEntry.objects.get(verb="lift_embargo")
    assert entry.detail["reason"] == "The convoy has arrived."
    assert entry.detail["changed"]["embargo_until"]["to"] is None
