"""What changed, when and by whom: the desk field by field, the record side by side, in public."""

import dataclasses

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.choices import Role
from incidents import drafting, workflow
from incidents.desk.trail import trail
from incidents.differences import in_words
from incidents.models import Incident, PublishedIncident
from incidents.preview import preview
from incidents.versions import Change, changes
from tests import make
from tests.desk import signed_in

pytestmark = pytest.mark.django_db


def saved(which: Incident, by=None, **changes) -> Incident:
    """The incident with some fields of its draft changed, as the form saves them."""
    which.refresh_from_db()
    draft = dataclasses.replace(drafting.read(which), **changes)
    return drafting.save(
        which.public_id, draft, by=by or make.ed(), at=timezone.now(), edition=which.edition
    )


def corrected() -> Incident:
    """Published, changed by Ed, corrected by Rita."""
    which = make.published(title="Attack at Kati", weapons=["firearms"])
    saved(which, title="Attack at Kati camp", weapons=("firearms", "drone"))
    return workflow.correct(
        which, by=make.rita(), at=timezone.now(), notice="Place named.", notice_fr="Lieu précisé."
    )


def test_the_trail_tells_every_verb_and_every_field_with_both_values():
    which = corrected()

    events = trail(which)

    assert [event.verb for event in events] == [
        "correct", "save", "publish", "verify", "submit",
    ]  # fmt: skip
    assert [event.by for event in events] == ["rita", "ed", "rita", "rita", "ed"]
    save = {change.label: (change.removed, change.added) for change in events[1].changes}
    assert save["title"] == (["Attack at Kati"], ["Attack at Kati camp"])
    assert save["weapons"] == ([], ["drone"])


def test_the_audit_entry_of_a_verb_holds_the_status_before_and_after():
    which = make.published()

    events = {event.verb: event for event in trail(which)}

    changes_ = {change.label: change for change in events["publish"].changes}
    assert (changes_["status"].removed, changes_["status"].added) == (["verified"], ["published"])


def test_a_save_of_one_figure_tells_the_figure_and_not_its_id(client):
    which = make.incident()
    make.estimate(which, low=1, best=1, high=1)
    draft = drafting.read(which)
    saved(which, harm=(dataclasses.replace(draft.harm[0], best=3, high=4),))
    signed_in(client, make.ed())

    text = client.get(reverse("desk:history", args=[which.public_id])).content.decode()

    assert "Figures by source: best estimate" in text
    assert draft.harm[0].id not in text


def test_two_versions_stand_side_by_side(client):
    which = corrected()
    signed_in(client, make.rita())

    answer = client.get(
        reverse("desk:history", args=[which.public_id]), {"left": "1", "right": "2"}
    )

    compared = {row.label: (row.removed, row.added) for row in answer.context["compared"]}
    assert compared["title"] == (["Attack at Kati"], ["Attack at Kati camp"])
    assert compared["weapons"] == ([], ["drone"])


def test_the_desk_stands_beside_the_record_before_a_correction(client):
    which = make.published(title="Attack at Kati")
    saved(which, title="Attack at Kati camp")
    signed_in(client, make.rita())

    history = client.get(reverse("desk:history", args=[which.public_id])).context["compared"]
    review = client.get(reverse("desk:review", args=[which.public_id])).context["unpublished"]
    deed = client.get(reverse("desk:deed", args=[which.public_id, "correct"]))

    assert (["Attack at Kati"], ["Attack at Kati camp"]) in [(r.removed, r.added) for r in history]
    assert history == review == deed.context["unpublished"]
    assert PublishedIncident.objects.current().get().title == "Attack at Kati"


def test_a_version_that_does_not_exist_is_named(client):
    which = make.published()
    signed_in(client, make.rita())

    answer = client.get(reverse("desk:history", args=[which.public_id]), {"left": "7"})

    assert answer.status_code == 400
    assert "7 is no version of this incident" in answer.content.decode()


def test_a_draft_has_no_version_but_its_trail(client):
    which = make.incident()
    signed_in(client, make.ed())

    text = client.get(reverse("desk:history", args=[which.public_id])).content.decode()

    assert "It is not in the record yet." in text


def test_a_preview_says_what_publication_will_say():
    which = make.incident(killed_low=1, killed_best=1, killed_high=2)
    make.part(which)
    make.estimate(which, is_preferred=True)
    make.through_the_door(which)
    published = PublishedIncident.objects.get().payload
    which.refresh_from_db()

    shown = preview(which, timezone.now()).payload

    assert changes(published, shown) == []
    assert set(published) == set(shown)


def test_a_withheld_incident_is_previewed_without_its_place():
    which = make.incident(sensitivity="restricted", disclosure="country_month")

    assert "Kati" not in str(preview(which, timezone.now()).payload)


# In public


def test_the_public_page_tells_what_changed_field_by_field_in_both_languages(client):
    which = corrected()
    path = f"/incidents/{which.public_id}/"

    english = client.get(path, follow=True).content.decode()
    french = client.get(path, follow=True, headers={"accept-language": "fr"}).content.decode()

    for text in (
        "Place named.",
        "Attack at Kati</del>",
        "Attack at Kati camp</ins>",
        "drone</ins>",
    ):
        assert text in english
    assert "Lieu précisé." in french
    assert "Place named." not in french


def test_a_notice_without_french_is_read_in_english_by_everybody(client):
    which = make.published()
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Toll corrected.")

    french = client.get(
        f"/incidents/{which.public_id}/", follow=True, headers={"accept-language": "fr"}
    )

    assert "Toll corrected." in french.content.decode()


def test_the_public_history_of_an_emptied_past_says_nothing_of_it(client):
    which = make.published(title="Attack at Kati", summary="Token numbat.")
    workflow.raise_sensitivity(
        which, "restricted", reason="Relatives asked.", by=make.ed(), at=timezone.now()
    )

    for path in (
        f"/incidents/{which.public_id}/",
        f"/api/v1/incidents/{which.public_id}/versions/",
        "/api/v1/incidents/changes/?since=0",
    ):
        text = client.get(path, follow=True).content.decode()
        assert "numbat" not in text
        assert "Kati" not in text
        assert "Relatives asked" not in text


def test_differences_leave_out_what_both_lists_share():
    old = [{"publisher": "AFP", "grade": "B2"}, {"publisher": "Reuters", "grade": "B2"}]
    new = [{"publisher": "AFP", "grade": "B2"}, {"publisher": "MINUSMA", "grade": "A2"}]

    [found] = in_words([Change("sources", old, new)])

    assert (found.removed, found.added) == (["Reuters [B2]"], ["MINUSMA [A2]"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("attribution", "suspected", "confirmed"), (["suspected"], ["confirmed"])),
        (Change("date.start", "2022-07-21", "2022-07-22"), (["21 July 2022"], ["22 July 2022"])),
        (Change("harm.killed.best", None, 1200), ([], ["1,200"])),
        (Change("is_suicide", False, True), (["no"], ["yes"])),
        (Change("location.latitude", 12.7, 12.75), (["12.7"], ["12.75"])),
    ],
)
def test_values_are_told_in_words(change, said):
    [found] = in_words([change])

    assert (found.removed, found.added) == said


def test_values_are_told_in_the_readers_language():
    with translation.override("fr"):
        [found] = in_words([Change("attribution", "unknown", "confirmed")])

    assert found.added == ["confirmée"]


def test_contributors_read_the_history_of_their_own_incidents_only(client):
    own, other = make.incident(author=make.ana()), make.incident()
    signed_in(client, make.person("ana", Role.CONTRIBUTOR))

    assert client.get(reverse("desk:history", args=[own.public_id])).status_code == 200
    assert client.get(reverse("desk:history", args=[other.public_id])).status_code == 404


def test_an_imported_incident_says_why_nothing_was_done_at_the_desk(client):
    which = make.incident()
    rows = Incident.objects.filter(pk=which.pk)
    workflow.publish_many(rows, by=make.rita(), at=timezone.now())

    page = signed_in(client, make.rita()).get(f"/desk/incidents/{which.public_id}/history/")

    assert "it came with an import" in " ".join(page.content.decode().split())
