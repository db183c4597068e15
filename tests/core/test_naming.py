"""Names that readers type: spelling, accents and scripts forgiven, the surest first."""

import pytest

from core.names import search_key
from core.naming import LEAST, best, likeness, marked


def score(words: str, name: str) -> float:
    return likeness(search_key(words), search_key(name))


def test_the_very_name_comes_before_its_beginning_a_word_in_it_and_a_typo():
    ladder = [
        score("ECOWAS", "Ecowas"),
        score("eco", "ECOWAS"),
        score("standby", "ECOWAS Standby Force"),
        score("JNIM attacks in Kati", "Kati"),
        score("ecwas", "ECOWAS"),
    ]

    assert ladder[0] == 1
    assert ladder == sorted(ladder, reverse=True)
    assert len(set(ladder)) == len(ladder)
    assert min(ladder) >= LEAST


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("jama’at nusrat", "Jamāʿat Nuṣrat al-Islām"),
        ("cote d'ivoire", "Côte d’Ivoire"),
        ("bokoharam", "Boko Haram"),
        ("tombouktou", "Tombouctou"),
        ("attaques tombouktou", "Tombouctou"),
        ("fighting in somlia", "Somalia"),
        ("الشباب", "حركة الشباب المجاهدين"),
        ("انصار الدين", "أنصار الدين"),
    ],
)
def test_a_name_is_known_in_other_spellings_and_scripts(words, name):
    assert best(search_key(words), [name]).name == name


@pytest.mark.parametrize(
    ("words", "name"),
    [("benin", "Kenya"), ("mali", "Chad"), ("aqim", "G5"), ("attacks in mali", "Malawi")],
)
def test_another_name_is_not_taken_for_it(words, name):
    assert best(search_key(words), [name]) is None


def test_spaces_make_hardly_another_name():
    assert score("bokoharam", "Boko Haram") > score("boko", "Boko Haram")
    assert score("al shabaab", "Alshabaab") > score("alshabaab", "Alshabaab (Kenya)")


def test_a_misspelt_name_among_words_is_less_sure_than_any_that_is_spelt_so():
    misspelt = score("attacks in nigria", "Nigeria")

    assert LEAST <= misspelt < score("attacks in nigeria", "Nigeria")
    assert misspelt < score("nigria", "Nigeria")


def test_of_two_names_that_begin_alike_the_shorter_is_meant():
    assert score("guin", "Guinea") > score("guin", "Guinea-Bissau")


def test_the_best_of_several_names_is_told():
    match = best("gsim", ["Jama'at Nusrat al-Islam wal-Muslimin", "JNIM", "GSIM"])

    assert (match.name, match.score) == ("GSIM", 1)


def test_the_words_that_were_looked_for_are_marked_and_the_text_stays_whole():
    text = "Côte d’Ivoire: <b>attaque</b>"
    pieces = marked(text, search_key("cote attaques"))

    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, is_match in pieces if is_match] == ["Côte", "attaque"]
