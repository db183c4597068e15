"""Actors by any name, in any script."""

import pytest

from actors.models import Actor
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    ansar_dine = make.actor("ansar-dine", name="Ansar Dine")
    for name, lang in [("Ançar Dine", "fr"), ("Ansar al-Din", "en"), ("أنصار الدين", "ar")]:
        make.alias(ansar_dine, name, lang)
    jnim = make.actor("jnim", name="Jama'at Nusrat al-Islam wal-Muslimin")
    make.alias(jnim, "GSIM", "fr")
    make.alias(jnim, "Jama’at Nusrat", "ar-Latn")
    shabaab = make.actor("al-shabaab", name="Harakat al-Shabaab")
    make.alias(shabaab, "Al-Shabaab", "en")
    mozambique = make.actor("is-mozambique", name="Islamic State Mozambique")
    make.alias(mozambique, "al-Shabaab", "en", context_country=make.country("MOZ"))


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("ançar dine", "ansar-dine"),
        ("ANSAR AL-DIN", "ansar-dine"),
        ("أنصار الدين", "ansar-dine"),
        ("GSIM", "jnim"),
        ("Jama’at Nusrat", "jnim"),
        ("Jama'at Nusrat", "jnim"),
    ],
)
def test_called_finds_a_name_in_any_spelling_and_script(names, asked, slug):
    assert [actor.slug for actor in Actor.objects.called(asked)] == [slug]


@pytest.mark.parametrize(("iso3", "slug"), [("MOZ", "is-mozambique"), ("SOM", "al-shabaab")])
def test_called_knows_homonyms_apart_by_country(names, iso3, slug):
    assert [actor.slug for actor in Actor.objects.called("al-shabaab", country=iso3)] == [slug]


@pytest.mark.parametrize("part", ["nusrat", "NUSRÂT", "gsi", "الدين", "shabaab"])
def test_with_name_like_finds_a_part_of_a_name(names, part):
    assert Actor.objects.with_name_like(part).exists()


def test_with_name_like_finds_an_imported_actor_by_its_only_name():
    make.actor("ucdp-1", name="Military faction (Forces of Ünal)", dataset="ucdp")

    assert Actor.objects.with_name_like("forces of unal").get().slug == "ucdp-1"


def test_words_without_a_letter_are_in_no_name(names):
    assert not Actor.objects.with_name_like("— '").exists()
