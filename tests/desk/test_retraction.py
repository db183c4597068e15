"""What a withdrawal reaches: the neighbours of an incident, and their past."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents import workflow
from incidents.models import (
    Incident,
    IncidentLink,
    PublishedIncident,
    RecordHead,
)
from tests import make

pytestmark = pytest.mark.django_db


def linked(*, title: str) -> tuple[Incident, Incident]:
    """Two public incidents that name each other; the second has an older version that does too."""
    first, second = make.incident(title=title), make.incident(place="Kita", title="Attack at Kita")
    IncidentLink.objects.create(source=first, target=second, relation="same_day_coordinated")
    make.through_the_door(first)
    make.through_the_door(second)
    workflow.correct(second, by=make.rita(), at=timezone.now(), notice="Wording.")
    return first, second


def said_of(which: Incident, **more) -> str:
    rows = PublishedIncident.objects.filter(public_id=which.public_id, **more)
    return str([row.payload for row in rows])


def test_a_withdrawn_incident_leaves_no_title_with_its_neighbours():
    gone, stays = linked(title="Attack token bilby")
    assert "bilby" in said_of(stays, valid_to=None)

    workflow.withdraw(gone, by=make.rita(), at=timezone.now(), reason="not_confirmed")

    assert "bilby" not in said_of(stays, valid_to=None)
    assert "bilby" in said_of(stays, version=2)  # the past stays answerable
    current = PublishedIncident.objects.current().get()
    assert (current.public_id, current.version, current.status) == (
        stays.public_id, 3, "corrected",
    )  # fmt: skip
    head = RecordHead.objects.get()
    assert (head.seq, head.listed) == (PublishedIncident.objects.count(), 1)


@pytest.mark.parametrize("how", ["withdraw", "raise"])
def test_protecting_people_empties_the_past_of_the_neighbours_too(how, client):
    gone, stays = linked(title="Attack token bilby")
    now = timezone.now()

    if how == "withdraw":
        workflow.withdraw(gone, by=make.rita(), at=now, reason="safety")
    else:
        workflow.raise_sensitivity(gone, "restricted", reason="Asked.", by=make.ed(), at=now)

    assert "bilby" not in said_of(stays) + said_of(gone)
    feed = client.get("/api/v1/incidents/changes/?since=0").content.decode()
    history = client.get(f"/api/v1/incidents/{stays.public_id}/versions/").content.decode()
    assert "bilby" not in feed + history


def test_a_neighbour_is_told_anew_as_the_record_has_it_not_as_the_desk_does():
    gone, stays = linked(title="Attack at Kati")
    Incident.objects.filter(pk=stays.pk).update(title="Nobody has reviewed this title")

    workflow.withdraw(gone, by=make.rita(), at=timezone.now(), reason="out_of_scope")

    assert PublishedIncident.objects.current().get().title == "Attack at Kita"


def test_a_link_shows_the_public_title_not_the_one_at_the_desk():
    first, second = linked(title="Attack at Kati")
    Incident.objects.filter(pk=first.pk).update(title="Nobody has reviewed this title")

    workflow.correct(second, by=make.rita(), at=timezone.now(), notice="Wording.")

    assert "Nobody has reviewed" not in said_of(second)


def test_the_record_still_refuses_any_other_change_of_an_older_version():
    _gone, stays = linked(title="Attack at Kati")
    older = PublishedIncident.objects.get(public_id=stays.public_id, version=1)

    for payload in ({**older.payload, "title": "x"}, {**older.payload, "links": [{"id": "x"}]}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            PublishedIncident.objects.filter(pk=older.pk).update(payload=payload)
