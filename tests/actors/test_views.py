"""The pages of armed groups and forces."""

import datetime as dt

import pytest
from django.urls import reverse

from actors.models import ActorDesignation, ActorPresence
from tests import make
from tests.actors.test_lineage import jnim, relate  # noqa: F401

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_the_list_shows_curated_actors_first_and_each_data_set_alone(client):
    make.actor("jnim", name="Group of our own")
    make.actor("ucdp-9", name="An imported faction", dataset="ucdp")

    plain = text(client.get("/actors/"))
    imported = text(client.get("/actors/?dataset=ucdp"))

    assert "Group of our own" in plain
    assert plain.index("Group of our own") < plain.index("An imported faction")
    assert "An imported faction" in imported
    assert "Group of our own" not in imported


def test_a_name_is_looked_for_everywhere_curated_actors_first(client):
    make.actor("ucdp-9", name="Ansar A", dataset="ucdp")
    make.actor("ansar-dine", name="Ansar Dine")

    page = text(client.get("/actors/?q=ANSAR"))

    assert page.index("Ansar Dine") < page.index("Ansar A<")


def test_the_list_says_where_a_homonym_is_so_called(client):
    make.alias(make.actor("al-shabaab"), "al-Shabaab")
    local = make.actor("is-mozambique", name="Islamic State Mozambique")
    make.alias(local, "al-Shabaab", context_country=make.country("MOZ"))

    page = text(client.get("/actors/?q=al-shabaab"))

    assert "AL-SHABAAB" in page
    assert "so called in Mozambique" in page


def test_the_list_is_paged_without_losing_anyone(client):
    for number in range(53):
        make.actor(f"group-{number:02}", name=f"Group {number:02}")

    first = client.get("/actors/")
    second = client.get(f"/actors/{first.context['links']['next']}")

    shown = [actor.slug for page in (first, second) for actor in page.context["actors"]]
    assert shown == [f"group-{number:02}" for number in range(53)]
    assert second.context["links"]["previous"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("colour=red", "There is no such parameter"),
        ("kind=monster", "not known"),
        ("cursor=zzz", "not a cursor"),
        ("q=jnim&q=gsim", "more than once"),
    ],
)
def test_the_list_refuses_what_it_does_not_understand(client, query, says):
    answer = client.get(f"/actors/?{query}")

    assert answer.status_code == 400
    assert says in text(answer)
    assert query.split("=")[0] in text(answer)


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "yesterday", "2025", "٢٠٢٥-٠١-٠١"])
def test_a_wrong_day_is_explained(client, day):
    make.actor("jnim")

    answer = client.get("/actors/jnim/", {"on": day})

    assert answer.status_code == 400
    assert f"{day} is not a date: write 2025-01-29." in text(answer)


def test_an_unknown_actor_is_not_found(client):
    assert client.get("/actors/nobody/").status_code == 404


def test_pages_cannot_be_posted_to(client):
    make.actor("jnim")

    assert client.post("/actors/jnim/").status_code == 405


def test_names_carry_their_language_and_direction(client):
    actor = make.actor("ansar-dine")
    make.alias(actor, "أنصار الدين", "ar")
    make.alias(actor, "Anṣār ad-Dīn", "ar-Latn")

    page = text(client.get("/actors/ansar-dine/"))

    assert '<bdi lang="ar" dir="rtl">أنصار الدين</bdi>' in page
    assert '<bdi lang="ar-Latn" dir="ltr">Anṣār ad-Dīn</bdi>' in page


def test_the_page_shows_the_lineage_of_the_day(client, jnim):  # noqa: F811
    page = client.get("/actors/jnim/?on=2018-01-01")

    assert [a.slug for a in page.context["predecessors"]][:2] == ["al-mourabitoun", "ansar-dine"]
    assert "only in part: Sahara branch only" in text(page)


def test_the_page_says_that_the_actor_did_not_exist_yet(client, jnim):  # noqa: F811
    page = client.get("/actors/jnim/?on=2014-06-01")

    assert page.context["predecessors"] == []
    assert "JNIM did not exist on 1 June 2014: it was founded 2 March 2017." in text(page)


def test_a_relation_is_in_force_only_within_its_dates(client):
    relate("issp", "component_of", "iswap", "2019-03-01", ends_on="2022-03-31", precision="month")

    then = client.get("/actors/issp/?on=2020-01-14")
    now = client.get("/actors/issp/?on=2025-01-01")

    assert [line.is_in_force for line in then.context["relations"]] == [True]
    assert [line.is_in_force for line in now.context["relations"]] == [False]
    assert "March 2019 – March 2022" in text(now)
    assert "not in force on 1 January 2025" in text(now)


def test_the_recognition_of_a_pledge_has_its_own_date(client):
    relate(
        "issp", "pledged_allegiance_to", "islamic-state", "2015-05-13",
        accepted_on=dt.date(2016, 10, 30), accepted_precision="day",
    )  # fmt: skip

    assert "recognised 30 October 2016" in text(client.get("/actors/issp/"))


def test_presence_keeps_its_hedge_and_its_source(client):
    presence = ActorPresence.objects.create(
        actor=make.actor("jnim"), country=make.country("NGA"), kind="active_cell",
        as_of="2025-11-01", as_of_precision="month", hedge="reported",
    )  # fmt: skip
    make.citation(presence)

    page = text(client.get("/actors/jnim/"))

    assert "active cell" in page
    assert "reported" in page
    assert "November 2025" in page
    assert "/sources/wire-1/" in page


def test_a_designation_is_told_with_its_authority(client):
    ActorDesignation.objects.create(
        actor=make.actor("jnim"), authority="the Council", list_name="List 1"
    )

    assert "designated by the Council (List 1)" in text(client.get("/actors/jnim/"))


def test_suspected_incidents_stand_apart_from_attributed_ones(client):
    sure, unsure = make.incident(), make.incident(place="Gao", attribution="suspected")
    make.part(sure)
    make.part(unsure, attribution="suspected", claim_status="unclaimed")
    type(sure).objects.filter(pk=sure.pk).update(attribution="confirmed")
    for one in (sure, unsure):
        make.through_the_door(one)

    page = client.get("/actors/jnim/")

    assert "Attributed (confirmed or probable)" in text(page)
    assert "Suspected or disputed" in text(page)


def test_a_draft_is_nowhere_on_the_page(client):
    draft = make.incident(title="Secret draft title")
    make.part(draft)

    assert "Secret draft title" not in text(client.get("/actors/jnim/"))


def test_the_page_speaks_french(client, jnim):  # noqa: F811
    page = client.get("/actors/jnim/", headers={"accept-language": "fr"})

    assert page.status_code == 200
    assert 'lang="fr"' in text(page)


def test_more_rows_cost_no_more_queries(client, django_assert_max_num_queries):
    make.actor("jnim")
    for number in range(12):
        row = relate("jnim", "rival_of", f"other-{number:02}", "2020-01-01")
        make.citation(row)
        make.alias(make.actor("jnim"), f"Name {number}", "fr")
    for number in range(6):
        one = make.incident(place=f"Town-{number}")
        make.part(one)
        make.through_the_door(one)
    client.get(reverse("actors:detail", args=["jnim"]))

    with django_assert_max_num_queries(36):
        client.get(reverse("actors:detail", args=["jnim"]))
