"""The drawing beside the form shows what is typed, saved or not."""

import pytest

from actors.models import Actor
from regions.models import Membership
from tests import make
from tests.reference.forms import typed

pytestmark = pytest.mark.django_db


def lanes(answer):
    return {lane.label: lane for lane in answer.context["drawing"].lanes}


def test_a_typed_membership_is_drawn_before_it_is_stored(ed):
    make.country("MLI"), make.body("aes")
    rows = {"memberships-0-country": "Mali [MLI]", "memberships-0-status": "member",
            "memberships-0-starts_on": "2023-09-16"}  # fmt: skip
    page = ed.get("/desk/bodies/aes/")

    answer = ed.post("/desk/bodies/aes/preview/", typed(page, **rows))

    assert "since 16 September 2023" in lanes(answer)["Mali"].note
    assert '<rect class="span member"' in answer.content.decode()
    assert not Membership.objects.exists()


def test_rows_that_overlap_are_marked_while_editing(ed):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    rows = {"memberships-1-country": "MLI", "memberships-1-status": "member",
            "memberships-1-starts_on": "2024-01-01"}  # fmt: skip
    page = ed.get("/desk/bodies/ecowas/")

    answer = ed.post("/desk/bodies/ecowas/preview/", typed(page, **rows))

    assert "overlap" in lanes(answer)["Mali"].caution


def test_a_row_to_be_removed_is_not_drawn(ed):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    page = ed.get("/desk/bodies/ecowas/")

    answer = ed.post("/desk/bodies/ecowas/preview/", typed(page, **{"memberships-0-DELETE": "on"}))

    assert lanes(answer) == {}


def test_the_lineage_of_a_new_actor_is_drawn_over_the_life_of_the_other(ed):
    make.actor("aqim", founded_on="2007-01-24", founded_precision="day")
    rows = {"name": "JNIM", "kind": "armed_group", "founded_on": "2017-03",
            "relations_in-0-source": "AQIM", "relations_in-0-type": "merged_into",
            "relations_in-0-starts_on": "2017-03-02"}  # fmt: skip
    page = ed.get("/desk/actors/new/")

    answer = ed.post("/desk/actors/new/preview/", typed(page, **rows))

    drawn = lanes(answer)["AQIM merged into JNIM"]
    assert drawn.note == "2 March 2017"
    assert [bar.kind for bar in drawn.bars] == ["other", "event"]
    assert Actor.objects.count() == 1


def test_what_cannot_be_read_yet_is_left_out_and_breaks_nothing(ed):
    make.body("ecowas")
    rows = {"memberships-0-country": "nowhere", "memberships-0-starts_on": "soon",
            "memberships-TOTAL_FORMS": "many"}  # fmt: skip
    page = ed.get("/desk/bodies/ecowas/")

    assert ed.post("/desk/bodies/ecowas/preview/", typed(page, **rows)).status_code == 200


def test_without_a_script_a_button_shows_the_drawing_and_keeps_what_is_typed(ed):
    make.country("MLI"), make.body("aes")
    rows = {"memberships-0-country": "MLI", "memberships-0-status": "member",
            "memberships-0-starts_on": "2023-09-16", "preview": "1"}  # fmt: skip
    page = ed.get("/desk/bodies/aes/")

    answer = ed.post("/desk/bodies/aes/", typed(page, **rows))

    assert "Mali" in lanes(answer)
    assert typed(answer)["memberships-0-starts_on"] == "2023-09-16"
    assert not Membership.objects.exists()


def test_one_more_row_keeps_what_is_typed_in_the_others(ed):
    page = ed.get("/desk/actors/new/")

    answer = ed.post("/desk/actors/new/", typed(page, **{"aliases-0-name": "x", "more": "aliases"}))

    assert typed(answer)["aliases-TOTAL_FORMS"] == "2"
    assert typed(answer)["aliases-0-name"] == "x"


@pytest.mark.parametrize(
    ("path", "make_one"),
    [("missions", "mission"), ("campaigns", "campaign"), ("bodies", "body"), ("actors", "actor")],
)
def test_every_drawing_holds_the_thing_itself_or_says_that_nothing_is_dated(ed, path, make_one):
    answer = ed.get(f"/desk/{path}/new/")

    assert answer.context["drawing"] is not None
