"""The pages of countries, bodies and missions, as the world was on a day."""

import datetime as dt

import pytest

from actors.models import ActorPresence, Contribution
from regions.chains import chain
from regions.models import AdminArea, Country, Membership, Mission, RegionalBody
from tests import make

pytestmark = pytest.mark.django_db

WEST = ("BEN", "BFA", "CIV", "CPV", "GHA", "GIN", "GMB", "GNB", "LBR", "MLI", "NER", "NGA",
        "SEN", "SLE", "TGO")  # fmt: skip
LEAVERS = ("BFA", "MLI", "NER")


def text(answer):
    return answer.content.decode()


def state(iso3, **more):
    """A state for which only its code matters."""
    if iso3 in make.COUNTRIES:
        return make.country(iso3)
    number = 100 + Country.objects.count()
    values = {
        "iso2": f"{iso3[0]}{number % 10}{number // 10 % 10}"[:2],
        "m49": str(number),
        "name": iso3.title(),
        "name_fr": iso3.title(),
        "in_scope": True,
        "au_region": "western",
    }
    while Country.objects.filter(iso2=values["iso2"]).exists():
        number += 1
        values["iso2"] = f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}"
    return Country.objects.get_or_create(iso3=iso3, defaults=values | more)[0]


def join(body, iso3, start, **more):
    values = {"status": "member", "starts_on": start} | more
    return Membership.objects.create(body=body, country=state(iso3), **values)


@pytest.fixture
def ecowas():
    body = make.body("ecowas", name="Economic Community of West African States")
    for iso3 in WEST:
        leaves = {
            "ends_on": "2025-01-28",
            "exit_announced_on": "2024-01-28",
            "exit_effective_on": "2025-01-29",
            "exit_precision": "day",
        }
        join(body, iso3, "1975-05-28", **(leaves if iso3 in LEAVERS else {}))
    return body


def mission(slug, **more):
    values = {"name": slug.upper(), "short_name": slug.upper(), "kind": "peace_support"}
    return Mission.objects.create(slug=slug, **values | more)


@pytest.mark.parametrize(("day", "number"), [("2025-01-28", 15), ("2025-01-29", 12)])
def test_ecowas_had_15_members_on_the_28th_and_12_on_the_29th_of_january_2025(
    client, ecowas, day, number
):
    page = client.get(f"/bodies/ecowas/?on={day}")

    assert len(page.context["standings"].members) == number
    assert f"{number} members" in text(page)


def test_an_exit_is_shown_with_its_announcement_and_its_effect(client, ecowas):
    page = text(client.get("/bodies/ecowas/"))

    assert "exit announced 28 January 2024, in effect 29 January 2025" in page


def test_an_announced_exit_moves_nobody_out(client, ecowas):
    page = client.get("/bodies/ecowas/?on=2024-06-01")

    assert {one.country.iso3 for one in page.context["standings"].members} >= set(LEAVERS)


def test_a_suspended_member_is_still_a_member(client):
    join(make.body("au"), "MLI", "2002-07-09")
    join(make.body("au"), "MLI", "2021-06-01", status="suspended")

    page = client.get("/bodies/au/?on=2022-01-01")

    (mali,) = page.context["standings"].members
    assert mali.is_suspended
    assert "(suspended)" in text(page)


def test_observers_are_no_members(client):
    join(make.body("accra-initiative"), "MLI", "2017-09-01", status="observer")

    page = client.get("/bodies/accra-initiative/?on=2020-01-01")

    assert page.context["standings"].members == []
    assert "Observers:" in text(page)


def test_mali_was_not_in_the_g5_when_kati_was_attacked(client):
    """It had left on 15 May 2022; Kati was on 22 July."""
    g5 = make.body("g5-sahel", kind="security_alliance")
    join(g5, "MLI", "2014-02-16", ends_on="2022-05-14", exit_announced_on="2022-05-15",
         exit_effective_on="2022-05-15", exit_precision="day")  # fmt: skip
    make.published(day="2022-07-22")
    make.published(day="2020-01-01", place="Sokolo")

    on_the_day = client.get("/bodies/g5-sahel/?on=2022-07-22")
    mali = client.get("/countries/MLI/?on=2022-07-22")

    assert on_the_day.context["standings"].members == []
    assert "15 May 2022" in text(on_the_day)
    assert "Attack at Sokolo" in text(on_the_day)
    assert "Attack at Kati" not in text(on_the_day)
    assert "Left G5-SAHEL: 15 May 2022" in text(mali)


def test_a_body_shows_its_organs_and_what_came_before_it(client):
    oau = make.body("oau", kind="continental", name="Organization of African Unity")
    au = make.body("au", kind="continental", predecessor=oau, name="African Union")
    make.body("psc", kind="organ", parent=au, name="Peace and Security Council")

    page = text(client.get("/bodies/au/"))

    assert "Organization of African Unity" in page
    assert "Peace and Security Council" in page
    assert "African Union" in text(client.get("/bodies/oau/"))


def test_bodies_are_listed_by_kind(client, ecowas):
    page = text(client.get("/bodies/"))

    assert "Regional economic community" in page
    assert "12 members today" in page


def test_a_country_belongs_to_what_it_belonged_to_on_the_day(client, ecowas):
    before = text(client.get("/countries/MLI/?on=2025-01-28"))
    after = text(client.get("/countries/MLI/?on=2025-01-29"))

    assert "Left ECOWAS" not in before
    assert 'href="/bodies/ecowas/"' in before
    assert "Left ECOWAS: 29 January 2025" in after


def test_countries_are_listed_by_region_of_the_african_union(client):
    make.country("MLI")
    make.country("SOM")
    state("USA", name="United States", in_scope=False, au_region=None)

    page = text(client.get("/countries/"))

    assert page.index("Western Africa") < page.index("Mali")
    assert page.index("Mali") < page.index("Eastern Africa") < page.index("Somalia")
    assert "United States" not in page


def test_a_state_outside_africa_has_no_page(client):
    state("USA", in_scope=False, au_region=None)

    assert client.get("/countries/USA/").status_code == 404


def test_a_country_code_in_small_letters_leads_to_the_page(client):
    make.country("MLI")

    answer = client.get("/countries/mli/")

    assert answer.status_code == 301
    assert answer["Location"] == "/countries/MLI/"


def test_a_de_facto_territory_is_shown_under_its_state_as_contested(client):
    AdminArea.objects.create(
        slug="somaliland", country=make.country("SOM"), level=1, name="Somaliland",
        kind="de_facto_territory", is_contested=True,
    )  # fmt: skip

    page = text(client.get("/countries/SOM/"))

    assert "Somaliland is a de facto territory shown under Somalia." in page
    assert "contested" in page
    assert "Somaliland" in text(client.get("/countries/"))


def test_a_presence_that_was_reported_later_is_not_told_for_an_earlier_day(client):
    ActorPresence.objects.create(
        actor=make.actor("jnim", name="The Group"), country=make.country("NGA"),
        kind="active_cell", as_of="2025-11-01", as_of_precision="month",
    )  # fmt: skip

    assert "active cell" in text(client.get("/countries/NGA/?on=2025-12-01"))
    assert "active cell" not in text(client.get("/countries/NGA/?on=2024-01-01"))


def test_amisom_was_followed_by_atmis_and_aussom_and_had_six_contributors(client):
    amisom = mission("amisom", starts_on="2007-01-19", ends_on="2022-03-31")
    atmis = mission("atmis", starts_on="2022-04-01", ends_on="2024-12-31", predecessor=amisom)
    aussom = mission("aussom", starts_on="2025-01-01", predecessor=atmis)
    for iso3 in ("UGA", "BDI", "DJI", "KEN", "SLE", "ETH"):
        until = {"ends_on": "2014-12-31"} if iso3 == "SLE" else {}
        Contribution.objects.create(mission=amisom, country=state(iso3), role="troops", **until)

    page = client.get("/missions/amisom/?on=2016-01-01")

    assert page.context["chain"] == [amisom, atmis, aussom]
    assert chain(aussom) == [amisom, atmis, aussom]
    assert "6 contributors over the life of the mission." in text(page)
    assert "5 on 1 January 2016." in text(page)


def test_samim_shows_nine_contributors_beside_the_five_that_a_source_counts(client):
    samim = mission("samim", starts_on="2021-07-15", ends_on="2024-07-15", quoted_contributors=5)
    for iso3 in ("ZAF", "BWA", "LSO", "TZA", "AGO", "MWI", "ZMB", "COD", "NAM"):
        until = {"ends_on": "2024-04-30"} if iso3 == "BWA" else {}
        Contribution.objects.create(mission=samim, country=state(iso3), role="troops", **until)

    early = text(client.get("/missions/samim/?on=2022-01-01"))
    late = text(client.get("/missions/samim/?on=2024-06-01"))

    assert "A source speaks of 5 contributors. The rows below name 9." in early
    assert "9 on 1 January 2022." in early
    assert "8 on 1 June 2024." in late


def test_a_planned_force_is_never_running(client):
    mission("standby", kind="planned_force")

    page = text(client.get("/missions/standby/"))

    assert "never deployed: planned only" in page


def test_a_mission_that_has_ended_had_no_contributors_since(client):
    serval = mission("serval", starts_on="2013-01-11", ends_on="2014-08-01")
    Contribution.objects.create(mission=serval, country=state("FRA"), role="lead")

    assert "was not running on 1 January 2020" in text(
        client.get("/missions/serval/?on=2020-01-01")
    )


@pytest.mark.parametrize(
    "path",
    ["/bodies/", "/countries/", "/missions/", "/bodies/ecowas/", "/countries/MLI/"],
)
def test_unknown_parameters_are_refused(client, ecowas, path):
    answer = client.get(path, {"colour": "red"})

    assert answer.status_code == 400
    assert "colour" in text(answer)
    assert "There is no such parameter" in text(answer)


@pytest.mark.parametrize("path", ["/bodies/ecowas/", "/countries/MLI/", "/missions/m/"])
def test_a_wrong_day_is_explained(client, ecowas, path):
    mission("m")

    answer = client.get(path, {"on": "2025-13-01"})

    assert answer.status_code == 400
    assert "2025-13-01 is not a date: write 2025-01-29." in text(answer)


def test_members_are_named_in_french(client, ecowas):
    RegionalBody.objects.filter(slug="ecowas").update(short_name_fr="CEDEAO")

    page = text(client.get("/bodies/ecowas/", headers={"accept-language": "fr"}))

    assert "CEDEAO" in page


def test_a_body_that_was_left_is_named_in_french(client, ecowas):
    RegionalBody.objects.filter(slug="ecowas").update(short_name_fr="CEDEAO")

    page = text(client.get("/countries/MLI/?on=2026-01-01", headers={"accept-language": "fr"}))

    assert "A quitté CEDEAO" in page


def test_the_link_to_all_incidents_is_translated(client, ecowas):
    make.published(place="Kati")
    make.published(place="Koro")

    page = text(client.get("/countries/MLI/", headers={"accept-language": "fr"}))

    assert "Les 2 incidents" in page


@pytest.mark.parametrize(
    ("path", "most"),
    [("/bodies/ecowas/", 22), ("/countries/MLI/", 30), ("/missions/m/", 9), ("/bodies/", 3)],
)
def test_more_rows_cost_no_more_queries(client, ecowas, django_assert_max_num_queries, path, most):
    found = mission("m", starts_on=dt.date(2020, 1, 1))
    for iso3 in WEST:
        Contribution.objects.create(mission=found, country=state(iso3), role="troops")
    for number in range(6):
        make.published(place=f"Town-{number}")
    client.get(path)

    with django_assert_max_num_queries(most):
        client.get(path)
