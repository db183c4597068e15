"""Changes of reference rows: written whole and audited, or refused whole and in words."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from actors.models import Actor, ActorRelation
from regions.models import Membership
from sources.models import Source
from tests import make
from tests.desk import signed_in
from tests.reference.forms import errors, typed

pytestmark = pytest.mark.django_db
ROW = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "Ançar Dine", "aliases-0-lang": "fr",
       "aliases-0-kind": "variant"}  # fmt: skip


def last_entry():
    return AuditEntry.objects.latest("pk")


def new_actor(ed, **more):
    page = ed.get("/desk/actors/new/")
    values = {"name": "Ansar Dine", "kind": "armed_group", "status": "active"}
    return ed.post("/desk/actors/new/", typed(page, **values | more))


def test_a_new_actor_is_stored_with_its_names_and_audited(ed):
    answer = new_actor(ed, founded_on="2011-11", **ROW)

    actor = Actor.objects.get()
    entry = last_entry()
    assert answer["Location"] == "/desk/actors/ansar-dine/"
    assert (actor.founded_on, actor.founded_precision) == (dt.date(2011, 11, 1), "month")
    assert actor.created_by == make.ed()
    assert actor.aliases.get().search_key == "ancar dine"
    assert (entry.by, entry.verb, entry.noun, entry.object_id) == (
        "ed", "create", "actor", "ansar-dine",
    )  # fmt: skip
    assert entry.detail["changed"]["name"] == {"from": None, "to": "Ansar Dine"}


def test_an_edit_is_audited_with_the_old_and_the_new_value(ed):
    make.actor("jnim", status="active")
    page = ed.get("/desk/actors/jnim/")

    ed.post("/desk/actors/jnim/", typed(page, status="dormant"))

    assert last_entry().verb == "edit"
    assert last_entry().detail["changed"] == {"status": {"from": "active", "to": "dormant"}}


def test_saving_what_was_not_changed_writes_nothing(ed):
    make.alias(make.actor("jnim"), "GSIM", "fr")
    page = ed.get("/desk/actors/jnim/")
    before = Actor.objects.values().get()

    ed.post("/desk/actors/jnim/", typed(page))

    assert Actor.objects.values().get() == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2012", dt.date(2012, 1, 1), "year"),
        ("2012-Q3", dt.date(2012, 7, 1), "quarter"),
        ("2012-06", dt.date(2012, 6, 1), "month"),
        ("2012-06-21", dt.date(2012, 6, 21), "day"),
        ("", None, "unknown"),
    ],
)
def test_as_much_of_a_date_is_kept_as_is_known(ed, text, day, precision):
    new_actor(ed, founded_on=text)

    actor = Actor.objects.get()
    assert (actor.founded_on, actor.founded_precision) == (day, precision)


def test_a_date_that_was_not_touched_keeps_the_day_behind_its_precision(ed):
    make.actor("jnim", founded_on="2017-03-02", founded_precision="year")
    page = ed.get("/desk/actors/jnim/")

    ed.post("/desk/actors/jnim/", typed(page, status="dormant"))

    assert Actor.objects.get().founded_on == dt.date(2017, 3, 2)


def test_an_end_is_the_last_day_that_it_can_mean(ed):
    new_actor(ed, founded_on="2011", ended_on="2017-03")

    assert Actor.objects.get().ended_on == dt.date(2017, 3, 31)


def test_bad_input_is_named_and_nothing_typed_is_lost(ed):
    answer = new_actor(ed, founded_on="last spring", home_country="Atlantis", **ROW)

    assert answer.status_code == 422
    assert "last spring" in errors(answer)["founded_on"]
    assert "Atlantis" in errors(answer)["home_country"]
    assert typed(answer)["founded_on"] == "last spring"
    assert typed(answer)["aliases-0-name"] == "Ançar Dine"
    assert not Actor.objects.exists()


def test_a_row_that_the_database_refuses_undoes_the_whole_change(ed):
    make.actor("jnim")
    again = {f"aliases-1-{name.rpartition('-')[2]}": v for name, v in ROW.items() if "-0-" in name}

    answer = new_actor(ed, **ROW | again | {"aliases-TOTAL_FORMS": "2",
                                            "aliases-1-name": "ANCAR-DINE"})  # fmt: skip

    assert answer.status_code == 422
    assert "already" in errors(answer)["aliases-1-name"]
    assert [actor.slug for actor in Actor.objects.all()] == ["jnim"]
    assert not AuditEntry.objects.exists()


def test_a_refused_new_row_can_be_mended_and_sent_again(ed):
    make.actor("ansar-dine")
    refused = new_actor(ed, **ROW)
    mended = ed.post("/desk/actors/new/", typed(refused, slug="ansar-dine-2"))

    assert "already" in errors(refused)["slug"]
    assert mended.status_code == 302
    assert Actor.objects.get(slug="ansar-dine-2").aliases.count() == 1


def test_sending_a_new_row_twice_makes_one(ed):
    new_actor(ed)
    again = new_actor(ed)

    assert again.status_code == 422
    assert Actor.objects.count() == 1


def membership_rows(**rows):
    return {f"memberships-{name}": value for name, value in rows.items()}


def test_overlapping_memberships_are_refused_with_the_period_that_is_there(ed):
    body = make.body("ecowas")
    make.membership(body, "MLI", "1975-05-28", "2025-01-28")
    make.citation(body, "treaty")
    page = ed.get("/desk/bodies/ecowas/")
    new = {"1-country": "Mali [MLI]", "1-status": "member", "1-starts_on": "2024-01-01",
           "1-cite": "treaty"}  # fmt: skip

    answer = ed.post("/desk/bodies/ecowas/", typed(page, **membership_rows(**new)))

    said = errors(answer)["memberships-1-starts_on"]
    assert "28 May 1975 to 28 January 2025" in said
    assert "end the earlier row first" in said


def test_closing_one_membership_and_opening_the_next_is_one_change(ed):
    body = make.body("ecowas")
    make.membership(body, "MLI", "1975-05-28")
    make.citation(body, "treaty")
    page = ed.get("/desk/bodies/ecowas/")
    rows = {"0-ends_on": "2025-01-28", "1-country": "MLI", "1-status": "member",
            "1-starts_on": "2025-01-29", "1-cite": "treaty"}  # fmt: skip

    answer = ed.post("/desk/bodies/ecowas/", typed(page, **membership_rows(**rows)))

    assert answer.status_code == 302
    assert Membership.objects.count() == 2


def test_a_membership_may_move_into_days_that_another_leaves_in_the_same_change(ed):
    body = make.body("ecowas")
    make.membership(body, "MLI", "2000-01-01", "2009-12-31")
    make.membership(body, "MLI", "2010-01-01", "2019-12-31")
    page = ed.get("/desk/bodies/ecowas/")
    rows = {"0-ends_on": "2014-12-31", "1-starts_on": "2015-01-01"}

    answer = ed.post("/desk/bodies/ecowas/", typed(page, **membership_rows(**rows)))

    assert answer.status_code == 302


def test_a_lineage_that_would_run_in_a_circle_is_refused_at_the_other_actor(ed):
    old, new = make.actor("old"), make.actor("new")
    make.relation(old, new, "merged_into", "2017-03-02")
    make.document("report")
    page = ed.get("/desk/actors/old/")
    rows = {"relations_in-0-source": "new", "relations_in-0-type": "merged_into",
            "relations_in-0-cite": "report"}  # fmt: skip

    answer = ed.post("/desk/actors/old/", typed(page, **rows))

    assert "circle" in errors(answer)["relations_in-0-source"]


def test_a_rivalry_is_stored_once_whichever_side_types_it(ed):
    make.actor("aqim"), make.actor("isgs")
    make.document("report")
    page = ed.get("/desk/actors/isgs/")
    rows = {"relations_out-0-target": "aqim", "relations_out-0-type": "rival_of",
            "relations_out-0-starts_on": "2019", "relations_out-0-cite": "report"}  # fmt: skip

    answer = ed.post("/desk/actors/isgs/", typed(page, **rows))

    assert answer.status_code == 302
    assert ActorRelation.objects.get().source.slug == "aqim"


def test_a_new_relation_must_say_who_says_so(ed):
    make.actor("aqim"), make.actor("isgs")
    page = ed.get("/desk/actors/isgs/")
    rows = {"relations_out-0-target": "aqim", "relations_out-0-type": "supports"}

    answer = ed.post("/desk/actors/isgs/", typed(page, **rows))

    assert "document" in errors(answer)["relations_out-0-cite"]


def test_the_last_source_of_a_relation_cannot_be_taken_away(ed):
    relation = make.relation(make.actor("a"), make.actor("b"), "supports", "2019-01-01")
    cited = make.citation(relation)
    page = ed.get("/desk/actors/a/")

    answer = ed.post("/desk/actors/a/", typed(page, **{"relations_out-0-uncite": [str(cited.pk)]}))

    assert "relations_out-0-cite" in errors(answer)
    assert relation.citations.count() == 1


def test_a_source_added_to_a_row_is_in_the_audit(ed):
    relation = make.relation(make.actor("a"), make.actor("b"), "supports", "2019-01-01")
    make.document("report")
    page = ed.get("/desk/actors/a/")
    rows = {"relations_out-0-cite": "report", "relations_out-0-credibility": "3",
            "relations_out-0-locator": "p. 4"}  # fmt: skip

    ed.post("/desk/actors/a/", typed(page, **rows))

    path = f"relations_out/{relation.pk}/sources"
    assert last_entry().detail["changed"] == {path: {"from": [], "to": ["report B3 p. 4"]}}
    assert last_entry().detail["rows"][f"relations_out/{relation.pk}"] == "A supports B"


def test_a_removed_row_is_audited_with_everything_that_it_held(ed):
    alias = make.alias(make.actor("jnim"), "GSIM", "fr")
    page = ed.get("/desk/actors/jnim/")

    ed.post("/desk/actors/jnim/", typed(page, **{"aliases-0-DELETE": "on"}))

    gone = last_entry().detail["changed"][f"aliases/{alias.pk}"]
    assert (gone["from"]["name"], gone["to"]) == ("GSIM", None)


def test_a_name_that_several_rows_answer_is_not_guessed(ed):
    for slug in ("shabaab-som", "shabaab-moz"):
        make.alias(make.actor(slug), "Al-Shabaab")
    make.actor("x"), make.document("report")
    page = ed.get("/desk/actors/x/")
    rows = {"relations_out-0-target": "al shabaab", "relations_out-0-type": "supports",
            "relations_out-0-cite": "report"}  # fmt: skip

    answer = ed.post("/desk/actors/x/", typed(page, **rows))

    said = errors(answer)["relations_out-0-target"]
    assert "[shabaab-som]" in said
    assert "[shabaab-moz]" in said


def test_the_address_of_a_row_cannot_be_changed_afterwards(ed):
    Source.objects.create(slug="daily", name="Daily", kind="news", reliability="B")
    page = ed.get("/desk/sources/daily/")

    ed.post("/desk/sources/daily/", typed(page, slug="other", name="The Daily"))

    assert Source.objects.get().slug == "daily"


def test_columns_outside_the_form_are_never_written(ed):
    make.actor("jnim")
    page = ed.get("/desk/actors/jnim/")

    ed.post("/desk/actors/jnim/", typed(page, dataset="ucdp", uuid="x", created_by="1", slug="y"))

    assert Actor.objects.values_list("dataset", "slug", "created_by").get() == (
        "vigil", "jnim", None,
    )  # fmt: skip


def scoped(client, *countries):
    person = make.person("Mara", "editor")
    type(person).objects.filter(pk=person.pk).update(countries=list(countries))
    person.refresh_from_db()
    return signed_in(client, person)


def test_an_editor_of_one_country_does_not_change_the_membership_of_another(client):
    body = make.body("ecowas")
    make.membership(body, "NER", "1975-05-28")
    mara = scoped(client, "MLI")
    page = mara.get("/desk/bodies/ecowas/")

    answer = mara.post(
        "/desk/bodies/ecowas/", typed(page, **{"memberships-0-ends_on": "2025-01-28"})
    )

    assert "covers MLI" in errors(answer)[""]
    assert Membership.objects.get().ends_on is None


def test_an_editor_of_one_country_changes_the_membership_of_that_one(client):
    make.membership(make.body("ecowas"), "MLI", "1975-05-28")
    mara = scoped(client, "MLI")
    page = mara.get("/desk/bodies/ecowas/")

    mara.post("/desk/bodies/ecowas/", typed(page, **{"memberships-0-ends_on": "2025-01-28"}))

    assert Membership.objects.get().ends_on == dt.date(2025, 1, 28)


def test_a_row_cannot_be_moved_into_the_scope(client):
    make.country("MLI"), make.membership(make.body("ecowas"), "NER", "1975-05-28")
    mara = scoped(client, "MLI")
    page = mara.get("/desk/bodies/ecowas/")

    answer = mara.post("/desk/bodies/ecowas/", typed(page, **{"memberships-0-country": "MLI"}))

    assert answer.status_code == 422


def test_names_of_an_actor_are_about_the_countries_of_the_actor(client):
    make.actor("jnim").countries.add(make.country("MLI"), make.country("NER"))
    make.actor("shabaab").countries.add(make.country("SOM"))
    mara = scoped(client, "MLI")

    codes = [
        mara.post(f"/desk/actors/{slug}/", typed(mara.get(f"/desk/actors/{slug}/"), **ROW))
        for slug in ("jnim", "shabaab")
    ]

    assert [answer.status_code for answer in codes] == [302, 422]
