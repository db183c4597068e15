"""Two people on one row: nobody overwrites what they have not seen."""

import threading

import pytest
from django.db import connections
from django.test import Client

from accounts.models import AuditEntry
from actors.models import Actor, ActorAlias
from regions.models import Membership
from tests import make
from tests.desk import signed_in
from tests.reference.forms import typed

PATH = "/desk/actors/jnim/"


@pytest.mark.django_db
def test_a_stale_form_is_shown_beside_what_is_stored_and_writes_nothing(ed):
    make.actor("jnim", status="active")
    mine = ed.get(PATH)
    ed.post(PATH, typed(ed.get(PATH), status="dormant"))

    answer = ed.post(PATH, typed(mine, status="merged"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert Actor.objects.get().status == "dormant"
    assert "<td>dormant</td>" in page
    assert "<td>merged</td>" in page
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_whoever_has_seen_the_conflict_may_put_theirs_over_it(ed):
    make.actor("jnim", status="active")
    mine = ed.get(PATH)
    ed.post(PATH, typed(ed.get(PATH), status="dormant"))
    shown = ed.post(PATH, typed(mine, status="merged"))

    answer = ed.post(PATH, typed(shown))

    assert answer.status_code == 302
    assert Actor.objects.get().status == "merged"
    assert [entry.detail["changed"]["status"] for entry in AuditEntry.objects.order_by("pk")] == [
        {"from": "active", "to": "dormant"},
        {"from": "dormant", "to": "merged"},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("edition", ["", "0" * 20, "x"])
def test_a_change_without_the_right_edition_is_a_conflict(ed, edition):
    make.actor("jnim")

    answer = ed.post(PATH, typed(ed.get(PATH), status="dormant", edition=edition))

    assert answer.status_code == 409


@pytest.mark.django_db
def test_a_name_that_came_by_another_way_is_a_conflict_too(ed):
    jnim = make.actor("jnim")
    mine = ed.get(PATH)
    make.alias(jnim, "GSIM", "fr")

    assert ed.post(PATH, typed(mine, status="dormant")).status_code == 409


@pytest.mark.django_db
def test_a_relation_changed_from_the_other_actor_is_a_conflict(ed):
    make.relation(make.actor("jnim"), make.actor("aqim"), "supports", "2019-01-01")
    mine = ed.get(PATH)
    ed.post(
        "/desk/actors/aqim/", typed(ed.get("/desk/actors/aqim/"), **{"relations_in-0-note": "x"})
    )

    assert ed.post(PATH, typed(mine, **{"relations_out-0-note": "y"})).status_code == 409


@pytest.mark.django_db
def test_a_row_that_somebody_removed_meanwhile_is_named(ed):
    alias = make.alias(make.actor("jnim"), "GSIM", "fr")
    mine = ed.get(PATH)
    alias.delete()

    answer = ed.post(PATH, typed(mine, **{"aliases-0-name": "G.S.I.M."}))

    assert answer.status_code == 409
    assert "G.S.I.M." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_four_editors_at_once_lose_no_name():
    """Each adds names to one actor and, refused as stale, reads again and repeats."""
    make.actor("jnim")
    editors = [make.person(f"editor{n}", "editor") for n in range(4)]
    rounds, stale = 5, []

    def work(person):
        mine = signed_in(Client(), person)
        for number in range(rounds):
            while True:
                page = mine.get(PATH)
                last = page.context["bound"].parts[0][1].initial_form_count()
                row = {f"aliases-{last}-name": f"{person.username} {number}",
                       f"aliases-{last}-lang": "en", f"aliases-{last}-kind": "variant"}  # fmt: skip
                answer = mine.post(PATH, typed(page, **row))
                if answer.status_code == 302:
                    break
                stale.append(answer.status_code)
        connections.close_all()

    threads = [threading.Thread(target=work, args=[person]) for person in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ActorAlias.objects.count() == len(editors) * rounds
    assert set(stale) <= {409}
    assert AuditEntry.objects.count() == len(editors) * rounds


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_point_at_each_other_do_not_block(ed):
    """Each saves its actor with a new relation to the other, at the same moment."""
    make.actor("aqim"), make.actor("isgs")
    make.document("report")
    start = threading.Barrier(2)
    codes = []

    def work(mine, other):
        person = signed_in(Client(), make.person(f"of-{mine}", "editor"))
        path = f"/desk/actors/{mine}/"
        rows = {"relations_out-0-target": other, "relations_out-0-type": "supports",
                "relations_out-0-cite": "report"}  # fmt: skip
        data = typed(person.get(path), **rows)
        start.wait()
        codes.append(person.post(path, data).status_code)
        connections.close_all()

    threads = [
        threading.Thread(target=work, args=pair) for pair in (("aqim", "isgs"), ("isgs", "aqim"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(codes) <= {302, 409}
    assert 302 in codes


@pytest.mark.django_db
def test_nothing_else_changed_while_a_conflict_was_shown(ed):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    mine = ed.get("/desk/bodies/ecowas/")
    Membership.objects.update(note="changed elsewhere")
    before = Membership.objects.values().get()

    ed.post("/desk/bodies/ecowas/", typed(mine, **{"memberships-0-ends_on": "2025-01-28"}))

    assert Membership.objects.values().get() == before
