"""Names on the entry page: actors and places by any spelling, homonyms told apart."""

import pytest

from regions.models import AdminArea, Place
from tests import make
from tests.desk.entering import only, page, save, wrong

pytestmark = pytest.mark.django_db


def test_an_ambiguous_name_asks_which_actor_is_meant(ed):
    one = make.actor("al-shabaab", name="Harakat al-Shabaab")
    other = make.actor("is-mozambique", name="Islamic State Mozambique")
    make.alias(one, "Al-Shabaab")
    make.alias(other, "Al Shabab", context_country=make.country("MOZ"))
    make.alias(other, "Al-Shabaab", lang="pt", context_country=make.country("MOZ"))
    named = {"parties-count": "1", "parties-0-role": "accused"}

    asked = save(ed, named | {"parties-0-actor_said": "shabaab"})
    assert asked.status_code == 422
    assert "can mean several things" in page(asked)
    assert 'name="parties-0-actor_choice" value="is-mozambique"' in page(asked)

    chosen = named | {"parties-0-actor_said": "shabaab", "parties-0-actor_choice": "is-mozambique"}
    assert save(ed, chosen).status_code == 302
    assert only().participations.get().actor == other


def test_a_homonym_is_told_apart_by_the_country(ed):
    one = make.actor("al-shabaab", name="Harakat al-Shabaab")
    other = make.actor("is-mozambique", name="Islamic State Mozambique")
    make.alias(one, "Al-Shabaab")
    make.alias(other, "Al-Shabaab", lang="pt", context_country=make.country("MOZ"))
    named = {"parties-count": "1", "parties-0-actor_said": "AL SHABAAB"}

    assert save(ed, named | {"country": "MOZ"}).status_code == 302
    assert only().participations.get().actor == other
    only().delete()
    assert save(ed, named | {"country": "SOM"}).status_code == 302
    assert only().participations.get().actor == one


def test_an_unknown_actor_is_refused_with_the_remedy_and_an_unnamed_party_is_kept(ed):
    answer = save(ed, {"parties-count": "1", "parties-0-actor_said": "Nobody’s Front"})
    assert "No actor is called “Nobody’s Front”" in page(answer)

    answer = save(ed, {"parties-count": "1", "parties-0-actor_text": "unidentified gunmen"})
    assert answer.status_code == 302
    assert only().participations.get().actor_text == "unidentified gunmen"


def test_words_changed_after_a_choice_are_looked_up_again(ed):
    make.actor("jnim", name="JNIM")
    fama = make.actor("fama", name="FAMa")
    stale = {"parties-count": "1", "parties-0-actor": "jnim", "parties-0-actor_said": "FAMa"}

    assert save(ed, stale).status_code == 302
    assert only().participations.get().actor == fama


def test_a_place_of_the_gazetteer_fills_in_what_is_known_of_it(ed):
    mali = make.country("MLI")
    area = AdminArea.objects.create(slug="mli-koulikoro", country=mali, level=1, name="Koulikoro")
    kati = Place.objects.create(
        name="Kati", country=mali, area=area, latitude="12.745", longitude="-8.071"
    )

    answer = save(ed, {"locations-count": "1", "locations-0-place_said": "kati"})

    assert answer.status_code == 302, wrong(answer)
    where = only().locations.get()
    assert (where.place, where.admin1, where.name) == (kati, area, "Kati")
    assert (float(where.latitude), float(where.longitude)) == (12.745, -8.071)
