"""Armed groups on a day: which existed, which had gone over into others, which nobody can tell."""

import datetime as dt

import pytest

from actors.on_a_day import groups_on
from tests import make

pytestmark = pytest.mark.django_db
FOUNDED = dt.date(2017, 3, 2)


@pytest.fixture
def groups():
    """Ansar Dine goes over into JNIM on the day that JNIM is founded; ISSP splits off elsewhere."""
    ansar = make.actor(
        "ansar-dine", founded_on="2011-12-01", founded_precision="month",
        ended_on=FOUNDED, ended_precision="day", kind="historical_group",
    )  # fmt: skip
    jnim = make.actor("jnim", founded_on=FOUNDED, founded_precision="day")
    issp = make.actor("issp", founded_on="2015-05-13", founded_precision="day")
    make.relation(ansar, jnim, "component_of", "2017-03-02")
    make.relation(issp, ansar, "split_from", "2015-05-13")
    return ansar, jnim, issp


def slugs(rows):
    return [row.actor.slug for row in rows]


def test_before_the_merger_both_live_their_own_lives(groups):
    found = groups_on(FOUNDED - dt.timedelta(days=1))

    assert slugs(found.existing) == ["ansar-dine", "issp"]
    assert found.ended == []


def test_from_the_merger_on_the_older_group_is_no_more_and_says_into_what(groups):
    found = groups_on(FOUNDED)

    assert slugs(found.existing) == ["issp", "jnim"]
    (ended,) = found.ended
    assert [edge.newer.slug for edge in ended.went_into] == ["jnim"]
    (_issp, jnim) = found.existing
    assert [(edge.older.slug, edge.is_predecessor) for edge in jnim.came_from] == [
        ("ansar-dine", True)
    ]


def test_a_split_is_an_origin_and_ends_nobody(groups):
    found = groups_on(dt.date(2016, 1, 1))

    issp = next(row for row in found.existing if row.actor.slug == "issp")
    assert [(edge.older.slug, edge.is_predecessor) for edge in issp.came_from] == [
        ("ansar-dine", False)
    ]
    assert "ansar-dine" in slugs(found.existing)


def test_in_the_month_of_a_loosely_dated_founding_nobody_knows(groups):
    def ansar(day):
        return groups_on(day).existing[0]

    assert ansar(dt.date(2011, 12, 15)).is_start_open
    assert not ansar(dt.date(2012, 1, 1)).is_start_open
    assert groups_on(dt.date(2011, 11, 30)).existing == []


def test_what_is_no_more_without_a_date_is_neither_there_nor_gone():
    make.actor("gia", founded_on="1992-01-01", founded_precision="year", status="dissolved")
    make.actor("dozo", kind="communal_militia")

    found = groups_on(dt.date(2022, 7, 21))

    assert slugs(found.unsure) == ["gia"]
    assert slugs(found.undated) == ["dozo"]
    assert found.existing == found.ended == []


def test_only_a_part_that_went_over_leaves_the_whole_alive():
    aqim = make.actor("aqim", founded_on="2007-01-01", founded_precision="month")
    jnim = make.actor("jnim", founded_on=FOUNDED, founded_precision="day")
    row = make.relation(aqim, jnim, "component_of", "2017-03-02")
    row.scope = "Sahara branch only"
    row.save()

    assert slugs(groups_on(dt.date(2018, 1, 1)).existing) == ["aqim", "jnim"]


def test_bonds_are_those_of_the_day():
    pledged = make.relation(make.actor("iswap", founded_on="2015-03-01"), make.actor("is"),
                            "pledged_allegiance_to", "2015-03-07")  # fmt: skip
    pledged.ends_on = dt.date(2020, 1, 1)
    pledged.save()

    def bonds(day):
        return [relation.target.slug for row in groups_on(day).existing for relation in row.bonds]

    assert bonds(dt.date(2015, 3, 6)) == []
    assert bonds(dt.date(2015, 3, 7)) == ["is"]
    assert bonds(dt.date(2020, 1, 2)) == []


def test_states_forces_and_imported_groups_are_left_out():
    make.actor("fama", kind="unidentified", founded_on="1960-01-01")
    make.actor("ucdp-1", dataset="ucdp", founded_on="1990-01-01")

    assert groups_on(dt.date(2022, 1, 1)).existing == []
