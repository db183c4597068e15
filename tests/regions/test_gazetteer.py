"""The gazetteer: places of GeoNames, from which editors choose where something happened."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry
from incidents.desk import place_picker
from incidents.desk.options import Context
from regions import gazetteer
from regions.models import AdminArea, Place
from tests import make

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


def line(name="Kati", others="Kati,Catí,КАТИ,KTI", point=("12.74409", "-8.07257"), **more):
    """A line of cities500.txt."""
    cells = {"country": "ML", "kind": "PPLA2", "people": "52714"} | more
    row = ["1", name, name, others, *point, "P", cells["kind"], cells["country"], "", "07", "", "",
           "", cells["people"], "", "400", "Africa/Bamako", "2020-01-01"]  # fmt: skip
    return "\t".join(row)


@pytest.fixture
def write(tmp_path):
    def written(*lines):
        file = tmp_path / "cities500.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return written


@pytest.fixture
def koulikoro():
    mali = make.country("MLI")
    return AdminArea.objects.create(
        slug="mli-koulikoro", country=mali, level=1, name="Koulikoro", kind="region"
    )


def test_a_place_comes_with_its_names_its_kind_and_the_area_around_it(write, koulikoro):
    assert gazetteer.load(write(line()), at=AT) == gazetteer.Loaded(1, 0, 0)

    kati = Place.objects.get()
    assert (kati.name, kati.kind, kati.area) == ("Kati", "town", koulikoro)
    assert kati.aliases == ["Catí", "КАТИ"]
    assert AuditEntry.objects.filter(verb="load", noun="gazetteer").count() == 1


def test_places_out_of_scope_and_places_that_are_gone_stay_out(write, koulikoro):
    file = write(line(country="FR"), line("Old Kati", kind="PPLQ"), line("Kambila", people="900"))

    gazetteer.load(file, at=AT)

    assert [(p.name, p.kind) for p in Place.objects.all()] == [("Kambila", "town")]


def test_a_small_place_without_a_seat_is_a_village(write, koulikoro):
    gazetteer.load(write(line("Kambila", kind="PPL", people="900")), at=AT)

    assert Place.objects.get().kind == "village"


def test_the_same_file_again_changes_nothing_and_a_newer_one_only_what_differs(write, koulikoro):
    gazetteer.load(write(line(), line("Kambila", point=("12.8", "-8.1"))), at=AT)
    own = Place.objects.create(name="Camp", country=koulikoro.country, kind="base")

    assert gazetteer.load(write(line(), line("Kambila", point=("12.8", "-8.1"))), at=AT) == (
        gazetteer.Loaded(0, 0, 2)
    )
    assert gazetteer.load(write(line(others="Kati,Kaati")), at=AT) == gazetteer.Loaded(0, 1, 0)
    assert Place.objects.get(name="Kati").aliases == ["Kaati"]
    assert Place.objects.filter(pk=own.pk).exists()
    assert AuditEntry.objects.filter(noun="gazetteer").count() == 2


def test_a_broken_line_is_named_and_nothing_is_loaded(write, koulikoro):
    with pytest.raises(CommandError, match=r"Line 2 of cities500\.txt has 2 columns instead of 19"):
        call_command("gazetteer", file=write(line(), "1\tKati"))
    with pytest.raises(CommandError, match=r"Line 1 .* latitude “north” is not a number"):
        call_command("gazetteer", file=write(line(point=("north", "-8"))))

    assert not Place.objects.exists()


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(CommandError, match="make assets"):
        call_command("gazetteer", file=tmp_path / "cities500.txt")


def test_an_editor_finds_a_place_by_any_of_its_names_in_the_country(write, koulikoro):
    gazetteer.load(write(line()), at=AT)

    (option,) = place_picker.places("кати", Context(make.ed(), "MLI"))

    assert option.label == "Kati"
    assert option.fills["latitude"] == "12.744090"
    assert option.fills["admin1"] == "mli-koulikoro"


def test_the_installed_package_brings_the_places_of_every_large_country(koulikoro):
    nigeria = make.country("NGA")

    done = gazetteer.load(gazetteer.default_file(), at=AT)

    assert done.created == Place.objects.count()
    assert Place.objects.filter(country=nigeria).count() > 500
    assert Place.objects.filter(country=koulikoro.country, name="Kati").count() == 1
