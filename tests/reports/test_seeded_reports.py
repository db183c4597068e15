"""The reports that the seed must give: Mali in July 2022, the fuel blockade on 10 November 2025."""

import pytest
from django.db import connection

from incidents.models import Campaign
from regions.models import Country
from reports.periods import Period
from tests.reports.conftest import built, data, planned, schedule, sentences, table
from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        yield
    connection.close()


def test_mali_in_july_2022_names_the_wave_and_kati_and_keeps_attackers_apart():
    report = built(planned(schedule(country=Country.objects.get(iso3="MLI"))))

    summary, campaigns = sentences(report, "summary"), sentences(report, "campaigns")
    wave = (
        "Wave of coordinated attacks in Mali, 21-29 July 2022: six incidents expected for 21 July"
    )
    assert any(said.startswith(wave) and "six recorded" in said for said in summary)
    assert any("Kati garrison (22 July 2022)" in said for said in campaigns)
    assert "Attackers killed, not included above: at least 10" in summary[0]
    totals = data(report, "totals")
    assert (totals["killed"]["low"], totals["attackers_killed"]["low"]) == (22, 10)
    (kati,) = [row for row in table(report, "incidents") if "garrison" in row["incident"]["text"]]
    assert (kati["killed"]["text"], kati["attackers_killed"]["text"]) == ("1", "7")


def test_the_fuel_blockade_has_lasted_68_days_on_10_november_2025():
    blockade = Campaign.objects.get(slug="mali-fuel-blockade-2025")
    series = schedule(
        slug="daily-blockade", country=None, topic="campaign", campaign=blockade, cadence="daily"
    )

    report = built(planned(series, Period.parse("2025-11-10")))

    (condition,) = data(report, "campaigns")["conditions"]
    assert condition["days_in_force"] == 68
    assert any("for 68 days" in said for said in sentences(report, "summary"))
    course = " ".join(sentences(report, "campaigns"))
    assert "since 10 November 2025: schools reopen" in course
    assert "lift the ban on selling fuel in rural areas" in course
