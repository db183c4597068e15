"""The columns never answer from a record that is no longer the one in the database."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core.questions import ParametersRefused
from incidents import workflow
from incidents.columns import select, store, warm
from incidents.columns.memory import Lately
from incidents.models import Incident, PublishedIncident, RecordHead
from incidents.questions import IncidentQuestion
from incidents.simulation import simulate
from tests import make


def answer(**asked):
    return select(IncidentQuestion(asked))


def countries(**asked):
    return {value.value: value.incidents for value in answer(**asked).facets()["country"]}


def test_an_empty_record_has_an_answer_to_everything(db):
    found = answer()

    assert (found.count, found.totals().incidents, found.by("actors")) == (0, 0, [])
    assert found.by_period("month", "actors", top=3) == found.by_cell(9.0) == found.by_place() == []
    assert found.ids() == found.seqs() == []
    assert all(value.incidents == 0 for values in found.facets().values() for value in values)


def test_a_publication_is_in_the_next_answer(db):
    make.published(iso3="MLI")
    assert countries() == {"MLI": 1}

    make.published(iso3="KEN")

    assert countries() == {"MLI": 1, "KEN": 1}
    assert answer(country="KEN").count == 1


def test_a_correction_replaces_what_was_said_and_the_past_keeps_it(db):
    public = make.published(killed_low=3, killed_best=3, killed_high=3)
    assert answer().totals().killed.best == 3
    before = timezone.now()
    Incident.objects.filter(pk=public.pk).update(killed_low=8, killed_best=8, killed_high=8)
    public.refresh_from_db()

    workflow.correct(public, by=make.rita(), at=timezone.now(), notice="Toll.")

    assert answer().totals().killed.best == 8
    assert answer(as_of=before.isoformat()).totals().killed.best == 3


def test_what_is_withdrawn_to_protect_people_leaves_the_past_too(db):
    public, other = make.published(targets=["market"]), make.published(targets=["military"])
    before = timezone.now()
    assert {g.key for g in answer(as_of=before.isoformat()).by("targets")} == {"market", "military"}

    workflow.withdraw(public, by=make.rita(), at=timezone.now(), reason="safety")

    for found in (answer(), answer(as_of=before.isoformat())):
        assert [g.key for g in found.by("targets")] == ["military"]
        assert found.ids() == [other.public_id]


def test_a_change_that_is_rolled_back_is_forgotten(db):
    make.published(iso3="MLI")
    with transaction.atomic():
        make.published(iso3="KEN")
        assert countries() == {"MLI": 1, "KEN": 1}
        transaction.set_rollback(True)
    assert countries() == {"MLI": 1}

    make.published(iso3="SOM")  # under the same `seq` as the one that was rolled back
    make.published(iso3="NER")

    assert countries() == {"MLI": 1, "SOM": 1, "NER": 1}


def test_another_incident_under_the_same_number_of_the_record_is_noticed(db):
    for iso3 in ("KEN", "SOM"):
        with transaction.atomic():
            make.published(iso3=iso3)
            assert countries() == {iso3: 1}
            transaction.set_rollback(True)


def test_only_what_changed_is_read_again(db, monkeypatch):
    for _ in range(3):
        make.published()
    assert answer().count == 3
    monkeypatch.setattr(store, "full", lambda cursor: pytest.fail("The whole record was read."))

    make.published(iso3="NER")

    assert answer().count == 4
    assert answer(country="NER").count == 1


def test_many_changes_are_read_with_everything_else(db, monkeypatch):
    make.published()
    assert answer().count == 1
    monkeypatch.setattr(store, "MANY", 10)
    monkeypatch.setattr(store, "changed", lambda *more: pytest.fail("Read one by one."))

    simulate(30, seed=1, at=timezone.now())

    assert answer().count == 31


def test_readers_of_several_threads_get_the_same_answer(transactional_db):
    make.published(iso3="MLI")
    make.published(iso3="KEN")
    found = []

    def ask():
        try:
            found.append(countries())
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [{"MLI": 1, "KEN": 1}] * 6


def test_the_record_is_read_ahead_in_a_thread_of_its_own(transactional_db):
    make.published()

    warm().join()

    head = RecordHead.objects.values_list("seq", flat=True).get()
    assert store._held.head[0] == head == 1
    assert store._held.table.size == PublishedIncident.objects.count()


def test_the_same_question_is_computed_once_and_memory_is_bounded(db):
    make.published()
    assert answer(country="MLI") is answer(country="MLI")
    assert answer(country="MLI") is not answer(type="ARM-BAS")

    kept = Lately(2)
    for number in range(5):
        kept.get(number, lambda number=number: str(number))
    assert kept.get(4, lambda: "made again") == "4"
    assert kept.get(0, lambda: "made again") == "made again"


def test_a_question_with_errors_has_no_answer(db):
    with pytest.raises(ParametersRefused):
        answer(country="XXX")


def test_rows_that_a_question_starts_from_narrow_its_answer(db):
    kept, _other = make.published(), make.published()
    rows = PublishedIncident.objects.filter(public_id=kept.public_id)

    found = select(IncidentQuestion({}, rows))

    assert found.count == 1
    assert found.ids() == [kept.public_id]


def test_a_moment_before_the_record_has_no_incidents(db):
    make.published()

    found = answer(as_of="2001-01-01")

    assert found.count == 0
    assert found.totals().incidents == 0
