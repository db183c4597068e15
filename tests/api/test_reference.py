"""Reference data: who belonged to what, on a day."""

import datetime as dt

import pytest

from actors.models import Contribution
from incidents.columns import select
from incidents.questions import IncidentQuestion
from regions.models import Mission
from tests import make


def test_members_are_those_of_the_day(api):
    ecowas = make.body("ecowas")
    make.membership(ecowas, "MLI", "1975-05-28", "2025-01-28")
    make.membership(ecowas, "NGA", "1975-05-28")

    before = api.json("bodies/ecowas/members/?on=2025-01-28")
    after = api.json("bodies/ecowas/members/?on=2025-01-29")

    assert [m["country"] for m in before["results"]] == ["MLI", "NGA"]
    assert (after["count"], [m["country"] for m in after["results"]]) == (1, ["NGA"])


def test_suspended_member_is_still_counted_as_a_member(api):
    ecowas = make.body("ecowas")
    make.membership(ecowas, "MLI", "1975-05-28")
    ecowas.memberships.create(
        country=make.country("MLI"), status="suspended", starts_on="2021-05-30"
    )

    answer = api.json("bodies/ecowas/members/?on=2022-01-01")

    assert answer["count"] == 1
    assert [m["status"] for m in answer["others"]] == ["suspended"]


def test_lineage_is_that_of_the_day(api):
    older, jnim = make.actor("ansar-dine"), make.actor("jnim")
    make.relation(older, jnim, "merged_into", "2017-03-02")

    now = api.json("actors/jnim/lineage/?on=2018-01-01")
    before = api.json("actors/jnim/lineage/?on=2014-01-01")

    assert [e["older"] for e in now["edges"]] == ["ansar-dine"]
    assert {n["slug"]: n["is_predecessor"] for n in now["nodes"]}["ansar-dine"]
    assert before["edges"] == []


def test_actor_is_found_by_an_alias_in_any_spelling(api):
    make.alias(make.actor("ansar-dine"), "Ançar Dine", "fr")

    for words in ("ANCAR DINE", "ançar", "ansar-dine"):
        assert [a["slug"] for a in api.json(f"actors/?q={words}")["results"]] == ["ansar-dine"]
    assert api.json("actors/?q=!!!")["count"] == 0


def test_mission_shows_counted_and_quoted_contributors_apart(api):
    mission = Mission.objects.create(
        slug="samim",
        name="SAMIM",
        kind="peace_support",
        starts_on="2021-07-15",
        quoted_contributors=5,
    )
    for iso3, end in (("MOZ", None), ("KEN", dt.date(2022, 1, 1))):
        Contribution.objects.create(
            mission=mission, country=make.country(iso3), role="troops", ends_on=end
        )

    answer = api.json("missions/samim/")

    assert (answer["counted_contributors"], answer["quoted_contributors"]) == (2, 5)
    assert api.json("missions/samim/?on=2023-01-01")["counted_contributors"] == 1


def test_blockade_has_lasted_68_days(api):
    make.campaign(
        "fuel-blockade", kind="condition", condition_type="blockade", starts_on="2025-09-03"
    )

    answer = api.json("campaigns/fuel-blockade/?on=2025-11-10")

    assert answer["days_in_force"] == 68
    assert api.json("campaigns/fuel-blockade/?on=2025-09-02")["days_in_force"] is None


def test_wave_says_how_many_incidents_are_recorded_and_expected(api):
    wave = make.campaign("wave", expected_incident_count=6, expected_on=dt.date(2022, 7, 21))
    for day in ("2022-07-21", "2022-07-22"):
        incident = make.incident(day=day)
        make.tie(incident, wave)
        make.through_the_door(incident)

    answer = api.json("campaigns/wave/")

    assert (answer["recorded_incidents"], answer["expected_incident_count"]) == (1, 6)


def test_anonymous_source_shows_neither_title_nor_address(api):
    ecowas = make.body("ecowas")
    make.document("private", title="Interview in Bamako", protection="anonymous")
    make.citation(ecowas, "private")

    (cited,) = api.json("bodies/ecowas/")["sources"]

    assert (cited["document"]["title"], cited["document"]["publisher"]) == ("", "")


def test_reference_lists_page_by_key(api):
    for n in range(5):
        make.actor(f"a{n}")

    first = api.json("actors/?limit=2")
    second = api.json(first["next"].split("/api/v1/")[1])
    back = api.json(second["previous"].split("/api/v1/")[1])

    assert [a["slug"] for a in second["results"]] == ["a2", "a3"]
    assert back["results"] == first["results"]
    assert first["count"] == 5


def test_root_lists_every_address(api):
    for name, address in api.json("").items():
        words = {"q": "kati"} if name == "search" else {}
        assert api.client.get(address, words).status_code == 200, address


# Statements of each address, whatever the number of rows.
QUERIES = {
    "incidents/": 2,
    "incidents/?country=MLI": 3,
    "incidents/changes/": 2,
    "incidents/facets/": 2,
    "incidents/map/": 4,
    "actors/": 4,
    "countries/": 2,
    "areas/": 2,
    "bodies/": 2,
    "missions/": 3,
    "campaigns/": 3,
    "types/": 2,
    "sources/": 2,
    "reports/": 2,
}


@pytest.mark.parametrize(("address", "number"), QUERIES.items())
def test_number_of_queries_does_not_grow(api, django_assert_max_num_queries, address, number):
    for n in range(4):
        incident = make.incident(place=f"P{n}")
        make.part(incident, f"a{n}")
        make.alias(make.actor(f"a{n}"), f"Alias {n}")
        make.tie(incident, make.campaign(f"wave-{n}"))
        make.through_the_door(incident)
        make.body(f"body-{n}")
        mission = Mission.objects.create(slug=f"m{n}", name=f"M{n}", kind="training")
        mission.area.add(make.country("MLI"))

    select(IncidentQuestion({}))  # whoever asks first after a publication reads what is new

    with django_assert_max_num_queries(number):
        api.get(address)
