"""Names are held in memory, found by their letters, and never older than the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.search import FINDERS, search
from core.spelling import Spellings, trigrams
from regions.models import Mission
from tests import make

SPELLINGS = Spellings([(1, ["Boko Haram", "بوكو حرام"]), (2, ["Ansaru"]), (3, ["Côte d’Ivoire"])])


def likely(*words: str) -> list[int]:
    return [pk for pk, _names in SPELLINGS.like(words)]


def test_trigrams_are_those_of_each_word_with_its_ends():
    assert trigrams("G5 a") == {"  G", " G5", "G5 ", "  a", " a "}


@pytest.mark.parametrize(
    ("word", "found"),
    [("bokoharam", [1]), ("حرام", [1]), ("cote", [3]), ("ansuru", [2]), ("an", [2]), ("xq", [])],
)
def test_names_are_likely_that_share_letters_with_a_word(word, found):
    assert likely(word) == found


def test_one_of_several_words_is_enough():
    assert likely("ansaru in boko", "ansaru", "boko") == [1, 2]


@pytest.mark.django_db
def test_a_name_that_is_added_changed_or_taken_away_counts_at_once():
    def found() -> list[str]:
        return [hit.name for answer in search("amisom", limit=5) for hit in answer.hits]

    assert found() == []
    mission = Mission.objects.create(slug="amisom", name="AMISOM", kind="peace_operation")
    assert found() == ["AMISOM"]
    Mission.objects.update(name="ATMIS")  # no signal tells of this one
    assert found() == []
    Mission.objects.update(name="AMISOM II")
    assert found() == ["AMISOM II"]
    mission.delete()
    assert found() == []


@pytest.mark.django_db
def test_names_are_read_again_only_after_a_change():
    make.alias(make.actor("jnim"), "GSIM", "fr")
    search("gsim", limit=5)

    with CaptureQueriesContext(connection) as asked:
        search("gsim", limit=5)

    names = [query["sql"] for query in asked if '"actors_actoralias"."name"' in query["sql"]]
    assert names == []


@pytest.mark.django_db
def test_tables_that_grow_with_the_record_are_not_held():
    growing = {kind for kind, finder in FINDERS.items() if getattr(finder, "tables", None) == []}

    assert growing == {"source", "report"}
