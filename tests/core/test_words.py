"""How words of readers are read against texts: by English and French stem, else as written."""

import pytest
from django.db import connection

from core.text import query_sql


def has(text, words):
    sql, params = query_sql(words)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vigil_text(%s) @@ {sql}", [text, *params])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Villages were burnt", "village"),
        ("Les attaques du marché", "attaque marche"),
        ("The camp in Ménaka", "menaka"),
        ("The camp in Menaka", "Ménaka"),
        ("Soldiers of the mission", "soldier -rebel"),
        ("Fuel trucks on the road", '"fuel trucks"'),
        ("A market in Gao", "gao or mopti"),
        # Both languages drop "on"; who asks for nothing else gets it as written.
        ("Fire on the market", "on"),
    ],
)
def test_words_find_the_texts_that_say_them(db, text, words):
    assert has(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Villages were burnt", "village -burnt"),
        # The words of a phrase stand beside each other, also at the end of a text.
        ("Trucks with fuel", '"fuel trucks"'),
        # The French stem of "Tunisie" looks like the name of the city.
        ("Attaque en Tunisie", "tunis"),
        ("A market in Gao", "mopti"),
        ("A market in Gao", "on"),
        ("A market in Gao", ""),
    ],
)
def test_words_leave_out_the_texts_that_do_not(db, text, words):
    assert not has(text, words)


def test_a_word_whose_stems_are_one_is_asked_for_once(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT vigil_words('village')::text, vigil_words('generations')::text")

        assert cursor.fetchone() == ("'villag'", "'generat' | 'gener'")
