"""The record: what is shown of a desk row, when, and in what order."""

import datetime as dt
import json
import threading

import pytest
from django.db import connection
from django.utils import timezone

from incidents import rollups, workflow
from incidents.models import (
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentLink,
    PublishedIncident,
    RecordHead,
)
from regions.models import AdminArea
from tests import make

pytestmark = pytest.mark.django_db


def record_of(which: Incident) -> PublishedIncident:
    return PublishedIncident.objects.get(public_id=which.public_id, valid_to=None)


def everything_in(row: PublishedIncident) -> str:
    """All text of the row, for the search of what must not be there."""
    columns = PublishedIncident.objects.filter(pk=row.pk).values().get()
    columns["payload"] = json.dumps(row.payload, ensure_ascii=False)
    return " ".join(str(value) for value in columns.values()).lower()


def test_an_open_hostage_case_shows_country_month_and_type_and_nothing_else():
    which = make.incident(
        day="2025-10-21",
        iso3="NER",
        place="Niamey",
        type_code="HOS-KID",
        summary="Taken from a house in Niamey.",
        note="Do not show.",
        abducted_best=1,
    )
    make.part(which, "issp", "accused")
    make.estimate(which, "abducted", source="wire-niamey", is_preferred=True)
    make.tie(which, make.campaign("niger-west"))
    HostageCase.objects.create(incident=which, persons=1, status="held")

    make.through_the_door(which)

    row = record_of(which)
    shown = everything_in(row)
    assert (row.date_start, row.date_end) == (dt.date(2025, 10, 1), dt.date(2025, 10, 31))
    assert row.title == "Kidnapping, Niger, October 2025"
    assert row.latitude is None
    for secret in ("niamey", "2025-10-21", "issp", "wire-", "12.745", "niger-west", "not show"):
        assert secret not in shown, secret


def test_a_restricted_incident_is_published_only_by_country_and_month():
    which = make.incident(sensitivity="restricted", disclosure="country_month", place="Kidal")

    make.through_the_door(which)

    assert "kidal" not in everything_in(record_of(which))


def test_a_coarser_display_hides_the_place_and_snaps_to_the_area():
    area = AdminArea.objects.create(
        slug="mli-koulikoro",
        country=make.country(),
        level=1,
        name="Koulikoro",
        latitude="14.000000",
        longitude="-7.500000",
    )
    which = make.incident(geo_precision="exact", display_precision="admin1")
    which.locations.update(admin1=area, description="Behind the clinic")

    make.through_the_door(which)

    place = record_of(which).payload["location"]
    assert (place["latitude"], place["longitude"]) == (14.0, -7.5)
    assert (place["name"], place["description"], place["area"]) == ("", "", "mli-koulikoro")
    assert "clinic" not in everything_in(record_of(which))


def test_a_link_to_a_draft_is_not_shown():
    public, draft = make.incident(), make.incident(title="Not yet public")
    IncidentLink.objects.create(source=public, target=draft, relation="follow_up_violence")

    make.through_the_door(public)

    assert record_of(public).payload["links"] == []
    assert "not yet public" not in everything_in(record_of(public))


def test_bodies_are_those_of_the_day_of_the_incident():
    ecowas = make.body("ecowas")
    make.membership(ecowas, "MLI", "1975-05-28", "2025-01-28")

    before, after = make.published(day="2025-01-28"), make.published(day="2025-01-29")

    assert record_of(before).bodies == ["ecowas"]
    assert record_of(after).bodies == []


def test_as_of_answers_what_was_said_then():
    which = make.published(title="First words")
    first_said = record_of(which).valid_from
    Incident.objects.filter(pk=which.pk).update(title="Better words")
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Wording.")

    then = PublishedIncident.objects.as_of(first_said).get()
    now = PublishedIncident.objects.as_of(timezone.now()).get()

    assert (then.title, now.title) == ("First words", "Better words")
    assert PublishedIncident.objects.as_of(first_said - dt.timedelta(seconds=1)).count() == 0
    assert PublishedIncident.objects.as_of_seq(then.seq).get() == then


def test_seq_has_no_gap_and_the_head_counts_what_is_listed():
    one, two = make.published(), make.published()
    workflow.correct(one, by=make.rita(), at=timezone.now(), notice="x")
    workflow.withdraw(two, by=make.rita(), at=timezone.now(), reason="safety")

    seqs = list(PublishedIncident.objects.order_by("seq").values_list("seq", flat=True))
    head = RecordHead.objects.get()
    assert seqs == [1, 2, 3, 4]
    assert (head.seq, head.listed) == (4, PublishedIncident.objects.current().count())


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_polls_misses_nothing_while_four_people_publish():
    drafts = [make.incident() for _ in range(40)]
    ready = []
    for which in drafts:
        which = workflow.submit(which, by=make.ed(), at=timezone.now())
        ready.append(workflow.verify(which, by=make.rita(), at=timezone.now()))
    rita = make.rita()
    busy = threading.Event()
    busy.set()
    seen: list[int] = []

    def publish(share: list[Incident]) -> None:
        for which in share:
            workflow.publish(which, by=rita, at=timezone.now())
        connection.close()

    def poll() -> None:
        last = 0
        while busy.is_set() or PublishedIncident.objects.filter(seq__gt=last).exists():
            for seq in (
                PublishedIncident.objects.filter(seq__gt=last)
                .order_by("seq")
                .values_list("seq", flat=True)
            ):
                seen.append(seq)
                last = seq
        connection.close()

    reader = threading.Thread(target=poll)
    writers = [threading.Thread(target=publish, args=(ready[n::4],)) for n in range(4)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join(60)
    busy.clear()
    reader.join(60)

    assert seen == list(range(1, 41))


@pytest.mark.parametrize("words", ["Tombouctou", "tombouktou", "TOMBOUCTOU bateau", "attaque"])
def test_words_are_found_without_accents_in_french_and_misspelt(words):
    boat = make.published(place="Tombouctou", title="Attaqué à Tombouctou, un bateau")
    make.published(place="Kita", title="Elsewhere")

    found = PublishedIncident.objects.current().saying(words)

    assert [row.public_id for row in found] == [boat.public_id]


def test_near_measures_on_the_sphere():
    kati = make.published()

    def near(km: float) -> int:
        return PublishedIncident.objects.current().near(12.65, -8.0, km).count()

    assert record_of(kati).latitude is not None
    assert (near(12), near(14)) == (0, 1)


def test_a_combined_toll_counts_once_when_all_its_incidents_are_asked_for():
    wave = make.campaign("wave")
    towns = [make.incident(killed_low=1, killed_best=1, killed_high=2) for _ in range(2)]
    alone = make.incident(killed_low=5, killed_best=5, killed_high=5)
    toll = HarmEstimate.objects.create(
        campaign=wave,
        harm="killed",
        low=3,
        best=3,
        high=3,
        is_preferred=True,
        citation=make.citation(wave),
        as_of=dt.date(2022, 7, 22),
    )
    toll.covers.set(towns)

    workflow.publish_many(Incident.objects.all(), by=make.rita(), at=timezone.now())

    everything = rollups.totals(PublishedIncident.objects.current())
    assert (everything.killed.low, everything.killed.best, everything.killed.high) == (8, 8, 8)
    assert everything.rule == "combined_tolls_once"
    some = PublishedIncident.objects.current().exclude(public_id=towns[0].public_id)
    assert rollups.totals(some).killed.best == 6
    assert rollups.totals(some).rule == "sum_of_incidents"
    assert record_of(alone).toll_id is None


def test_long_columns_lie_apart_so_that_many_rows_are_read_at_once(db):
    make.published(summary="Gunmen came by night. " * 60)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_toast_chunk_id(payload) IS NOT NULL,"
            "       pg_column_toast_chunk_id(search) IS NOT NULL,"
            "       pg_column_toast_chunk_id(actor_roles) IS NULL"
            "  FROM incidents_publishedincident"
        )

        assert cursor.fetchall() == [(True, True, True)]
