"""What was published before claimants could be asked for is published anew, never rewritten."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from exchange import checksum
from incidents import renewing
from incidents.models import ClaimOfResponsibility, Incident, PublishedIncident
from tests import make

pytestmark = pytest.mark.django_db
BEFORE = timezone.now() - dt.timedelta(days=30)


def of_old(day="2022-07-22", authenticity="unverified"):
    """A published version as the earlier rule wrote it: the claim is told, the claimant is not."""
    which = make.incident(day=day)
    make.part(which, "katiba")
    ClaimOfResponsibility.objects.create(
        incident=which, claimant=make.actor("jnim"), authenticity=authenticity
    )
    made = make.through_the_door(which, at=BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE incidents_publishedincident DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE incidents_publishedincident SET actor_roles = '{katiba:perpetrator}'"
            " WHERE public_id = %s",
            [made.public_id],
        )
        cursor.execute("ALTER TABLE incidents_publishedincident ENABLE TRIGGER USER")
    return made


def claimed(client):
    found = client.get("/api/v1/incidents/?actor=jnim&role=claimant").json()
    return {one["id"] for one in found["results"]}


def test_a_new_version_has_the_claimant_and_the_old_one_stays_as_it_was(client):
    old = of_old()
    frozen = checksum.of_record(as_of=BEFORE)
    assert claimed(client) == set()

    call_command("renew", by=make.rita().username, verbosity=0)

    assert claimed(client) == {old.public_id}
    first, second = PublishedIncident.objects.filter(public_id=old.public_id).order_by("version")
    assert first.actor_roles == ["katiba:perpetrator"]
    assert second.notice.startswith("Whoever claims this incident")
    assert checksum.of_record(as_of=BEFORE) == frozen
    assert not renewing.outdated().exists()


def test_what_the_desk_has_changed_since_is_left_to_a_reviewer():
    old = of_old()
    Incident.objects.filter(pk=old.pk).update(title="Not reviewed yet")

    done = renewing.renew(by=make.rita(), at=timezone.now())

    assert (done.written, done.edited) == (0, [old.public_id])
    assert not PublishedIncident.objects.filter(title="Not reviewed yet").exists()


def test_a_rejected_claim_makes_nobody_a_claimant():
    of_old(authenticity="rejected")

    assert not renewing.outdated().exists()


def test_only_a_reviewer_does_it():
    of_old()

    with pytest.raises(CommandError, match="reviewer"):
        call_command("renew", by=make.ana().username)
    with pytest.raises(CommandError, match="Nobody is called ghost"):
        call_command("renew", by="ghost")
