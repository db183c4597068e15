"""The lists of neutral language, in English and French."""

import pytest
import yaml
from django.utils import translation

from incidents import language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Terrorists attacked the base", ["Terrorists"]),
        ("A brazen assault by narco-Islamists", ["brazen", "narco-Islamists"]),
        ("Soldiers neutralised 30 fighters", ["neutralised"]),
        ("The regime’s army", ["regime"]),
        ("a kidnapping spree", ["spree"]),
        ("Les terroristes ont lâchement attaqué", ["terroristes", "lâchement"]),
        ("L'armée a neutralisé le cerveau de l'attaque", ["neutralisé", "cerveau de l'attaque"]),
        ("Un martyr de la cause", ["martyr"]),
        ("Tués dans l’opération, morts dans une opération", ["morts dans une opération"]),
    ],
)
def test_words_of_one_side_are_found(text, found):
    assert [one.found for one in language.findings(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Attackers killed 12 soldiers at the base, the army said.",
        "The group is designated as terrorist by the United States.",
        "Le groupe est désigné comme terroriste par les États-Unis.",
        "Des assaillants ont tué douze soldats, selon l’armée.",
        "The sanctions regime of the United Nations",
        "Territory of the commune",
        "Des liberations de prisonniers",
        "On 22 July 2022, 21 people; 2013-09-21 to 2013-09-24",
        "",
    ],
)
def test_plain_reports_pass(text):
    assert language.findings(text) == []


def test_a_quotation_may_keep_a_word_with_a_reason():
    (one,) = language.findings("The minister spoke of a “cowardly” attack.")

    assert one.is_quoted
    assert "editors’ note" in one.advice


def test_the_advice_comes_in_the_language_of_the_editor():
    with translation.override("fr"):
        (one,) = language.findings("Terrorists attacked")

    assert "assaillants" in one.advice


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Call +223 76 12 34 56 for more", "phone"),
        ("write to someone@example.org", "email"),
        ("seen at 12.7451, -8.0712", "coordinates"),
        ("see t.me/some_channel", "handle"),
    ],
)
def test_what_can_identify_a_person_is_found(text, rule):
    assert [one.rule for one in language.findings(text)] == [rule]


def test_a_group_in_the_title_needs_a_confirmed_attribution():
    names = ["JNIM", "Jama'at Nusrat al-Islam wal-Muslimin"]

    (one,) = language.title_findings("JNIM attack on Kati", names, is_confirmed=False)
    assert one.found == "JNIM"
    assert language.title_findings("JNIM attack on Kati", names, is_confirmed=True) == []
    assert language.title_findings("Attack on Kati", names, is_confirmed=False) == []


def test_casualties_need_both_killed_and_wounded():
    assert language.casualty_findings("12 casualties", ["killed"])
    assert not language.casualty_findings("12 casualties", ["killed", "wounded"])
    assert not language.casualty_findings("12 killed", ["killed"])


BOOK = yaml.safe_load(language.WORDS.read_text(encoding="utf-8"))
TERMS = [
    (row["rule"], term.rstrip("*") + ending)
    for row in BOOK["terms"]
    for term in (*row["en"], *row["fr"])
    for ending in (("", "s") if term.endswith("*") else ("",))
]
EXCUSED = [
    (row["rule"], phrase)
    for row in BOOK["terms"]
    for phrases in row.get("unless", {}).values()
    for phrase in phrases
]


@pytest.mark.parametrize(("rule", "term"), TERMS)
def test_every_term_of_the_lists_is_found_in_a_sentence_and_not_within_a_word(rule, term):
    around = [one.rule for one in language.findings(f"Ils, the {term}, sont là")]
    capital = [one.rule for one in language.findings(term.upper())]
    within = [one.found.casefold() for one in language.findings(f"x{term}")]

    assert rule in around
    assert rule in capital
    assert term not in within


@pytest.mark.parametrize(("rule", "phrase"), EXCUSED)
def test_a_phrase_in_which_a_term_is_right_is_not_found(rule, phrase):
    assert rule not in [one.rule for one in language.findings(f"the {phrase} there")]


@pytest.mark.parametrize("rule", language.rules(), ids=lambda rule: rule.name)
def test_every_rule_advises_in_the_language_of_the_editor(rule):
    assert {tongue: rule.advice[tongue].strip() for tongue in ("en", "fr")} == rule.advice
    assert rule.advice["en"] != rule.advice["fr"]
    for tongue, advice in rule.advice.items():
        with translation.override(tongue):
            assert rule.said() == advice
