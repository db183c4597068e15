"""The page of a day: what happened on it, what lasted over it, what may have happened on it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from incidents import workflow
from incidents.on_a_day.recorded import Recorded
from tests import make
from tests.incidents.exploring import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


def a_siege(**more):
    """From 21 to 24 September 2013."""
    return make.published(
        day="2013-09-21", date_end=dt.date(2013, 9, 24), is_multiday=True, iso3="KEN",
        place="Westgate", **more,
    )  # fmt: skip


def some_time_in_october(**more):
    return make.published(
        day="2025-10-01", date_end=dt.date(2025, 10, 31), date_precision="month", iso3="NER",
        place="Tera", **more,
    )  # fmt: skip


def of(day, **more):
    (found,) = Recorded(dt.date.fromisoformat(day), **more).sets
    return found


def titles(part):
    return [row.title for row in part.rows] if part else []


def test_what_happened_on_the_day_is_told_with_its_deaths(rae):
    for low, best, high in ((1, 2, 4), (3, 3, 5)):
        which = make.incident(day="2022-07-22", killed_low=low, killed_best=best, killed_high=high)
        make.estimate(which, low=low, best=best, high=high, is_preferred=True)
        make.through_the_door(which)
    make.published(day="2022-07-23", place="Segou")

    answer = rae.get("/on/2022-07-22/")

    said = text(answer)
    assert answer.status_code == 200
    assert "The world on 22 July 2022" in said
    assert "Incidents 2" in said
    assert "Killed 4 to 9" in said
    assert "Segou" not in said
    assert 'href="/incidents/?from=2022-07-22&amp;to=2022-07-22"' in answer.content.decode()


def test_a_leap_day_has_a_page_where_the_year_has_the_day(rae):
    make.published(day="2024-02-29")

    assert "Attack at Kati" in text(rae.get("/on/2024-02-29/"))
    refused = rae.get("/on/2023-02-29/")
    assert refused.status_code == 400
    assert "2023-02-29 is not a date: write 2025-01-29." in text(refused)


def test_the_middle_of_a_siege_belongs_to_it_but_its_deaths_to_no_single_day(rae):
    a_siege(killed_low=67, killed_best=67, killed_high=67)

    for day in ("2013-09-21", "2013-09-22", "2013-09-24"):
        assert titles(of(day).lasting) == ["Attack at Westgate"]
        assert of(day).on is None
    assert Recorded(dt.date(2013, 9, 25)).sets == []
    said = text(rae.get("/on/2013-09-22/"))
    assert "No incident is dated to this day alone." in said
    assert "Killed over all their days: 67." in said


def test_a_month_that_holds_the_day_is_a_perhaps_and_no_mark_on_its_map(rae):
    some_time_in_october(killed_low=2, killed_best=2)

    found = of("2025-10-17")
    answer = rae.get("/on/2025-10-17/")

    assert found.on is None
    assert found.lasting is None
    assert titles(found.perhaps) == ["Attack at Tera"]
    assert "1 incident is dated so loosely that it may have happened on this day" in text(answer)
    assert answer.context["map"] is None
    assert "<svg" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_every_incident_of_the_day_stands_in_exactly_one_part_and_the_explorer_counts_as_many(rae):
    make.published(day="2013-09-22")
    a_siege()
    make.published(
        day="2013-09-22", date_end=dt.date(2013, 9, 23), date_precision="day_range", place="Gao"
    )
    make.published(
        day="2013-01-01", date_end=dt.date(2013, 12, 31), date_precision="year", place="Kidal"
    )
    make.published(day="2013-09-23", place="Segou")

    found = of("2013-09-22")

    assert titles(found.on) == ["Attack at Kati"]
    assert titles(found.lasting) == ["Attack at Westgate"]
    assert titles(found.perhaps) == ["Attack at Gao", "Attack at Kidal"]
    counted = sum(part.totals.incidents for part in (found.on, found.lasting, found.perhaps))
    assert rae.get(f"/incidents/?{found.query}").context["answer"].count == counted == 4
    exactly = rae.get(f"/incidents/?{found.on.query}").context["answer"].count
    assert exactly == found.on.totals.incidents + found.lasting.totals.incidents


def test_data_sets_stand_side_by_side_and_are_never_added():
    make.published(day="2022-07-22", killed_low=3, killed_best=3)
    make.published(day="2022-07-22", killed_low=4, killed_best=4, dataset="ucdp", place="Segou")

    sets = Recorded(dt.date(2022, 7, 22)).sets

    assert [(one.dataset, one.on.totals.killed.low) for one in sets] == [("vigil", 3), ("ucdp", 4)]


def test_a_day_after_the_end_of_an_imported_data_set_is_not_told_as_quiet(rae):
    make.published(day="2024-12-30", dataset="ucdp")

    said = text(rae.get("/on/2025-01-29/"))

    assert "The data set UCDP GED ends on 30 December 2024: it says nothing of this day." in said
    assert "ends on" not in text(rae.get("/on/2024-01-29/"))


def test_ways_lead_to_the_days_beside_and_to_the_nearest_days_with_incidents(rae):
    make.published(day="2022-07-01")
    make.published(day="2022-07-20")
    make.published(
        day="2022-07-05", date_end=dt.date(2022, 7, 11), date_precision="week", place="Gao"
    )

    ways = rae.get("/on/2022-07-08/").context["ways"]

    assert {name: address for name, (_day, address) in ways.items()} == {
        "before": "/on/2022-07-07/",
        "after": "/on/2022-07-09/",
        "last": "/on/2022-07-01/",
        "first": "/on/2022-07-20/",
    }


def test_long_before_the_record_a_day_is_empty_and_shows_the_way_on(rae):
    make.published(day="1998-08-07")

    answer = rae.get("/on/0001-01-01/")

    assert answer.status_code == 200
    assert "No recorded incident may have happened on this day." in text(answer)
    assert set(answer.context["ways"]) == {"after", "first"}
    assert answer.context["ways"]["first"][1] == "/on/1998-08-07/"


def test_today_is_the_last_day(rae):
    today = timezone.now().date()
    tomorrow = today + dt.timedelta(days=1)

    assert rae.get("/on/").url == f"/on/{today}/"
    assert "after" not in rae.get(f"/on/{today}/").context["ways"]
    refused = rae.get(f"/on/{tomorrow}/")
    assert refused.status_code == 400
    assert f"{tomorrow} is still to come" in text(refused)


def test_the_form_leads_to_the_day_and_keeps_the_moment(rae):
    assert rae.get("/on/?day=2022-07-21").url == "/on/2022-07-21/"
    kept = rae.get("/on/?day=2022-07-21&as_of=2026-01-01")
    assert kept.url == "/on/2022-07-21/?as_of=2026-01-01"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/on/2022-07/", "2022-07 is not a date"),
        ("/on/yesterday/", "yesterday is not a date"),
        ("/on/20220721/", "20220721 is not a date"),
        ("/on/2022-07-21x/", "2022-07-21x is not a date"),
        ("/on/٢٠٢٢-٠٧-٢١/", "is not a date"),
        ("/on/?day=2022-13-01", "2022-13-01 is not a date"),
        ("/on/2022-07-21/?as_of=2099-01-01", "still to come"),
        ("/on/2022-07-21/?as_of=soon", "soon is not a moment"),
        ("/on/2022-07-21/?country=MLI", "no such parameter"),
    ],
)
def test_what_is_not_understood_is_refused_with_value_and_remedy(rae, address, words):
    answer = rae.get(address)

    assert answer.status_code == 400
    assert words in text(answer)
    assert rae.get("/on/2022-07/", headers={"accept-language": "fr"}).status_code == 400


def test_the_past_is_told_as_it_was_said_then_and_says_so(rae):
    then = timezone.now() - dt.timedelta(days=10)
    make.published(at=then, day="2022-07-22", title="Attack at Kati")
    make.published(day="2022-07-22", title="Attack that was told later")

    said = text(rae.get("/on/2022-07-22/", {"as_of": f"{then + dt.timedelta(days=1):%Y-%m-%d}"}))

    assert "Attack at Kati" in said
    assert "told later" not in said
    assert "You are looking at the past." in said
    assert "What follows is told as Vigil knows it now" in said


def test_the_past_knows_its_own_nearest_days():
    then = timezone.now() - dt.timedelta(days=10)
    make.published(at=then, day="2022-07-01")
    make.published(at=then, day="2022-07-20")
    make.published(day="2022-07-05")

    as_of = f"{then + dt.timedelta(days=1):%Y-%m-%d}"
    found = Recorded(dt.date(2022, 7, 8), as_of, at=timezone.now())

    assert found.nearest() == (dt.date(2022, 7, 1), dt.date(2022, 7, 20))
    assert Recorded(dt.date(2022, 7, 8)).nearest()[0] == dt.date(2022, 7, 5)


def test_a_withdrawn_incident_and_a_draft_are_not_there(rae):
    gone = make.published(day="2022-07-22", title="Attack that did not happen")
    workflow.withdraw(gone, by=make.rita(), at=timezone.now(), reason="not_confirmed")
    make.incident(day="2022-07-22", title="Attack that is a draft")

    said = text(rae.get("/on/2022-07-22/"))

    assert "No recorded incident may have happened on this day." in said
    assert "did not happen" not in said
    assert "draft" not in said


def test_what_was_under_way_is_told_with_the_days_of_conditions(rae):
    make.campaign("wave", starts_on="2022-07-21", ends_on="2022-07-29")
    make.campaign("over", starts_on="2022-01-01", ends_on="2022-07-21")
    make.campaign(
        "siege", name="Siege of Djibo", kind="condition", condition_type="siege",
        starts_on="2022-02-16",
    )  # fmt: skip

    said = text(rae.get("/on/2022-07-22/"))

    assert "Wave" in said
    assert "Over" not in said
    assert "Siege of Djibo" in said
    assert "156 days" in said


def test_more_incidents_make_no_more_queries(rae, django_assert_max_num_queries):
    def ask():
        make.published(day="2022-07-22", place="Segou")
        a_siege()
        some_time_in_october()
        rae.get("/on/2022-07-22/")

    ask()
    with django_assert_max_num_queries(40) as first:
        rae.get("/on/2022-07-22/")
    # Every further request forgets what was counted.
    number = len(first)
    for _ in range(3):
        ask()
    with django_assert_max_num_queries(number):
        rae.get("/on/2022-07-22/")
    assert number > 10


def test_a_dated_incident_leads_to_its_day(rae):
    which = make.published(day="2022-07-22")
    loose = some_time_in_october()

    page = rae.get(f"/incidents/{which.public_id}/{which.slug}/").content.decode()
    other = rae.get(f"/incidents/{loose.public_id}/{loose.slug}/").content.decode()

    assert 'href="/on/2022-07-22/"' in page
    assert "/on/2025-10" not in other


def test_a_light_page_has_fewer_rows_and_no_map(rae):
    for n in range(16):
        make.published(day="2022-07-22", place=f"Village-{n}")

    rae.cookies["light"] = "yes"
    answer = rae.get("/on/2022-07-22/")

    assert answer.context["map"] is None
    assert "1 more incident in the explorer" in text(answer)
