"""Pages of the incidents that are hard to tell truly, on the seed."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import workflow
from incidents.models import Incident, PublishedIncident
from tests import make
from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
QUERIES = 8


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        yield


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


def public(slug):
    return PublishedIncident.objects.current().get(slug=slug)


def opened(rae, slug, **more):
    row = public(slug)
    return rae.get(f"/incidents/{row.public_id}/{row.slug}/", **more)


def text(answer):
    return " ".join(answer.content.decode().split())


def linked_data(answer):
    return json.loads(LINKED_DATA.search(answer.content.decode())[1])


def test_westgate_is_told_at_a_glance(rae):
    page = opened(rae, "2013-09-21-westgate-nairobi")

    assert page.context["story"] == [
        "Complex attack on a facility, from 21 to 24 September 2013 (four days): "
        "Westlands, Nairobi, Kenya.",
        "67 killed, 163 to 200 wounded.",
        "4 to 5 attackers killed, counted apart.",
        "Attributed to Al-Shabaab (confirmed).",
        "Al-Shabaab claims it.",
    ]
    assert "This is duration, not doubt" in text(page)
    assert 'href="/areas/ken-nairobi/"' in text(page)
    assert 'href="/bodies/igad/?on=2013-09-21"' in text(page)


def test_westgate_for_machines_is_a_report_about_an_event_of_four_days(rae):
    data = linked_data(opened(rae, "2013-09-21-westgate-nairobi"))

    assert data["@type"] == "Report"
    assert data["about"]["startDate"] == "2013-09-21"
    assert data["about"]["endDate"] == "2013-09-24"
    assert data["about"]["location"]["geo"]["latitude"] == -1.257
    assert data["version"] == 1


def test_solhan_shows_every_figure_and_why_one_was_preferred(rae):
    page = opened(rae, "2021-06-04-solhan")

    figures = page.context["harm_tables"][0].choices[0]
    triples = {(f.estimate["low"], f.estimate["best"], f.estimate["high"]) for f in figures.lines}
    assert triples == {(132, 160, 200), (None, 132, None), (None, 160, None), (170, None, 200)}
    assert "holds every figure given" in text(page)
    assert "JNIM and ISSP are accused." in text(page)
    assert "Attributed to" not in " ".join(page.context["story"])


def test_kati_stands_in_its_wave_between_the_21st_and_the_27th(rae):
    page = opened(rae, "2022-07-22-kati")

    wave, war = page.context["ribbons"]
    days = [mark.row.date_start.day for mark in wave.marks]
    assert days == [21] * 6 + [22, 27, 27]
    assert wave.here.row.slug == "2022-07-22-kati"
    assert wave.expected[:2] == (6, 6)
    assert (war.campaign.kind, war.is_told) == ("conflict", False)
    assert "the record holds 6" in text(page)
    assert len(page.context["dots"]) >= 5


def test_a_claim_has_its_own_day(rae):
    """JNIM claimed Kati the day after; Katiba Macina is held to have done it."""
    page = opened(rae, "2022-07-22-kati")

    assert next(lag for _claim, lag in page.context["claims"]) == 1
    assert "Attributed to Katiba Macina (confirmed)." in page.context["story"]
    assert "1 day after the incident." in text(page)


def test_a_combined_toll_is_told_once_with_its_source_and_what_it_covers(rae):
    page = opened(rae, "2022-07-21-kolokani")

    assert len(page.context["covered"]) == 5
    assert page.context["toll_source"]["publisher"] == "Le Monde with AFP"
    assert "one figure for 6 incidents together: 3 killed" in text(page)


def test_an_ambush_says_on_which_day_of_the_blockade_it_fell(rae):
    page = opened(rae, "2026-01-29-diboli-kayes-convoy")

    blockade = next(r for r in page.context["ribbons"] if r.campaign.kind == "condition")
    assert blockade.day == 148
    assert "This was day 148." in text(page)


def test_a_place_shown_as_an_area_is_drawn_as_one_and_never_as_a_pin(rae):
    page = opened(rae, "2014-04-14-chibok")

    assert page.context["area_path"].startswith("M")
    shown = text(page)
    assert 'class="area-here"' in shown
    assert 'class="pin"' not in shown
    assert "geo" not in linked_data(page)["spatialCoverage"]
    assert page.context["story"][0].endswith("Borno, Nigeria.")


def test_a_withheld_hostage_case_says_country_and_month_and_nothing_else(rae):
    row = PublishedIncident.objects.current().get(slug__startswith="ner-2025-10")
    which = Incident.objects.get(public_id=row.public_id)

    page = rae.get(f"/incidents/{row.public_id}/{row.slug}/")

    shown = text(page)
    assert page.context["story"] == ["Kidnapping, in October 2025 (exact day not known): Niger."]
    assert page.context["ribbons"] == []
    assert page.context["same_days"] == []
    place = which.locations.get(is_primary=True)
    for hidden in (place.name, which.title, which.slug, f"{which.date_start:%-d} October"):
        assert hidden not in shown
    data = linked_data(page)
    assert data["temporalCoverage"] == "2025-10"
    assert "startDate" not in data["about"]
    assert "geo" not in data["spatialCoverage"]
    assert "citation" not in data


def test_no_neighbour_in_time_names_a_withheld_incident(rae):
    """Its month is no day: nearness to it would say more than is shown."""
    which = make.published(iso3="NER", day="2025-10-02", title="Attack near Tera")

    page = rae.get(f"/incidents/{which.public_id}/{which.slug}/")

    assert "Kidnapping, Niger" not in text(page)


def test_a_correction_shows_what_went_and_what_came(rae):
    which = Incident.objects.get(slug="2022-07-22-kati")
    which.title = "Vehicle-bomb attack on the garrison of Kati"
    which.save()
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Name of the place.")

    page = opened(rae, "2022-07-22-kati")

    newest, first = page.context["versions"]
    assert (newest.row.version, newest.is_shown, first.is_shown) == (2, True, False)
    change = next(d for d in newest.differences if d.label == "title")
    assert change.removed == ["Vehicle-bomb attack on the Kati garrison"]
    assert change.added == ["Vehicle-bomb attack on the garrison of Kati"]
    assert "Name of the place." in text(page)
    old = opened(rae, "2022-07-22-kati", query_params={"as_of": first.moment})
    assert "the garrison of Kati</h1>" not in text(old)
    assert "version 1 of" in text(old)


def test_a_page_takes_as_many_queries_however_many_incidents_there_are(rae):
    row = public("2022-07-22-kati")
    address = f"/incidents/{row.public_id}/{row.slug}/"
    rae.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        rae.get(address)

    wave = Incident.objects.get(slug=row.slug).campaign_ties.first().campaign
    for number in range(6):
        which = make.incident(title=f"Attack {number}")
        make.tie(which, wave)
        make.through_the_door(which)
    with CaptureQueriesContext(connection) as many:
        page = rae.get(address)

    assert len(page.context["ribbons"][0].marks) == 15
    assert len(many) == len(few) <= QUERIES


def test_markup_in_a_title_cannot_leave_the_linked_data(rae):
    which = make.published(title="Attack </script><b>at Kati")

    page = rae.get(f"/incidents/{which.public_id}/{which.slug}/")

    assert linked_data(page)["name"] == "Attack </script><b>at Kati"
    assert "</script><b>" not in page.content.decode()


def test_what_is_near_in_time_is_from_the_same_country_and_data_set(rae):
    here = make.published(day="2019-05-02", iso3="TCD", title="Attack at Bol")
    make.published(day="2019-05-04", iso3="TCD", title="Attack at Liwa")
    make.published(day="2019-05-04", iso3="TCD", title="Event of others", dataset="ucdp")
    make.published(day="2019-05-04", iso3="NER", title="Attack at Diffa")
    make.published(day="2019-05-09", iso3="TCD", title="Attack a week later")

    page = rae.get(f"/incidents/{here.public_id}/{here.slug}/")

    assert [row.title for row in page.context["same_days"]] == ["Attack at Liwa"]
    assert "Being near says nothing about a connection" in text(page)


def test_the_past_of_a_page_shows_the_neighbours_of_then(rae):
    here = make.published(day="2019-05-02", iso3="TCD", title="Attack at Bol")
    moment = timezone.now().isoformat().replace("+00:00", "Z")
    make.published(day="2019-05-03", iso3="TCD", title="Attack at Liwa")
    address = f"/incidents/{here.public_id}/{here.slug}/"

    then = rae.get(address, query_params={"as_of": moment})

    assert "Attack at Liwa" in text(rae.get(address))
    assert "Attack at Liwa" not in text(then)
