"""Each verb as a page: what it asks, says and does."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from incidents import workflow
from incidents.models import (
    Assignment,
    DeskNotice,
    Incident,
    PublishedIncident,
    ReviewComment,
)
from incidents.workflow import TransitionRefused
from tests import make
from tests.desk import signed_in
from tests.desk.verbs import do, in_review, page, status_of

pytestmark = pytest.mark.django_db


# Return, comment, mention


def test_a_returned_incident_tells_its_author_why(client):
    which = in_review()

    do(signed_in(client, make.rita()), which, "send_back", reason="The toll needs a source.")

    assert status_of(which) == "draft"
    signed_in(client, make.ed())
    edit = client.get(reverse("desk:incident", args=[which.public_id])).content.decode()
    assert "The toll needs a source." in edit
    assert "The toll needs a source." in page(client, which).content.decode()
    queue = client.get(reverse("desk:queue")).content.decode()
    assert "returned your incident" in queue
    assert "The toll needs a source." in queue


def test_a_return_without_a_reason_changes_nothing(client):
    which = in_review()

    answer = do(signed_in(client, make.rita()), which, "send_back", reason="  ")

    assert answer.status_code == 400
    assert status_of(which) == "in_review"


def test_a_mention_is_a_row_in_that_persons_queue_until_it_is_done(client):
    which, _ = in_review(), make.rita()
    do(signed_in(client, make.ed()), which, "comment", text="@rita, is B2 right? mail a@b.org")
    signed_in(client, make.rita())

    assert "is B2 right?" in client.get(reverse("desk:queue")).content.decode()
    client.post(reverse("desk:notice-read", args=[DeskNotice.objects.get().pk]))

    assert "is B2 right?" not in client.get(reverse("desk:queue")).content.decode()
    assert [n.recipient.username for n in DeskNotice.objects.all()] == ["rita"]


def test_nobody_marks_another_persons_notice_as_read(client):
    which, _ = in_review(), make.rita()
    workflow.comment(which, "@rita please look", by=make.ed(), at=timezone.now())

    signed_in(client, make.ed()).post(
        reverse("desk:notice-read", args=[DeskNotice.objects.get().pk])
    )

    assert DeskNotice.objects.get().read_at is None


@pytest.mark.parametrize("name", ["nobody", "rae", "chadwatch"])
def test_a_mention_of_somebody_who_cannot_see_the_incident_is_refused(client, name):
    make.rae()
    make.person("chadwatch", Role.REVIEWER, countries=["TCD"])
    which = in_review(iso3="MLI")

    answer = do(signed_in(client, make.ed()), which, "comment", text=f"Ask @{name}.")

    assert answer.status_code == 409
    assert f"@{name}" in answer.content.decode()
    assert not ReviewComment.objects.exists()


def test_comments_never_reach_the_record(client):
    which = make.published()
    workflow.comment(which, "zanzibar-token only for us", by=make.ed(), at=timezone.now())
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Wording.")

    for path in (f"/incidents/{which.public_id}/", f"/api/v1/incidents/{which.public_id}/versions/",
                 "/api/v1/incidents/changes/?since=0"):  # fmt: skip
        assert "zanzibar-token" not in client.get(path, follow=True).content.decode()


# Verify, publish, correct


def test_verify_and_publish_take_what_was_read_and_nothing_newer(client):
    which = in_review()
    signed_in(client, make.rita())
    Incident.objects.filter(pk=which.pk).update(edition=2)

    answer = client.post(
        reverse("desk:deed", args=[which.public_id, "verify"]), {"edition": which.edition}
    )

    assert answer.status_code == 409
    assert "was saved since you opened it" in answer.content.decode()
    assert status_of(which) == "in_review"


def test_a_reviewer_verifies_and_publishes(client):
    which = in_review()
    signed_in(client, make.rita())

    do(client, which, "verify")
    answer = do(client, which, "publish")

    assert answer.status_code == 302
    assert PublishedIncident.objects.current().get().public_id == which.public_id
    assert client.get(f"/incidents/{which.public_id}/", follow=True).status_code == 200


def test_publishing_twice_makes_one_version(client):
    which = in_review()
    signed_in(client, make.rita())
    do(client, which, "verify")

    do(client, which, "publish")
    again = do(client, which, "publish")

    assert again.status_code == 409
    assert PublishedIncident.objects.count() == 1


def test_a_correction_is_public_in_both_languages(client):
    which = make.published()
    Incident.objects.filter(pk=which.pk).update(title="Attack at Kati garrison")
    signed_in(client, make.rita())

    do(client, which, "correct", notice="Place named.", notice_fr="Lieu précisé.")
    client.logout()
    path = PublishedIncident.objects.current().get()
    url = reverse("incidents:detail", args=[path.public_id, path.slug])

    english = client.get(url).content.decode()
    french = client.get(url, headers={"accept-language": "fr"}).content.decode()
    versions = client.get(f"/api/v1/incidents/{which.public_id}/versions/").json()["results"]
    feed = client.get("/api/v1/incidents/changes/?since=0").json()["results"]

    assert "Place named." in english
    assert "Lieu précisé." in french
    assert "Attack at Kati garrison" in english
    assert (versions[1]["notice"], versions[1]["notice_fr"]) == ("Place named.", "Lieu précisé.")
    assert feed[-1]["notice_fr"] == "Lieu précisé."


def test_a_correction_without_a_notice_is_refused(client):
    which = make.published()

    answer = do(signed_in(client, make.rita()), which, "correct", notice="")

    assert answer.status_code == 400
    assert PublishedIncident.objects.count() == 1


def test_whoever_wrote_the_change_does_not_publish_the_correction():
    which = make.published()
    AuditEntry.objects.create(
        at=timezone.now(), by="rita", verb="save", noun="incident", object_id=which.public_id
    )

    with pytest.raises(TransitionRefused, match=r"rita changed .* somebody else must correct it"):
        workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Toll.")

    other = make.person("remi", Role.REVIEWER)
    assert workflow.correct(which, by=other, at=timezone.now(), notice="Toll.").revision == 2


def test_withdrawing_says_its_consequences_and_leaves_a_tombstone(client):
    which = make.published()
    signed_in(client, make.rita())
    address = reverse("desk:deed", args=[which.public_id, "withdraw"])

    assert "This cannot be undone" in client.get(address).content.decode()
    do(client, which, "withdraw", reason="not_confirmed")

    assert client.get(f"/incidents/{which.public_id}/").status_code == 410


def test_merging_asks_for_a_number_that_the_person_may_see_and_shows_both(client):
    goes, stays = make.published(), make.published(place="Kita")
    signed_in(client, make.rita())

    wrong = do(client, goes, "merge", into="0000000000")
    itself = do(client, goes, "merge", into=goes.public_id)
    right = do(client, goes, "merge", into=stays.public_id.lower())

    assert (wrong.status_code, itself.status_code) == (400, 400)
    assert "0000000000" in wrong.content.decode()
    assert right["location"] == reverse("desk:join", args=[goes.public_id, stays.public_id])
    client.post(right["location"], {"notice": "One event, told twice."})
    answer = client.get(f"/incidents/{goes.public_id}/")
    assert (answer.status_code, answer["location"]) == (301, f"/incidents/{stays.public_id}/")
    current = PublishedIncident.objects.current().get(public_id=stays.public_id)
    assert current.notice == "One event, told twice."


def test_splitting_begins_linked_drafts_without_figures(client):
    which = make.published()
    make.part(which)
    make.estimate(which, is_preferred=True)

    do(signed_in(client, make.ed()), which, "split", titles="Attack at Kati camp\n\nAmbush at Kati")

    drafts = Incident.objects.filter(links_out__target=which, links_out__relation="split_of")
    assert {row.title for row in drafts} == {"Attack at Kati camp", "Ambush at Kati"}
    for row in drafts:
        assert row.editorial_status == "draft"
        assert row.citations.count() == 1
        assert row.locations.filter(is_primary=True).count() == 1
        assert not row.estimates.exists()
    assert status_of(which) == "published"


def test_assigning_tells_the_person_and_can_be_undone(client):
    which = in_review()
    signed_in(client, make.ed())
    make.rita()

    do(client, which, "assign", to="rita")

    assert Assignment.objects.get().assignee == make.rita()
    assert DeskNotice.objects.get().kind == "assigned"
    do(client, which, "assign", to="")
    assert not Assignment.objects.exists()
