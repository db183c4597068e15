"""What is public changes at the desk without changing the record, by those who may."""

import dataclasses

import pytest
from django.utils import timezone

from incidents import drafting, workflow
from incidents.models import HarmEstimate, Incident, IncidentLocation, PublishedIncident
from tests import make
from tests.desk.drafts import entered, kati, refused, saved


def public(**more) -> Incident:
    return make.through_the_door(entered(checked="read", **more))


def test_public_incident_changes_at_the_desk_without_changing_the_record(db):
    incident = public()
    record = list(PublishedIncident.objects.values_list("seq", "title"))
    read = drafting.read(incident)

    changed = saved(incident, dataclasses.replace(read, title="Attack at Kati"))

    assert list(PublishedIncident.objects.values_list("seq", "title")) == record
    workflow.correct(changed, by=make.rita(), at=timezone.now(), notice="Title.")
    assert PublishedIncident.objects.get(valid_to=None).title == "Attack at Kati"


def test_published_figure_is_superseded_never_edited(db):
    incident = public()
    read = drafting.read(incident)
    figure = dataclasses.replace(read.harm[0], best=4)
    old = HarmEstimate.objects.get(uuid=figure.id)

    after = saved(incident, dataclasses.replace(read, harm=(figure, *read.harm[1:])))

    old.refresh_from_db()
    assert (old.best, old.is_preferred) == (1, False)
    assert old.superseded_by.best == 4
    after.refresh_from_db()
    assert after.killed_best == 4
    assert [row.best for row in drafting.read(after).harm if row.population == "all"] == [1, 4]


def test_citation_of_a_published_figure_stays(db):
    incident = public()
    read = drafting.read(incident)
    figure = dataclasses.replace(read.harm[0], citation="army-1", best=2)
    less = dataclasses.replace(
        read, harm=(figure,), citations=read.citations[1:], parties=read.parties[1:]
    )

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(incident, less)

    assert "wire-1" in caught.value.problems["citations"]
    assert incident.citations.count() == 2


def test_public_incident_keeps_a_source_and_a_place(db):
    incident = public()
    read = drafting.read(incident)

    with pytest.raises(drafting.DraftRefused) as caught:
        saved(incident, dataclasses.replace(read, locations=()))

    assert set(caught.value.problems) == {"locations"}
    assert IncidentLocation.objects.filter(incident=incident).exists()


@pytest.mark.parametrize("status", ["verified", "withdrawn"])
def test_what_was_vouched_for_or_is_gone_is_not_changed(db, status):
    incident = entered()
    at = timezone.now()
    workflow.submit(incident, by=make.ed(), at=at)
    workflow.verify(incident, by=make.rita(), at=at)
    if status == "withdrawn":
        workflow.publish(incident, by=make.rita(), at=at)
        workflow.withdraw(incident, by=make.rita(), at=at, reason="not_confirmed")

    with pytest.raises(drafting.EditRefused):
        saved(incident, kati())


def test_contributor_changes_own_drafts_only(db):
    own = drafting.create(kati(), by=make.ana(), at=timezone.now())
    theirs = entered()

    saved(own, dataclasses.replace(drafting.read(own), summary="More."), by=make.ana())
    with pytest.raises(drafting.EditRefused):
        saved(theirs, kati(), by=make.ana())
    workflow.submit(own, by=make.ana(), at=timezone.now())
    own.refresh_from_db()
    with pytest.raises(drafting.EditRefused):
        saved(own, kati(), by=make.ana())


def test_country_scope_holds_for_entering_and_for_moving(db):
    ed = make.ed()
    ed.countries = ["NER"]
    ed.save()
    make.country("NER")
    incident = drafting.create(kati(country="NER"), by=ed, at=timezone.now())

    assert "MLI" in refused(kati())["country"]
    with pytest.raises(drafting.DraftRefused):
        saved(incident, kati(), by=ed)


def test_slug_follows_the_title_until_publication(db):
    incident = entered()
    read = drafting.read(incident)

    renamed = saved(incident, dataclasses.replace(read, title="Attack at Kati"))
    shown = make.through_the_door(renamed)
    again = saved(shown, dataclasses.replace(drafting.read(shown), title="Another title"))

    assert incident.slug == "2022-07-22-attack-on-the-base-at-kati"
    assert again.slug == renamed.slug == "2022-07-22-attack-at-kati"
