"""Two editors of one incident: yours beside theirs, and the version that comes of both."""

import dataclasses

import pytest
from django.utils import timezone

from incidents import drafting
from incidents.drafting import DraftParty
from tests import make
from tests.desk.entering import page, sent_by, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(ed):
    """An incident with two parties, both with ids, as two editors open it."""
    incident = make.incident(author=make.ed(), summary="As it was.")
    make.part(incident, "jnim", "perpetrator")
    make.part(incident, "fama", "target")
    make.actor("iswap")
    # The first save fills in what the builder left open.
    ed.post(address(incident), sent_by(ed.get(address(incident))))
    incident.refresh_from_db()
    return incident


def address(incident):
    return f"/desk/incidents/{incident.public_id}/"


def theirs(incident, **changes):
    """Rita saves `changes` of the draft while Ed's page is open."""
    incident.refresh_from_db()
    draft = dataclasses.replace(drafting.read(incident), **changes)
    drafting.save(
        incident.public_id, draft, by=make.rita(), at=timezone.now(), edition=incident.edition
    )


def chosen(answer):
    """What the page of two versions has ticked beforehand, as a browser would send it."""
    values = sent_by(answer)
    ticked = {f"choice-{one.key}": one.chosen for one in answer.context["differences"]}
    return values | ticked


def test_what_each_changed_is_chosen_beforehand_and_nothing_is_saved_yet(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    theirs(shared, title="Assault on a base at Kati")

    answer = ed.post(address(shared), mine | {"summary": "As I know it."})

    assert answer.status_code == 409
    found = {one.key: one.chosen for one in answer.context["differences"]}
    assert found == {"title": "theirs", "summary": "yours"}
    shared.refresh_from_db()
    assert shared.summary == "As it was."

    assert ed.post(f"{address(shared)}compare/", chosen(answer)).status_code == 302
    shared.refresh_from_db()
    assert (shared.title, shared.summary) == ("Assault on a base at Kati", "As I know it.")


def test_both_additions_are_kept(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    parties = drafting.read(shared).parties
    theirs(shared, parties=(*parties, DraftParty(actor="iswap", role="accused")))
    added = {"parties-count": "3", "parties-2-actor_text": "unidentified gunmen"}

    answer = ed.post(address(shared), mine | added)
    done = ed.post(f"{address(shared)}compare/", chosen(answer))

    assert done.status_code == 302, wrong(done)
    names = [str(p.actor or p.actor_text) for p in shared.participations.all()]
    assert sorted(names) == ["FAMA", "ISWAP", "JNIM", "unidentified gunmen"]


def test_a_row_that_they_removed_and_you_left_alone_goes(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    theirs(shared, parties=drafting.read(shared).parties[:1])

    answer = ed.post(address(shared), mine | {"summary": "As I know it."})
    done = ed.post(f"{address(shared)}compare/", chosen(answer))

    assert done.status_code == 302, wrong(done)
    assert [p.actor.slug for p in shared.participations.all()] == ["jnim"]


def test_a_row_that_both_changed_waits_for_your_choice(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    parties = drafting.read(shared).parties
    changed = dataclasses.replace(parties[0], attribution="suspected")
    theirs(shared, parties=(changed, parties[1]))

    answer = ed.post(address(shared), mine | {"parties-0-attribution": "disputed"})
    (one,) = answer.context["differences"]
    assert "disputed" in one.yours
    assert "suspected" in one.theirs

    pick = {f"choice-{one.key}": "theirs"}
    assert ed.post(f"{address(shared)}compare/", chosen(answer) | pick).status_code == 302
    kept = {p.actor.slug: p.attribution for p in shared.participations.all()}
    assert kept["jnim"] == "suspected"


def test_a_third_version_in_between_is_compared_too(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    theirs(shared, title="Second title")
    answer = ed.post(address(shared), mine | {"summary": "As I know it."})
    theirs(shared, title="Third title")

    again = ed.post(f"{address(shared)}compare/", chosen(answer))

    assert again.status_code == 409
    assert "Third title" in page(again)
    assert "As I know it." in page(again)


def test_the_same_words_twice_are_no_conflict(ed, shared):
    mine = sent_by(ed.get(address(shared)))
    theirs(shared, summary="The same words.")
    shared.refresh_from_db()
    edition = shared.edition

    answer = ed.post(address(shared), mine | {"summary": "The same words."})

    assert answer.status_code == 302
    shared.refresh_from_db()
    assert (shared.summary, shared.edition) == ("The same words.", edition)
