"""The change feed: every version in order, tombstones included, nothing missed."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from incidents import workflow
from incidents.choices import WithdrawalReason
from incidents.models import PublishedIncident
from tests import make

EARLY = dt.datetime(2025, 1, 10, 12, tzinfo=dt.UTC)
LATE = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)


def test_feed_lists_versions_and_tombstones_in_order(api):
    one = make.published(at=EARLY, place="Kati")
    two = make.published(at=EARLY, place="Diffa")
    workflow.correct(one, by=make.rita(), at=LATE, notice="Place.")
    workflow.withdraw(two, by=make.rita(), at=LATE, reason=WithdrawalReason.DUPLICATE)

    answer = api.json("incidents/changes/")

    assert [(r["seq"], r["id"], r["status"]) for r in answer["results"]] == [
        (1, one.public_id, "published"),
        (2, two.public_id, "published"),
        (3, one.public_id, "corrected"),
        (4, two.public_id, "withdrawn"),
    ]
    assert answer["results"][3]["reason"] == "duplicate"
    assert "title" not in answer["results"][3]["incident"]
    assert (answer["seq"], answer["next"]) == (4, None)


def test_feed_goes_on_after_the_last_seq(api):
    for n in range(5):
        make.published(place=f"P{n}")

    first = api.json("incidents/changes/?limit=2")
    second = api.json(first["next"].split("/api/v1/")[1])
    rest = api.json("incidents/changes/?since=4")

    assert [r["seq"] for r in first["results"]] == [1, 2]
    assert [r["seq"] for r in second["results"]] == [3, 4]
    assert [r["seq"] for r in rest["results"]] == [5]
    assert api.json("incidents/changes/?since=5")["results"] == []


@pytest.mark.django_db(transaction=True)
def test_reader_misses_nothing_while_four_people_publish():
    from tests.api.conftest import Api

    api, number = Api(), 6
    waiting = [[make.incident(place=f"P{t}-{n}") for n in range(number)] for t in range(4)]
    make.rita()

    def publish(incidents):
        try:
            for incident in incidents:
                while True:
                    try:
                        make.through_the_door(incident, at=timezone.now())
                        break
                    except workflow.record.RecordTimeRefused:
                        incident.refresh_from_db()
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(incidents,)) for incidents in waiting]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while len(seen) < 4 * number:
        since = seen[-1] if seen else 0
        seen += [r["seq"] for r in api.json(f"incidents/changes/?since={since}")["results"]]
        if not any(thread.is_alive() for thread in threads) and len(seen) < 4 * number:
            since = seen[-1] if seen else 0
            seen += [r["seq"] for r in api.json(f"incidents/changes/?since={since}")["results"]]
            break
    for thread in threads:
        thread.join()

    assert seen == list(range(1, 4 * number + 1))
    assert PublishedIncident.objects.count() == 4 * number
