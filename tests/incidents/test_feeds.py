"""Feeds of incidents: the parameters of the explorer, the answer of the explorer."""

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from incidents import workflow
from tests import make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/incidents/feed.atom", "/incidents/feed.json", "/incidents/feed.ics")


def entries(client, query=""):
    answer = client.get(f"/incidents/feed.atom{query}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def items(client, query=""):
    return json.loads(client.get(f"/incidents/feed.json{query}").content)["items"]


def events(client, query=""):
    answer = client.get(f"/incidents/feed.ics{query}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_all_three_bring_the_incidents_that_the_explorer_counts(client):
    make.published(iso3="MLI", day="2022-07-22")
    make.published(iso3="MLI", day="2022-07-23")
    make.published(iso3="KEN", day="2022-07-22")
    query = "?country=MLI&from=2022-07"

    assert client.get(f"/incidents/{query}").context["answer"].count == 2
    assert [len(feed(client, query)) for feed in (entries, items, events)] == [2, 2, 2]


def test_what_was_published_or_corrected_last_comes_first_under_the_address_that_stays(client):
    then = timezone.now() - dt.timedelta(days=2)
    first, second = make.published(at=then), make.published(at=then, place="Segou")
    first.title = "Attack at Kati garrison"
    first.save()
    workflow.correct(first, by=make.rita(), at=timezone.now(), notice="Place named.")

    told = items(client)

    assert [one["title"] for one in told] == ["Attack at Kati garrison", "Attack at Segou"]
    assert told[0]["id"] == f"http://testserver/incidents/{first.public_id}/"
    assert told[0]["date_published"] < told[0]["date_modified"]
    # The record gives each version a moment of its own, some millionths of a second apart.
    assert told[1]["date_published"][:19] == told[1]["date_modified"][:19]
    assert told[0]["_vigil"]["version"] == 2
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(client)]
    assert ids == [one["id"] for one in told]
    assert second.public_id in ids[1]


def test_a_calendar_holds_all_days_of_an_incident_and_says_which_are_not_sure(client):
    make.published(day="2013-09-21", date_end=dt.date(2013, 9, 24), is_multiday=True)
    make.published(
        day="2025-10-01", date_end=dt.date(2025, 10, 31), date_precision="month", place="Tera"
    )

    loose, siege = events(client)

    assert (siege["DTSTART"].dt, siege["DTEND"].dt) == (dt.date(2013, 9, 21), dt.date(2013, 9, 25))
    assert siege["STATUS"] == "CONFIRMED"
    assert (loose["DTSTART"].dt, loose["DTEND"].dt) == (dt.date(2025, 10, 1), dt.date(2025, 11, 1))
    assert loose["STATUS"] == "TENTATIVE"
    assert loose["SUMMARY"] == "Attack at Tera (October 2025)"


def test_a_point_stands_in_the_calendar_only_where_one_is_known(client):
    make.published(place="Kati")
    make.published(place="Gao", geo_precision="admin1")

    points = {str(event["SUMMARY"]): "GEO" in event for event in events(client)}

    assert points == {"Attack at Kati": True, "Attack at Gao": False}


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=XXX", b"XXX: not known"),
        ("countri=MLI", b"Did you mean country?"),
        ("ordering=date", b"no such parameter"),
        ("limit=0", b"1 to 1000"),
        ("as_of=2099-01-01", b"still to come"),
    ],
)
def test_what_the_explorer_refuses_the_feeds_refuse_too(client, feed, query, words):
    make.country("MLI")

    answer = client.get(f"{feed}?{query}", headers={"accept-language": "en"})

    assert answer.status_code == 400
    assert words in answer.content


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_did_not_change_is_not_sent_again(client, feed):
    empty = [client.get(feed).content for _ in range(2)]
    make.published()
    full = client.get(feed)
    again = client.get(feed, headers={"If-None-Match": full["ETag"]})

    assert empty[0] == empty[1] != full.content
    assert (again.status_code, again.content) == (304, b"")


def test_withdrawn_incidents_and_drafts_are_in_no_feed(client):
    gone = make.published(title="Attack that did not happen")
    workflow.withdraw(gone, by=make.rita(), at=timezone.now(), reason="not_confirmed")
    make.incident(title="Attack that is a draft")

    assert [feed(client) for feed in (entries, items, events)] == [[], [], []]


def test_a_feed_is_in_the_language_of_its_reader(client):
    make.published()

    feed = json.loads(client.get(FEEDS[1], headers={"accept-language": "fr"}).content)

    assert feed["language"] == "fr"
    assert "22 juillet 2022" in feed["items"][0]["content_text"]


def test_the_explorer_names_the_feeds_of_its_question(client):
    make.published()

    page = client.get("/incidents/?country=MLI").content.decode()

    for feed in FEEDS:
        assert f'href="{feed}?country=MLI"' in page


def test_more_incidents_make_no_more_queries(client, django_assert_max_num_queries):
    for n in range(5):
        make.published(place=f"Village-{n}")
    for feed in FEEDS:
        client.get(feed)
        with django_assert_max_num_queries(4):
            client.get(feed)
