"""Arrows and surges: what the rules flag, by hand-counted numbers, and their record so far."""

import datetime as dt

import pytest
from django.utils import timezone

from incidents import workflow as desk
from incidents.models import Incident
from reports.rules import arrows, surge_rules
from reports.rules.arrows import Measure
from reports.rules.surge_rules import Days, Score
from tests import make
from tests.reports.conftest import Written, data, planned, schedule, sentences, table

LAST = dt.date(2022, 7, 31)


def days(*entries, length=surge_rules.REACH):
    """Numbers by how many days before the last they lie: (ago, number), …"""
    numbers = [0] * length
    for ago, number in entries:
        numbers[-1 - ago] += number
    return Days(numbers)


def incidents_measure(now, before, mean):
    return Measure(now, before, mean, arrows.FEW_INCIDENTS)


def deaths_measure(now, before, mean):
    return Measure(now, before, mean, arrows.FEW_DEATHS)


@pytest.mark.parametrize(
    ("incidents", "deaths", "arrow"),
    [
        ((10, 5, 5), (20, 20, 20), "worse"),
        ((10, 10, 10), (40, 20, 20), "worse"),
        ((5, 10, 10), (20, 20, 20), "better"),
        ((10, 10, 10), (20, 40, 40), "better"),
        ((11, 10, 10), (22, 20, 20), "unchanged"),
        # Above the period before, but not above the mean of the four before.
        ((10, 5, 9), (20, 20, 20), "unchanged"),
        # Twice as many, but only two more.
        ((4, 2, 2), (0, 0, 0), "unchanged"),
        ((3, 0, 0), (0, 0, 0), "worse"),
        # One rose, the other fell.
        ((10, 5, 5), (10, 40, 40), "unchanged"),
    ],
)
def test_an_arrow_follows_the_published_rule(incidents, deaths, arrow):
    assert arrows.arrow(incidents_measure(*incidents), deaths_measure(*deaths)).direction == arrow


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (126, 100, "large_increase"),
        (125, 100, "moderate_increase"),
        (110, 100, "limited"),
        (75, 100, "limited"),
        (74, 100, "decrease"),
        (10, 0, "large_increase"),
        (2, 0, "small"),
        (0, 0, "limited"),
    ],
)
def test_changes_have_the_classes_of_the_change_map(now, before, said):
    assert incidents_measure(now, before, before).change == said


def test_a_window_sums_the_days_that_end_so_many_before_the_last():
    series = days((0, 1), (29, 2), (30, 4), length=40)

    assert series.total(0, 30) == 3
    assert series.total(1, 30) == 6
    assert series.total(30, 30) == 4
    assert series.total(39, 30) == 0


@pytest.mark.parametrize(
    ("before", "flag"),
    [
        ([], ("three_years", 0)),
        ([(200, 11)], ("three_years", 11)),
        ([(200, 12)], None),
        ([(800, 12)], ("year", 0)),
        # Thirty days before the window itself are no part of it.
        ([(30, 12)], None),
        # Farther back than three years.
        ([(1125, 50)], ("three_years", 0)),
    ],
)
def test_thirty_days_are_flagged_where_no_thirty_days_before_held_as_many(before, flag):
    found = surge_rules.highest(days((3, 12), *before), 0, surge_rules.REACH)

    assert (found and (found.of, found.most_before)) == flag


def test_fewer_than_ten_deaths_are_no_surge():
    assert surge_rules.highest(days((3, 9)), 0, surge_rules.REACH) is None


def test_a_year_is_asked_of_only_where_the_record_was_kept():
    deaths = days((3, 12))

    assert surge_rules.highest(deaths, 0, 394) is None
    assert surge_rules.highest(deaths, 0, 395).of == "year"
    assert surge_rules.highest(deaths, 0, 1125).of == "three_years"


def weekly(*numbers):
    """Incidents of weeks, the newest first."""
    return days(*((7 * week + 2, number) for week, number in enumerate(numbers)))


@pytest.mark.parametrize(
    ("weeks", "rules"),
    [
        # Means 2, deviation at least one: the threshold is 5.
        ([5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], ()),
        ([6, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], ("C1", "C2", "C3")),
        # A rise of three weeks hides itself from C1 and, with its gap, not from C2 and C3.
        ([6, 5, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2], ("C2", "C3")),
        # No single week passes three deviations; the three together pass C3.
        ([5, 5, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2], ("C3",)),
        ([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ()),
    ],
)
def test_weeks_are_flagged_by_the_rules_of_early_aberration_reporting(weeks, rules):
    found = surge_rules.week(weekly(*weeks), 0, surge_rules.REACH)

    assert (found.rules if found else ()) == rules


def test_a_flag_that_more_deaths_followed_is_a_hit():
    score = Score()
    # Twelve deaths end 60 days before the last: flagged then; the 30 days after held 20 more.
    surge_rules.judge_highest(days((62, 12), (40, 20)), surge_rules.REACH, score)

    assert score.points == surge_rules.PAST_SPANS
    assert (score.flags, score.hits, score.false_alarms) == (2, 1, 1)
    # Before the first of them nothing had warned.
    assert score.misses == 1


def test_days_that_the_record_does_not_reach_are_not_judged():
    score = Score()
    surge_rules.judge_highest(days((3, 12)), 420, score)

    assert score.points == 0


def bamba(day, killed, **more):
    made = make.incident(
        day=day.isoformat(), place="Bamba", killed_low=killed, killed_best=killed,
        killed_high=killed, **more,
    )  # fmt: skip
    made.locations.update(admin1=make.area("mli-gao", "MLI", name="Gao"))
    return made


@pytest.fixture
def restless(db):
    """Four years with an incident a quarter of one death, then six in the last month of two."""
    for quarter in range(16):
        bamba(LAST - dt.timedelta(days=60 + 91 * quarter), 1)
    for number in range(6):
        bamba(LAST - dt.timedelta(days=number), 2)
    bamba(dt.date(2022, 7, 1), 40, date_end=LAST, date_precision="month")
    desk.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())
    return planned()


def test_a_report_tells_its_surges_with_the_rows_behind_them(restless):
    report = Written(restless, "surges")
    told = data(report, "surges")["surges"]

    assert [(one["key"], one["rule"]) for one in told] == [
        ("", "highest"), ("mli-gao", "highest"), ("", "week"), ("mli-gao", "week"),
    ]  # fmt: skip
    # The incident that is dated to the month stands on no day and is left out.
    assert told[0]["figure"]["killed"]["best"] == 12
    assert told[0]["before"]["killed"]["best"] == 1
    rows = {item.key: item.rows for item in report.items}
    assert len(rows["surge.days.mli-gao"]) == 6
    said = sentences(report, "surges")
    assert said[0] == "4 flags in the period; places examined: 2."
    assert said[1].startswith("Mali: 12 people killed in the 30 days to 31 July 2022")
    assert said[3].startswith("Mali: 6 incidents in the week of 25–31 July 2022")


def test_the_record_of_hits_and_misses_is_printed(restless):
    report = Written(restless, "surges")
    rows = table(report, "surge_record")

    assert [row["rule"]["text"] for row in rows] == ["30 days, highest", "C1", "C2", "C3"]
    for row in rows:
        hits, alarms = row["hits"]["value"], row["false_alarms"]["value"]
        assert row["flags"]["value"] == hits + alarms
    # Two places: the last of their 24 points is followed by the twelve deaths, and none flagged.
    first = rows[0]
    assert (first["points"]["value"], first["misses"]["value"]) == (48, 2)


def test_places_cost_no_queries_of_their_own(db, django_assert_max_num_queries):
    for number in range(6):
        made = make.incident(day="2022-07-10", place="Bamba", killed_low=1, killed_best=1)
        slug = f"mli-{number}"
        made.locations.update(admin1=make.area(slug, "MLI", name=slug))
    desk.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())
    job = planned()

    with django_assert_max_num_queries(9):
        report = Written(job, "surges")

    assert data(report, "surges")["examined"] == 7


def test_a_country_has_an_arrow_and_so_have_its_most_affected_areas(restless):
    report = Written(restless, "situation")
    whole, gao = data(report, "situation")["places"]

    assert (whole["key"], gao["key"]) == ("", "mli-gao")
    assert whole["arrow"] == gao["arrow"] == "worse"
    assert whole["incidents"] | {"change_percent": 0} == {
        "now": 7, "before": 1, "mean_of_four": 0.5, "change_percent": 0,
        "change_class": "large_increase",
    }  # fmt: skip
    first = table(report, "situation")[0]
    assert first["incidents"]["value"] == 7
    assert first["incidents"]["query"] == whole["sentence"][1]["query"]


def test_the_rows_of_an_arrow_are_those_that_its_query_lists(client, restless):
    report = Written(restless, "situation")

    for item in report.items:
        if item.key.startswith("situation."):
            answer = client.get(f"{item.query}&limit=1000").json()
            found = sorted([row["id"], row["version"]] for row in answer["results"])
            assert found == sorted(item.rows), item.key


def test_a_continental_report_has_an_arrow_for_each_active_country(restless):
    africa = schedule(slug="africa", country=None)
    make.published(day="2022-07-10", iso3="BFA", place="Djibo")

    places = data(Written(planned(africa), "situation"), "situation")["places"]

    assert [place["key"] for place in places] == ["", "MLI"]


def test_too_little_is_no_direction(db):
    make.published(day="2022-07-10", place="Kati")
    report = Written(planned(), "situation")

    (place,) = data(report, "situation")["places"]
    assert (place["arrow"], place["reason"]) == (
        "unchanged", "Too little is recorded to tell a direction.",
    )  # fmt: skip
