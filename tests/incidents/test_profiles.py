"""Profiles of countries and areas: sums by data set, trend, areas, actors."""

import datetime as dt

import pytest

from incidents import profiles, rollups
from incidents.columns import select
from incidents.models import PublishedIncident
from incidents.questions import IncidentQuestion
from regions.models import AdminArea
from tests import make
from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 1, 31)


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        yield


def profile(iso3, dataset="vigil", on=ON):
    return next(p for p in profiles.profiles({"country": iso3}, on) if p.dataset == dataset)


def rows(iso3):
    return PublishedIncident.objects.current().filter(country=iso3, dataset="vigil")


@pytest.mark.parametrize("iso3", ["MLI", "NGA", "SOM", "BFA", "NER"])
def test_totals_years_and_areas_are_those_of_the_rollups(iso3):
    shown = profile(iso3)

    assert shown.totals == rollups.totals(rows(iso3))
    assert [bar.incidents for bar in shown.chart.bars if bar.incidents] == [
        group.incidents for group in rollups.by_period(rows(iso3), "year")
    ]
    by_area = {row.group.key: row.group.incidents for row in shown.areas}
    expected = {group.key: group.incidents for group in rollups.by(rows(iso3), "area")}
    assert by_area.items() <= expected.items()
    assert len(expected) == len(shown.areas) + shown.other_areas


@pytest.mark.parametrize("iso3", ["MLI", "NGA", "SOM", "BFA"])
def test_actors_are_those_of_the_rollups_with_suspicion_apart(iso3):
    question = IncidentQuestion({"country": iso3, "dataset": "vigil"})

    everywhere = select(IncidentQuestion({"country": iso3}))
    found = profiles.by_certainty(everywhere.of_set("vigil"))

    assert set(found) == set(rollups.by_actor(question.qs))


def test_the_trend_sets_twelve_months_against_the_twelve_before():
    trend = profile("MLI").trend

    assert (trend.since, trend.turn, trend.until) == (
        dt.date(2024, 2, 1), dt.date(2025, 2, 1), ON,
    )  # fmt: skip
    now = rows("MLI").filter(date_start__range=("2025-02-01", "2026-01-31"))
    before = rows("MLI").filter(date_start__range=("2024-02-01", "2025-01-31"))
    assert trend.now == rollups.totals(now)
    assert trend.before == rollups.totals(before)
    assert trend.difference == now.count() - before.count() != 0
    assert len(trend.sparks) == 24
    assert sum(spark.is_recent for spark in trend.sparks) == 12


def test_the_trend_of_an_imported_set_ends_where_the_set_ends():
    make.published(iso3="MLI", day="2020-03-05", dataset="ucdp")
    make.published(iso3="KEN", day="2021-06-30", dataset="ucdp")

    trend = profile("MLI", "ucdp").trend

    assert (trend.until, trend.covers_day) == (dt.date(2021, 6, 30), False)
    assert trend.last == dt.date(2020, 3, 5)
    assert (trend.now.incidents, trend.before.incidents) == (0, 1)


def test_the_trend_on_a_day_of_the_past_knows_nothing_later():
    trend = profile("MLI", on=dt.date(2022, 7, 22)).trend

    later = rows("MLI").filter(date_start__range=("2021-08-01", "2022-07-22"))
    assert trend.now.incidents == later.count()


def test_data_sets_stand_apart_vigil_first():
    make.published(iso3="MLI", day="2020-03-05", dataset="ucdp")

    found = profiles.profiles({"country": "MLI"}, ON)

    assert [one.dataset for one in found] == ["vigil", "ucdp"]
    assert found[1].totals.incidents == 1


def test_an_area_holds_the_incidents_whose_shown_place_lies_in_it():
    found = profiles.profiles({"area": "mli-koulikoro"}, ON)

    expected = PublishedIncident.objects.current().filter(area="mli-koulikoro")
    assert found[0].totals.incidents == expected.count() > 0
    assert found[0].areas == []


def test_incidents_without_an_area_are_always_told_after_the_largest_areas():
    make.published(iso3="NGA", day="2020-03-05")

    rows_shown = profile("NGA").areas

    assert (rows_shown[-1].area, rows_shown[-1].share) == (None, "")
    assert rows_shown[0].share == "100.0%"
    assert [row.group.key for row in rows_shown].count("") == 1


def test_a_place_without_incidents_has_no_profile():
    AdminArea.objects.create(slug="mli-nowhere", country=make.country("MLI"), level=1, name="None")

    assert profiles.profiles({"area": "mli-nowhere"}, ON) == []


def test_bars_are_drawn_to_the_tallest_and_one_incident_can_be_seen():
    tall, none, small = profiles.sparks([1000, 0, 1])

    assert (tall.y, tall.height) == (0, profiles.STRIP_HEIGHT)
    assert none.height == 0
    assert small.height == profiles.LEAST_BAR


def test_an_actor_has_its_incidents_year_by_year_and_the_year_of_the_last():
    shown = profile("MLI")
    row = next(a for a in shown.actors if a.group.actor == "jnim")

    years = rows("MLI").involving(["jnim"]).values_list("date_start__year", flat=True)
    first = shown.years[0]
    drawn = {first + place for place, spark in enumerate(row.sparks) if spark.height}
    assert drawn == set(years)
    assert row.last == max(years)
    assert row.is_known
