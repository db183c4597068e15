"""Simulated incidents: as many as asked for, the same for the same seed, never mistaken."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from incidents.models import PublishedIncident, RecordHead
from incidents.simulation import NothingToMove, simulate
from tests import make

pytestmark = pytest.mark.django_db


def rows():
    return PublishedIncident.objects.filter(slug__startswith="simulated-").order_by("seq")


def test_simulated_incidents_are_published_ones_moved_in_time():
    make.published(day="2022-07-22", killed_low=1, killed_best=2, killed_high=3)
    make.published(day="2023-01-02", iso3="KEN")

    assert simulate(300, seed=1, at=timezone.now()) == 302

    made = rows()
    assert made.count() == 300
    assert made.values("public_id").distinct().count() == 300
    assert {row.country for row in made} == {"MLI", "KEN"}
    for row in made.filter(country="MLI"):
        assert abs((row.date_start - make.dt.date(2022, 7, 22)).days) <= 182
        assert (row.killed_low, row.killed_best, row.killed_high) == (1, 2, 3)
        assert row.payload["id"] == row.public_id
        assert row.payload["date"]["start"] == row.date_start.isoformat()
    head = RecordHead.objects.get(pk=1)
    assert (head.seq, head.listed) == (302, 302)
    assert [row.seq for row in made] == list(range(3, 303))


def test_nothing_is_moved_into_the_future():
    make.published(day=(timezone.now().date() - make.dt.timedelta(days=3)).isoformat())

    simulate(100, seed=1, at=timezone.now())

    assert not rows().filter(date_end__gt=timezone.now().date()).exists()


def drawn(seed):
    """What a seed makes of the record, which stays as it was."""
    with transaction.atomic():
        simulate(20, seed=seed, at=timezone.now())
        made = list(rows().values_list("public_id", "date_start"))
        transaction.set_rollback(True)
    return made


def test_the_same_seed_makes_the_same_incidents():
    make.published()

    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(6)


def test_a_second_run_adds_other_incidents():
    make.published()

    for _ in range(2):
        simulate(20, seed=5, at=timezone.now())

    assert len(set(rows().values_list("public_id", flat=True))) == 40


def test_simulated_incidents_are_found_by_their_words():
    make.published(place="Kati")

    simulate(5, seed=1, at=timezone.now())

    assert PublishedIncident.objects.current().saying("kati").count() == 6


def test_an_empty_record_has_nothing_to_move():
    with pytest.raises(NothingToMove):
        simulate(1, seed=1, at=timezone.now())


def test_the_command_refuses_a_real_installation_unless_told(settings, capsys):
    settings.LOCAL = settings.DEBUG = False
    make.published()

    with pytest.raises(CommandError, match="Add --yes"):
        call_command("simulate", 3)
    assert not rows().exists()

    call_command("simulate", 3, "--yes")
    assert rows().count() == 3
    assert capsys.readouterr().out.startswith("3 simulated incidents")


def test_the_command_names_what_is_wrong():
    with pytest.raises(CommandError, match="The number is 0"):
        call_command("simulate", 0, "--yes")
    with pytest.raises(CommandError, match="load the seed"):
        call_command("simulate", 1, "--yes")
