"""Sections that count the period: where, how, and beside other periods."""

import datetime as dt

import pytest
from django.utils import timezone

from core.choices import DatePrecision
from incidents import workflow as desk
from incidents.choices import Dataset, Tactic
from incidents.models import Incident
from reports.choices import Cadence
from reports.periods import Period
from tests import make
from tests.reports.conftest import Written, data, planned, schedule, sentences, table
from tests.reports.counting import cell, killed, labels, publish

CONTINENT = {"slug": "africa", "country": None}


def in_area(made, slug, iso3="MLI"):
    made.locations.update(admin1=make.area(slug, iso3, name=slug.title()))
    return made


@pytest.fixture
def areas(db):
    make.country("MLI")
    for day, slug, number in (
        ("2022-06-30", "gao", 10), ("2022-07-01", "gao", 5), ("2022-07-15", "mopti", 7),
        ("2022-07-31", "mopti", 1),
    ):  # fmt: skip
        in_area(make.incident(day=day, place=slug.title(), **killed(number)), slug)
    make.incident(day="2022-07-09", place="Somewhere", display_precision="country")
    publish()


def test_areas_stand_in_decreasing_order_of_deaths_with_their_change(areas):
    rows = table(Written(planned(), "areas"), "areas")

    assert labels(rows) == ["Mopti", "Gao", "area not known or not shown"]
    assert cell(rows, "Mopti", "killed") == "8"
    assert cell(rows, "Mopti", "killed_change") == "+8"
    assert cell(rows, "Gao", "killed_change") == "−5 (−50.0%)"
    assert cell(rows, "Gao", "incidents_change") == "0"
    assert cell(rows, "area not known or not shown", "incidents") == "1"


def test_the_row_without_an_area_lists_what_is_in_no_area(areas, client):
    rows = table(Written(planned(), "areas"), "areas")

    (found,) = client.get(rows[-1]["incidents"]["query"]).json()["results"]

    assert found["title"] == "Attack at Somewhere"


def test_a_country_report_has_areas_and_a_continental_one_countries_and_regions(areas):
    names = ("countries", "areas", "regions")
    country = Written(planned(), *names)
    continent = Written(planned(schedule(**CONTINENT)), *names)

    def filled(report):
        return [one["name"] for one in report.content["sections"][1:] if one["blocks"]]

    assert filled(country) == ["areas"]
    assert filled(continent) == ["countries", "areas", "regions"]


def test_regions_have_their_share_and_so_has_the_sahel(areas):
    make.incident(day="2022-07-03", iso3="SOM", place="Mogadishu", **killed(39))
    publish()

    report = Written(planned(schedule(**CONTINENT)), "regions")
    rows = table(report, "regions")

    assert cell(rows, "Eastern Africa", "killed_share") == "75.0%"
    assert cell(rows, "Western Africa", "incidents_share") == "80.0%"
    (sahel,) = sentences(report, "regions")
    assert "80.0% of the incidents and 25.0% of the people killed" in sahel


def test_a_body_has_a_row_for_each_member_of_the_period_without_incidents_too(areas):
    ecowas = make.body()
    make.membership(ecowas, "MLI", "1975-05-28")
    make.membership(ecowas, "NGA", "1975-05-28")
    make.membership(ecowas, "BFA", "1975-05-28", "2022-07-14")
    make.membership(ecowas, "NER", "1975-05-28", "2022-06-30")
    for day in ("2022-07-10", "2022-07-20"):
        make.incident(day=day, iso3="BFA", place=f"Djibo {day}")
    for made in Incident.objects.filter(editorial_status="draft"):
        make.through_the_door(made)
    for made in Incident.objects.filter(country__iso3="MLI"):
        desk.correct(made, by=make.rita(), at=timezone.now(), notice="Members.")

    where = schedule(slug="ecowas", country=None, body=ecowas)
    rows = table(Written(planned(where), "countries"), "countries")

    assert sorted(labels(rows)) == ["Burkina Faso", "Mali", "Nigeria"]
    assert cell(rows, "Burkina Faso", "incidents") == "1"
    assert cell(rows, "Nigeria", "incidents") == "0"


def test_means_count_an_incident_once_in_each_row(db):
    make.incident(
        day="2022-07-02", place="Kati", targets=["military", "civilians"], weapons=["drone"],
        tactics=["checkpoint", "convoy_ambush"], **killed(3),
    )  # fmt: skip
    make.incident(day="2022-07-03", place="Koro", targets=["military"])
    publish()

    report = Written(planned(), "targets", "weapons", "tactics", "types")

    assert cell(table(report, "targets"), "military", "incidents") == "2"
    assert cell(table(report, "targets"), "civilians", "killed") == "3"
    assert cell(table(report, "tactics"), "false checkpoint", "incidents") == "1"
    assert labels(table(report, "tactics")) == ["false checkpoint", "ambush of a convoy"]
    assert labels(table(report, "types")) == ["Assault on a base or post"]


def test_a_report_on_supply_lines_tells_their_targets_only(db):
    make.incident(day="2022-07-02", place="Kati", targets=["transport_road", "military"])
    make.incident(day="2022-07-03", place="Koro", targets=["military"])
    publish()

    about = schedule(slug="supply", topic="supply_lines")
    report = Written(planned(about), "targets")

    assert data(report, "totals")["incidents"]["count"] == 1
    assert labels(table(report, "targets")) == ["road transport"]


def test_the_trend_has_twelve_periods_empty_ones_too(db):
    make.published(day="2022-06-30", place="Kati", **killed(3))
    make.published(day="2022-07-01", place="Koro", **killed(4))
    make.published(day="2021-07-31", place="Early")

    rows = table(Written(planned(), "trend"), "trend")

    assert labels(rows)[0] == "August 2021"
    assert [row["incidents"]["value"] for row in rows] == [0] * 10 + [1, 1]
    assert [row["killed"]["value"]["best"] for row in rows] == [0] * 10 + [3, 4]


def test_the_comparison_says_by_how_much_in_per_cent(db):
    for day, number in (("2022-06-30", 8), ("2022-07-01", 4), ("2022-07-02", 2)):
        make.published(day=day, place=f"Place {day}", **killed(number))

    rows = table(Written(planned(), "comparison"), "comparison")

    assert labels(rows) == ["July 2022", "June 2022", "July 2021"]
    assert cell(rows, "June 2022", "incidents_change") == "+1 (+100%)"
    assert cell(rows, "June 2022", "killed_change") == "−2 (−25.0%)"
    assert cell(rows, "July 2021", "killed_change") == "+6"


@pytest.mark.parametrize(
    ("cadence", "period", "counted"),
    [
        (Cadence.DAILY, "2022-07-01", {"day", "day_range"}),
        (Cadence.WEEKLY, "2022-W26", {"day", "day_range", "week", "month"}),
        (Cadence.FORTNIGHTLY, "2022-07-H1", {"day", "day_range", "week", "month"}),
        (Cadence.MONTHLY, "2022-07", {"day", "day_range", "week", "month", "quarter"}),
        (Cadence.QUARTERLY, "2022-Q3", {"day", "day_range", "week", "month", "quarter"}),
        (Cadence.YEARLY, "2022", set(DatePrecision.values)),
    ],
)
def test_dates_too_vague_for_the_cadence_are_left_out(db, cadence, period, counted):
    ends = {"day": 0, "day_range": 2, "week": 6, "month": 30, "quarter": 91, "year": 364}
    for precision, days in ends.items():
        make.incident(
            day="2022-07-01", place=precision, date_precision=precision,
            date_end=dt.date(2022, 7, 1) + dt.timedelta(days=days),
        )  # fmt: skip
    publish()

    one = schedule(slug=f"a-{cadence}", cadence=cadence)
    report = Written(planned(one, Period.parse(period)))

    assert data(report, "totals")["incidents"]["count"] == len(counted)


def test_a_report_counts_one_data_set(db):
    make.published(day="2022-07-01", place="Kati")
    make.published(day="2022-07-01", place="Koro", dataset=Dataset.UCDP)

    own = Written(planned())
    other = Written(planned(schedule(slug="ucdp", dataset="ucdp")))

    assert data(own, "totals")["incidents"]["count"] == 1
    assert data(other, "totals")["incidents"]["count"] == 1
    assert own.items[0].rows != other.items[0].rows


def test_every_tactic_can_be_asked_for(client, db):
    make.published(day="2022-07-01", place="Kati", tactics=[Tactic.FUEL_BLOCKADE])

    for tactic in Tactic:
        found = client.get(f"/api/v1/incidents/?tactic={tactic}").json()["count"]
        assert found == (tactic == Tactic.FUEL_BLOCKADE)
