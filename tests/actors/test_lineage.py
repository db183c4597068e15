"""Who an actor goes back to, on a day."""

import datetime as dt

import pytest

from actors.lineage import lineage, predecessors
from actors.models import ActorRelation
from tests import make

pytestmark = pytest.mark.django_db
MERGER = "2017-03-02"


def relate(source, kind, target, on=None, **more):
    precision = more.pop("precision", "day" if on else "unknown")
    return ActorRelation.objects.create(
        source=make.actor(source),
        target=make.actor(target),
        type=kind,
        starts_on=on,
        start_precision=precision,
        **more,
    )


@pytest.fixture
def jnim():
    """The merger of 2 March 2017 and what came before it."""
    founded = make.actor("jnim", founded_on=dt.date(2017, 3, 2), founded_precision="day")
    relate("ansar-dine", "merged_into", "jnim", MERGER)
    relate("al-mourabitoun", "merged_into", "jnim", MERGER)
    relate("katiba-macina", "component_of", "jnim", MERGER)
    relate("aqim", "component_of", "jnim", MERGER, scope="Sahara branch only")
    relate("mujao", "merged_into", "al-mourabitoun", "2013-08-22")
    relate("mujao", "split_from", "aqim", "2011-01-01", precision="year")
    relate("gspc", "renamed_to", "aqim", "2007-01-01", precision="month")
    relate("jnim", "pledged_allegiance_to", "al-qaida", MERGER)
    return founded


def slugs(actors):
    return [actor.slug for actor in actors]


def test_predecessors_of_jnim_in_2018_are_the_groups_that_formed_it(jnim):
    found = slugs(predecessors(jnim, on=dt.date(2018, 1, 1)))

    assert found == ["al-mourabitoun", "ansar-dine", "aqim", "katiba-macina", "mujao"]


def test_there_are_none_before_the_actor_existed(jnim):
    assert predecessors(jnim, on=dt.date(2014, 1, 1)) == []
    assert lineage(jnim, dt.date(2014, 1, 1)).edges == []


def test_the_day_of_the_merger_counts(jnim):
    assert predecessors(jnim, on=dt.date(2017, 3, 1)) == []
    assert len(predecessors(jnim, on=dt.date(2017, 3, 2))) == 5


def test_without_a_day_it_is_what_is_known_now(jnim):
    assert predecessors(jnim) == predecessors(jnim, on=dt.date(2026, 1, 1))


def test_an_actor_of_which_a_part_went_over_is_named_but_not_walked_through(jnim):
    assert "gspc" not in slugs(predecessors(jnim))


def test_a_split_is_an_origin_and_not_a_predecessor(jnim):
    mujao = make.actor("mujao")

    assert predecessors(mujao) == []
    assert [edge.is_predecessor for edge in lineage(mujao).edges if edge.newer == mujao] == [False]


def test_a_pledge_is_no_lineage(jnim):
    assert "al-qaida" not in slugs(lineage(jnim).nodes)


def test_a_component_that_joined_later_is_not_lineage():
    make.actor("iswap", founded_on=dt.date(2016, 8, 1), founded_precision="month")
    relate("issp", "component_of", "iswap", "2019-03-01", ends_on="2022-03-31")

    assert predecessors(make.actor("iswap")) == []


def test_a_successor_has_its_predecessor():
    relate("al-shabaab", "successor_of", "icu", "2006-12-01", precision="month")

    assert slugs(predecessors(make.actor("al-shabaab"))) == ["icu"]


def test_an_undated_relation_counts_always():
    relate("old", "renamed_to", "new")

    assert slugs(predecessors(make.actor("new"), on=dt.date(1990, 1, 1))) == ["old"]


def test_the_tree_names_both_sides_their_dates_and_how_far_away_they_are(jnim):
    tree = lineage(jnim, dt.date(2018, 1, 1))

    by_pair = {(edge.older.slug, edge.newer.slug): edge for edge in tree.edges}
    assert by_pair["mujao", "al-mourabitoun"].relation.starts_on == dt.date(2013, 8, 22)
    assert by_pair["aqim", "jnim"].is_partial
    depth = {node.slug: tree.depth[node.pk] for node in tree.nodes}
    assert depth["jnim"] == 0
    assert depth["ansar-dine"] == 1
    assert depth["mujao"] == 2


def test_the_tree_shows_what_came_out_of_the_actor(jnim):
    tree = lineage(make.actor("ansar-dine"))

    assert [(e.older.slug, e.newer.slug) for e in tree.edges] == [("ansar-dine", "jnim")]
    assert tree.depth[jnim.pk] == -1


@pytest.mark.parametrize("ask", [predecessors, lineage])
def test_one_query_whatever_the_depth(jnim, ask, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(jnim)
