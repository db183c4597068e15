"""Atom and JSON Feed of published reports, narrowed like the archive."""

import json
from xml.etree import ElementTree

import pytest

from reports.models import Manuscript
from tests.reports.conftest import planned, schedule
from tests.reports.delivered import edition

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def atom(client, query=""):
    answer = client.get(f"/reports/feed.atom{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own feed


def entries(root):
    return root.findall(f"{ATOM}entry")


def links_of(entry):
    return {one.get("rel"): one.get("href") for one in entry.findall(f"{ATOM}link")}


def test_each_edition_is_one_entry_and_leads_to_its_page(client):
    report = edition()

    root = atom(client)

    (entry,) = entries(root)
    address = f"http://testserver/reports/{report.public_id}/"
    assert entry.findtext(f"{ATOM}title") == report.title
    assert entry.findtext(f"{ATOM}id") == address
    assert links_of(entry)["alternate"] == address
    moment = report.published_at.isoformat(timespec="seconds")
    assert entry.findtext(f"{ATOM}updated")[:19] == moment[:19]
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith("/reports/feed.atom")


def test_editions_of_one_period_name_each_other(client):
    first, second, third = (edition(number=n) for n in (1, 2, 3))

    found = {
        entry.findtext(f"{ATOM}id")[-11:-1]: links_of(entry) for entry in entries(atom(client))
    }

    def page(report):
        return f"http://testserver/reports/{report.public_id}/"

    assert found[third.public_id]["predecessor-version"] == page(second)
    assert "successor-version" not in found[third.public_id]
    assert found[first.public_id]["successor-version"] == page(second)
    assert found[first.public_id]["latest-version"] == page(third)
    assert "predecessor-version" not in found[first.public_id]


def test_a_feed_takes_the_parameters_of_the_archive(client):
    english = edition()
    french = edition(schedule(slug="monthly-mli-fr", language="fr"))

    ids = [entry.findtext(f"{ATOM}id") for entry in entries(atom(client, "?language=fr"))]

    assert len(ids) == 1
    assert french.public_id in ids[0]
    assert english.public_id not in ids[0]
    assert len(entries(atom(client, "?country=MLI&period=2022-07"))) == 2
    assert entries(atom(client, "?period=2022-06")) == []


@pytest.mark.parametrize("form", ["atom", "json"])
@pytest.mark.parametrize("query", ["colour=red", "language=de", "period=July"])
def test_a_feed_refuses_what_the_archive_refuses(client, form, query):
    assert client.get(f"/reports/feed.{form}?{query}").status_code == 400


def test_both_feeds_tell_the_same(client):
    edition()
    edition(number=2)

    feed = json.loads(client.get("/reports/feed.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [
        entry.findtext(f"{ATOM}id") for entry in entries(atom(client))
    ]
    assert feed["items"][0]["_vigil"]["predecessor_version"] == feed["items"][1]["id"]


def test_a_report_that_waits_for_people_is_in_no_feed(client, mali):
    job = planned()
    Manuscript.objects.create(
        job=job, title="Secret draft", content={}, items=[], pictures={}, checksum="0" * 64,
        created_at=job.cutoff_at, updated_at=job.cutoff_at,
    )  # fmt: skip

    assert entries(atom(client)) == []
    assert b"Secret draft" not in client.get("/reports/feed.json").content


def test_the_archive_says_where_its_feed_is(client):
    page = client.get("/reports/?language=fr").content.decode()

    assert 'type="application/atom+xml"' in page
    assert 'href="/reports/feed.atom?language=fr"' in page


def test_a_feed_costs_as_many_queries_for_many_reports_as_for_one(
    client, django_assert_max_num_queries
):
    for number in range(1, 8):
        edition(number=number)

    with django_assert_max_num_queries(6):
        client.get("/reports/feed.atom")


def test_a_feed_changes_only_when_something_is_published(client):
    empty = [client.get("/reports/feed.atom").content for _ in range(2)]
    edition()
    full = [client.get("/reports/feed.atom") for _ in range(2)]
    kept = client.get("/reports/feed.atom", headers={"If-None-Match": full[0]["ETag"]})

    assert empty[0] == empty[1]
    assert full[0].content == full[1].content != empty[0]
    assert kept.status_code == 304
