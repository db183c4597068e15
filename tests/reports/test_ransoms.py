"""Ransoms and talks in reports: told once, with their sources, from the record of that moment."""

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from incidents import workflow
from incidents.models import HostageCase
from reports.periods import Period
from reports.sentences import plain
from tests import make
from tests.reports.conftest import Written, planned, schedule, section

pytestmark = pytest.mark.django_db
AUGUST = "2022-08"


def kidnapping(**more):
    which = make.incident(
        day="2022-07-22", type_code="HOS-KID", targets=["civilians"], abducted_best=3,
        abducted_low=3, abducted_high=3, **more,
    )  # fmt: skip
    make.estimate(which, "abducted", low=3, best=3, high=3, is_preferred=True)
    return which


def paid(**more):
    which = kidnapping()
    make.freed(which)
    make.ransom(which, **more)
    make.talks(which)
    return make.through_the_door(which)


def told(period=AUGUST, **more):
    """The section of a monthly report on Mali, and the figures behind it."""
    written = Written(planned(schedule(**more), Period.parse(period)), "kidnappings")
    return section(written, "kidnappings"), written.items


def tables(section):
    return {block["key"]: block for block in section["blocks"] if block["kind"] == "table"}


def words(section):
    """Everything that a reader reads of the section, but for the moment that it was asked at."""
    return re.sub('as_of=[^"]+', "", json.dumps(section["blocks"], ensure_ascii=False))


def test_a_ransom_stands_in_the_report_of_the_month_of_its_payment_with_both_figures():
    which = paid()

    found, _items = told()

    [row] = tables(found)["ransoms"]["rows"]
    incident, amount, when, status, sources, comment = (cell["text"] for cell in row)
    assert row[0]["path"] == f"/incidents/{which.public_id}/{which.slug}/"
    assert (incident, amount) == ("Attack at Kati", "50 to 70 million USD")
    assert when == "August 2022 (exact day not known)"
    assert status == "reported, not confirmed"
    assert "The sources disagree" in sources
    assert "50 to 70 million USD, Agency [" in words(found)
    assert comment == "no official comment recorded"


@pytest.mark.parametrize("period", ["2022-07", "2022-09"])
def test_a_ransom_stands_in_no_other_report(period):
    paid()

    found, _items = told(period)

    assert "ransoms" not in tables(found)
    assert found["data"]["ransoms"] == found["data"]["talks"] == []


def test_a_ransom_without_a_day_stands_with_its_incident():
    paid(paid_from=None, paid_to=None, paid_precision="unknown")

    found, _items = told("2022-07")

    assert "ransoms" in tables(found)


def test_the_figure_leads_to_the_incident_as_it_was_recorded_then(client):
    which = paid()

    found, items = told()

    [item] = [item for item in items if item.key.startswith("ransoms.")]
    assert item.rows == [[which.public_id, 1]]
    said = client.get(item.query).json()["ransoms"][0]
    assert [item.figure[name] for name in ("low", "best", "high", "currency")] == [
        said[name] for name in ("low", "best", "high", "currency")
    ]
    assert found["data"]["ransoms"][0]["query"] == item.query


def test_talks_are_listed_with_their_sides_status_and_incident():
    which = paid()

    found, _items = told()

    sentences = [
        sentence for block in found["blocks"] if block["kind"] == "items"
        for sentence in block["sentences"]
    ]  # fmt: skip
    [talks] = [one for one in map(plain, sentences) if one.startswith("Talks")]
    assert "(concluded), about Attack at Kati" in talks
    assert "release of prisoners" in talks
    assert f"/incidents/{which.public_id}/" in words(found)


def test_talks_about_two_incidents_are_listed_once():
    both = [kidnapping(), kidnapping(place="Sokolo")]
    for one in both:
        make.freed(one)
    make.talks(*both)
    workflow.publish_many(type(both[0]).objects.all(), by=make.rita(), at=timezone.now())

    found, _items = told()

    assert len(found["data"]["talks"]) == 1


def test_nothing_is_told_of_an_open_case_nor_that_there_is_something():
    which = kidnapping()
    HostageCase.objects.create(incident=which, persons=3, status="held")
    make.through_the_door(which)
    before = told()[0]

    make.ransom(which)
    make.talks(which)
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="Checked.")

    assert words(told(slug="later")[0]) == words(before)
    which.hostage_cases.update(status="released", publish_policy="publish")
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="They are free.")
    assert "50 to 70 million USD" in words(told(slug="at-last")[0])


def test_a_desk_that_says_more_than_the_record_changes_no_report():
    which = kidnapping()
    make.freed(which)
    make.through_the_door(which)
    before = told()

    make.ransom(which)
    make.talks(which)

    after = told(slug="later")
    assert words(after[0]) == words(before[0])
    assert [item.key for item in after[1]] == [item.key for item in before[1]]
    workflow.correct(which, by=make.rita(), at=timezone.now(), notice="A ransom is reported.")
    assert "50 to 70 million USD" in words(told(slug="at-last")[0])


def test_a_report_of_another_country_does_not_tell_it():
    paid()

    found, _items = told(slug="monthly-ner-en", country=make.country("NER"))

    assert found["data"]["ransoms"] == []


def test_the_last_day_of_the_period_belongs_to_it():
    paid(paid_from=dt.date(2022, 8, 31), paid_to=dt.date(2022, 8, 31), paid_precision="day")

    block = tables(told()[0])["ransoms"]

    assert block["rows"][0][2]["text"] == "31 August 2022"
