"""Queue and review page: who sees what, what is offered, what only the desk knows."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from incidents import workflow
from incidents.models import (
    PublishedIncident,
)
from incidents.workflow import TransitionRefused
from tests import make
from tests.desk import signed_in
from tests.desk.verbs import do, in_review, page, status_of

pytestmark = pytest.mark.django_db


# Who sees what


@pytest.mark.parametrize("name", ["queue", "review", "history", "deed"])
def test_strangers_are_asked_to_sign_in_and_readers_are_told_why_not(client, name):
    which = in_review()
    arguments = {"queue": [], "deed": [which.public_id, "verify"]}.get(name, [which.public_id])
    path = reverse(f"desk:{name}", args=arguments)

    assert client.get(path).status_code == 302
    assert signed_in(client, make.rae()).get(path).status_code == 403


def test_a_contributor_sees_only_their_own_incidents(client):
    theirs, other = make.incident(author=make.ana(), place="Mopti"), in_review(place="Kati")
    signed_in(client, make.ana())

    listed = client.get(reverse("desk:queue")).content.decode()

    assert "Mopti" in listed
    assert "Kati" not in listed
    assert page(client, theirs).status_code == 200
    assert page(client, other).status_code == 404


def test_an_editor_of_one_country_sees_and_does_nothing_elsewhere(client):
    mali, chad = in_review(iso3="MLI"), in_review(iso3="TCD", place="Mao")
    someone = make.person("chadwatch", Role.REVIEWER, countries=["TCD"])
    signed_in(client, someone)

    assert page(client, mali).status_code == 404
    assert page(client, chad).status_code == 200
    with pytest.raises(TransitionRefused, match=r"edits TCD only; .* happened in Mali"):
        workflow.verify(mali, by=someone, at=timezone.now())


# The queue


def test_the_queue_counts_and_narrows_by_status_country_and_person(client):
    draft, waiting = make.incident(place="Mopti"), in_review(iso3="TCD", place="Mao")
    workflow.assign(waiting, make.rita(), by=make.ed(), at=timezone.now())
    signed_in(client, make.rita())

    def names(**query) -> set[str]:
        answer = client.get(reverse("desk:queue"), query)
        assert answer.status_code == 200
        return {row.title for row in answer.context["page"].rows}

    both = {draft.title, waiting.title}
    assert names() == both
    assert names(status="in_review") == {waiting.title}
    assert names(country="MLI") == {draft.title}
    assert names(show="assigned") == {waiting.title}
    assert names(show="unassigned") == {draft.title}
    assert names(show="mine") == set()
    assert dict(client.get(reverse("desk:queue")).context["numbers"])["in_review"] == 1


def test_the_queue_comes_oldest_first_in_keyset_pages(client, monkeypatch):
    monkeypatch.setattr("incidents.desk.queue.PAGE", 2)
    made = [in_review(place=place) for place in ("Ansongo", "Bandiagara", "Douentza")]
    signed_in(client, make.rita())

    first = client.get(reverse("desk:queue"))
    second = client.get(reverse("desk:queue") + first.context["links"]["next"])

    assert [row.pk for row in first.context["page"].rows] == [made[0].pk, made[1].pk]
    assert [row.pk for row in second.context["page"].rows] == [made[2].pk]


@pytest.mark.parametrize(
    ("query", "said"),
    [({"status": "published"}, "published"), ({"country": "XXX"}, "XXX"), ({"stat": "x"}, "stat")],
)
def test_the_queue_names_what_it_does_not_understand(client, query, said):
    signed_in(client, make.rita())

    answer = client.get(reverse("desk:queue"), query)

    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_public_incident_is_back_in_the_queue_once_the_desk_says_more(client):
    which = make.published()
    make.published(place="Kita")
    AuditEntry.objects.create(
        at=timezone.now(), by="ed", verb="save", noun="incident", object_id=which.public_id
    )
    signed_in(client, make.rita())

    shown = client.get(reverse("desk:queue"), {"show": "changed"}).context["page"].rows

    assert [row.pk for row in shown] == [which.pk]


# One incident


def test_the_page_offers_the_verbs_of_this_person_and_says_why_not_the_others(client):
    which = in_review()

    def offered(person):
        context = page(signed_in(client, person), which).context
        return {choice.deed.verb for choice in context["may"]}, context["may_not"]

    of_reviewer, _ = offered(make.rita())
    of_author, refused = offered(make.ed())

    assert {"verify", "send_back", "assign", "split"} <= of_reviewer
    assert "publish" not in of_reviewer
    assert not {"verify", "send_back", "publish"} & of_author
    why = {choice.deed.verb: " ".join(choice.reasons) for choice in refused}
    assert "ed is editor; “Verify” needs reviewer." in why["verify"]


def test_the_page_shows_the_record_to_be_and_what_only_the_desk_knows(client):
    which = in_review(display_precision="admin1", summary="Shots were heard.")
    make.estimate(which, is_preferred=True)
    signed_in(client, make.rita())

    answer = page(client, which)
    text = answer.content.decode()

    assert answer.context["data"]["location"]["latitude"] is None
    assert "12.745" in text  # the stored point, under "Known at the desk only"
    assert "Shots were heard." in text
    assert "Harm, source by source" in text


def test_reading_the_page_publishes_nothing(client):
    which = in_review()
    signed_in(client, make.rita())

    page(client, which)
    client.get(reverse("desk:deed", args=[which.public_id, "verify"]))

    assert not PublishedIncident.objects.exists()
    assert status_of(which) == "in_review"


@pytest.mark.parametrize("verb", sorted(workflow.BY_VERB))
def test_every_verb_has_a_page_that_says_what_it_does_or_why_not(client, verb):
    which = in_review()
    signed_in(client, make.rita())

    answer = client.get(reverse("desk:deed", args=[which.public_id, verb]))

    assert answer.status_code == 200
    assert bool(answer.context["reasons"]) == bool(workflow.why_not(verb, which, make.rita()))


def test_an_unknown_verb_is_not_found(client):
    signed_in(client, make.rita())

    assert do(client, in_review(), "obliterate").status_code == 404
