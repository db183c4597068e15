"""A draft is given up by its author or an editor, is kept, and can be taken up again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditEntry
from incidents import workflow
from incidents.duplicates import candidates, sighting_of
from incidents.models import Incident
from incidents.workflow import TransitionRefused
from tests import make
from tests.desk import signed_in
from tests.desk.tools import Tool, token_of
from tests.desk.verbs import do, in_review, page, status_of

pytestmark = pytest.mark.django_db
REASON = "Entered twice."


def discarded(which: Incident) -> Incident:
    return workflow.discard(which, by=make.ed(), at=timezone.now(), reason=REASON)


def test_a_contributor_discards_their_own_draft_and_takes_it_up_again(client):
    ana = signed_in(client, make.ana())
    which = make.incident(author=make.ana())

    do(ana, which, "discard", reason=REASON)
    assert status_of(which) == "discarded"

    do(ana, which, "take_up")
    assert status_of(which) == "draft"
    verbs = AuditEntry.objects.filter(object_id=which.public_id).order_by("pk")
    assert [(entry.verb, entry.by) for entry in verbs] == [("discard", "ana"), ("take_up", "ana")]
    assert verbs[0].detail["reason"] == REASON


def test_a_discarded_draft_is_out_of_every_list_and_its_number_still_leads_to_it(client):
    rita = signed_in(client, make.rita())
    gone, near = discarded(make.incident()), make.incident()
    author = signed_in(Client(), make.ed())

    lists = [author.get(reverse("desk:mine")), rita.get(reverse("desk:queue"))]
    for answer in lists:
        assert near.public_id in answer.content.decode()
        assert gone.public_id not in answer.content.decode()
    assert gone not in [one.incident for one in candidates(sighting_of(near), by=make.rita())]
    stone = author.get(reverse("desk:incident", args=[gone.public_id]))
    assert stone.status_code == 403
    assert "take it up again" in stone.content.decode()
    shown = page(rita, gone).content.decode()
    assert REASON in shown
    assert "Take up again" in shown


def test_a_discarded_draft_says_all_that_it_said_when_it_is_taken_up():
    which = make.incident()
    make.part(which)
    before = Tool(token_of(make.ed())).read(which.public_id).json()["incident"]

    workflow.take_up(discarded(which), by=make.ed(), at=timezone.now())

    assert Tool(token_of(make.ed())).read(which.public_id).json()["incident"] == before


def test_a_discarded_draft_is_changed_by_no_way(ed):
    which = discarded(make.incident())
    tool = Tool(token_of(make.ed()))
    answer = tool.read(which.public_id)

    tool.replace(which.public_id, answer.json()["incident"], answer["ETag"], 409)
    tool.submit(which.public_id, answer["ETag"], 409)
    saved = ed.post(
        reverse("desk:autosave", args=[which.public_id]), {"edition": which.edition, "title": "X"}
    )
    assert "saved" not in saved.json()
    assert status_of(which) == "discarded"


@pytest.mark.parametrize("verb", ["submit", "verify", "publish", "merge", "split", "assign"])
def test_no_other_verb_reaches_a_discarded_draft(verb):
    which = discarded(make.incident())

    assert workflow.why_not(verb, which, make.person("ada", Role.ADMINISTRATOR))


def test_only_drafts_are_discarded_and_never_without_a_reason():
    with pytest.raises(TransitionRefused, match="is in review"):
        discarded(in_review())
    with pytest.raises(TransitionRefused, match="the reason is empty"):
        workflow.discard(make.incident(), by=make.ed(), at=timezone.now(), reason=" ")


def test_somebody_elses_draft_is_out_of_a_contributors_reach(client):
    which = make.incident()

    answer = do(signed_in(client, make.ana()), which, "discard", reason=REASON)

    assert answer.status_code == 404
    assert status_of(which) == "draft"
