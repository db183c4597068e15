"""The pages of a country and of an area."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import ActorPresence
from regions.models import AdminArea
from tests import make

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def area(slug="mli-koulikoro", **more):
    values = {"country": make.country("MLI"), "level": 1, "name": "Koulikoro"} | more
    return AdminArea.objects.create(slug=slug, **values)


def placed(where, **more):
    which = make.incident(**more)
    which.locations.update(admin1=where)
    return make.through_the_door(which)


def test_an_area_tells_where_it_belongs_and_what_happened_there(client):
    here = area(latitude="13.8", longitude="-7.4")
    area("mli-kayes", name="Kayes")
    area("mli-kati", level=2, parent=here, name="Cercle de Kati", kind="cercle")
    placed(here, title="Attack at Kati", killed_low=3, killed_best=3, killed_high=3)
    make.published(title="Attack elsewhere")

    page = text(client.get("/areas/mli-koulikoro/"))

    assert "Attack at Kati" in page
    assert "Attack elsewhere" not in page
    for address in ("/countries/MLI/", "/areas/mli-kati/", "/areas/mli-kayes/"):
        assert f'href="{address}"' in page
    assert "The area as Natural Earth draws it" in page


def test_an_area_without_an_outline_is_a_circle_that_is_said_to_be_no_extent(client):
    area("mli-new", name="Newly Made", latitude="13.8", longitude="-7.4")
    area("mli-unplaced", name="Unplaced")

    circle = text(client.get("/areas/mli-new/"))
    nothing = text(client.get("/areas/mli-unplaced/"))

    assert "representative point of the area, not its extent" in circle
    assert 'class="halo coarse"' in circle
    assert "no point is recorded for the area" in nothing
    assert "area-here" not in circle + nothing


def test_a_second_level_area_says_that_the_record_is_kept_by_first_level(client):
    here = area()
    area("mli-kati", level=2, parent=here, name="Cercle de Kati", kind="cercle")
    placed(here, title="Attack at Kati")

    page = text(client.get("/areas/mli-kati/"))

    assert "The record keeps places by first-level area." in page
    assert "What happened in Cercle de Kati is among the incidents of Koulikoro" in page
    assert "Attack at Kati" not in page


def test_an_area_that_did_not_exist_on_the_day_says_so(client):
    area("mli-nara", name="Nara", starts_on="2023-03-13")

    then = text(client.get("/areas/mli-nara/?on=2020-01-01"))
    now = text(client.get("/areas/mli-nara/"))

    assert "Nara was not an administrative area on 1 January 2020." in then
    assert "was not an administrative area" not in now


def test_a_de_facto_territory_has_a_page_that_takes_no_side(client):
    area("somaliland", country=make.country("SOM"), name="Somaliland",
         kind="de_facto_territory", is_contested=True)  # fmt: skip

    page = text(client.get("/areas/somaliland/"))

    assert "Somaliland is a de facto territory shown under Somalia." in page
    assert "Vigil takes no side" in page


def test_an_unknown_area_is_not_found_and_an_unknown_parameter_refused(client):
    area()

    assert client.get("/areas/atlantis/").status_code == 404
    refused = client.get("/areas/mli-koulikoro/", {"colour": "red"})
    assert refused.status_code == 400
    assert "colour" in text(refused)


def test_an_area_tells_bodies_of_the_day_groups_present_and_reports(client):
    here = area()
    part = area("mli-kati", level=2, parent=here, name="Cercle de Kati", kind="cercle")
    elsewhere = area("mli-kayes", name="Kayes")
    body = make.body("ecowas", name="ECOWAS")
    make.membership(body, "MLI", "1975-05-28", "2025-01-28")
    for slug, where in (("jnim", part), ("issp", elsewhere)):
        ActorPresence.objects.create(
            actor=make.actor(slug), area=where, kind="active_cell", hedge="reported",
            as_of="2022-07-01", as_of_precision="month",
        )  # fmt: skip

    then = text(client.get("/areas/mli-koulikoro/?on=2025-01-28"))
    now = text(client.get("/areas/mli-koulikoro/?on=2025-01-29"))

    assert 'href="/bodies/ecowas/"' in then.replace("?on=2025-01-28", "")
    assert "Left" not in then
    assert "Left" in now
    assert 'href="/actors/jnim/"' in then
    assert "active cell, Cercle de Kati" in then
    assert 'href="/actors/issp/"' not in then
    assert "No situation report has been published yet." in then
    assert 'href="/countries/MLI/#reports"' in then


def test_a_country_ranks_its_areas_and_says_where_none_is_known(client):
    here = area()
    placed(here, title="Attack at Kati")
    make.published(title="Attack somewhere")

    page = text(client.get("/countries/MLI/"))

    assert 'href="/areas/mli-koulikoro/"' in page
    assert "Area not known or not shown" in page
    assert page.index("Koulikoro") < page.index("Area not known")


def test_a_country_without_incidents_says_what_that_does_not_mean(client):
    make.country("NER")

    page = text(client.get("/countries/NER/"))

    assert "Vigil holds no incident in this place." in page
    assert "does not say that nothing happened" in page


def test_a_country_names_who_acts_there_with_attribution_apart_from_suspicion(client):
    sure, unsure = make.incident(title="One"), make.incident(title="Two", attribution="suspected")
    make.part(sure, "jnim")
    make.part(unsure, "issp", attribution="suspected")
    for which in (sure, unsure):
        make.through_the_door(which)
    page = text(client.get("/countries/MLI/"))

    actors = page[page.index("Who acts") : page.index("Latest incidents")]
    assert "suspected or disputed" in actors
    assert 'href="/actors/issp/"' in actors


def test_a_country_leads_to_its_json_and_its_reports(client):
    make.published()

    page = text(client.get("/countries/MLI/"))

    assert 'href="/api/v1/countries/MLI/"' in page
    assert "No situation report has been published yet." in page


@pytest.mark.parametrize("address", ["/countries/MLI/", "/areas/mli-koulikoro/"])
def test_a_profile_takes_as_many_queries_however_many_incidents_there_are(client, address):
    here = area()
    which = make.incident()
    make.part(which)
    which.locations.update(admin1=here)
    make.through_the_door(which)

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = asked()
    for number in range(8):
        which = make.incident(title=f"Attack {number}", day=f"20{10 + number}-01-02")
        make.part(which, f"group-{number}")
        which.locations.update(admin1=here)
        make.through_the_door(which)

    assert asked() == few
