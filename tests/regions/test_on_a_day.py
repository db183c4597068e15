"""Who belonged to what on a day, and who came or went in the year before."""

import datetime as dt

import pytest

from regions.models import Membership, Mission
from regions.on_a_day import memberships_on, missions_on
from tests import make

pytestmark = pytest.mark.django_db
JOINED, LEAVES = dt.date(1975, 5, 28), dt.date(2025, 1, 29)


@pytest.fixture
def ecowas():
    """Mali and Niger leave on 29 January 2025, announced a year before; Nigeria stays."""
    body = make.body("ecowas")
    for iso3 in ("MLI", "NER"):
        row = make.membership(body, iso3, JOINED, LEAVES - dt.timedelta(days=1))
        row.exit_announced_on, row.exit_effective_on = dt.date(2024, 1, 28), LEAVES
        row.exit_precision = "day"
        row.save()
    make.membership(body, "NGA", JOINED)
    return body


def members(day):
    return {
        row.body.slug: [country.iso3 for country in row.members]
        for row in memberships_on(day).bodies
    }


def changes(day):
    return [
        (change.what, [country.iso3 for country in change.countries], change.on, change.is_day)
        for change in memberships_on(day).changes
    ]


def test_a_state_is_a_member_until_the_day_before_it_leaves(ecowas):
    assert members(LEAVES - dt.timedelta(days=1)) == {"ecowas": ["MLI", "NER", "NGA"]}
    assert members(LEAVES) == {"ecowas": ["NGA"]}


def test_those_who_leave_on_the_day_are_said_to_leave_on_it(ecowas):
    assert changes(LEAVES) == [("left", ["MLI", "NER"], LEAVES, True)]
    assert changes(LEAVES + dt.timedelta(days=365)) == [("left", ["MLI", "NER"], LEAVES, False)]
    assert changes(LEAVES + dt.timedelta(days=366)) == []


def test_between_announcement_and_effect_a_state_is_leaving_and_still_a_member(ecowas):
    announced = dt.date(2024, 1, 28)

    assert changes(announced - dt.timedelta(days=1)) == []
    assert changes(announced) == [("leaving", ["MLI", "NER"], announced, True)]
    assert members(announced) == {"ecowas": ["MLI", "NER", "NGA"]}


def test_a_state_that_joined_within_the_year_is_told(ecowas):
    make.membership(make.body("aes"), "MLI", "2023-09-16")

    assert ("joined", ["MLI"], dt.date(2023, 9, 16), True) in changes(dt.date(2023, 9, 16))
    assert members(dt.date(2023, 9, 15)) == {"ecowas": ["MLI", "NER", "NGA"]}


def test_a_suspended_member_is_one_and_is_marked(ecowas):
    row = make.membership(ecowas, "BFA", JOINED)
    Membership.objects.create(
        body=ecowas, country=make.country("MLI"), status="suspended", starts_on="2020-08-20"
    )

    (found,) = memberships_on(dt.date(2022, 7, 22)).bodies

    assert [country.iso3 for country in found.suspended_members] == ["MLI"]
    assert row.country in found.members


def test_only_what_had_begun_and_had_not_ended_is_a_mission_under_way():
    for slug, starts, ends in (
        ("past", "2013-01-11", "2014-08-01"),
        ("present", "2014-08-01", "2022-11-09"),
        ("later", "2023-01-01", None),
        ("planned", None, None),
    ):
        Mission.objects.create(
            slug=slug, name=slug, kind="bilateral", starts_on=starts, ends_on=ends
        )

    assert [mission.slug for mission in missions_on(dt.date(2014, 8, 1))] == ["present", "past"]
    assert [mission.slug for mission in missions_on(dt.date(2022, 11, 10))] == []


def test_the_first_day_of_the_calendar_has_no_members(ecowas):
    assert members(dt.date.min) == {}
    assert changes(dt.date.min) == []
