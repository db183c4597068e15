"""One question, one answer: page, API, files, facets, timeline, map and feed say the same."""

import csv
import json
from collections import Counter

import pytest
from django.test import Client

from tests.seeded import seeded_database

pytestmark = pytest.mark.django_db
API = "/api/v1/incidents/"
HARD = (
    "", "country=MLI,NER", "country=MLI&country=NER&country=MLI", "country=-MLI,-NER",
    "from=2022-07-21&to=2022-07-21", "from=2013-09-22&to=2013-09-23", "begun=2022-07&to=2022-07",
    "body=ecowas&from=2024&to=2025-01-29", "body=-ecowas&country=BFA,MLI,NER",
    "actor=jnim&lineage=true", "actor=-jnim&lineage=true&country=MLI", "actor=jnim&role=-claimant",
    "actor=-jnim&role=claimant", "near=12.64,-8.00,100", "near=14,179.9,300",
    "bbox=-12.3,10.1,4.3,25.0", "bbox=-1,5,1,20", "precision=month", "precision=-day",
    "q=convoy", "q=%22fuel%20convoy%22", "q=convoy%20-kayes", "q=convoy%20or%20mosque",
    "q=mosqu%C3%A9e", "q=%D8%A8", "q=-", "attribution=suspected,disputed", "killed_max=0",
    "killed_min=1&killed_max=4", "target=-civilians&group=armed_assault", "to=1900",
    "campaign=july-2022-wave", "campaign=-july-2022-wave&country=MLI", "as_of=2001-01-01",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_setup, django_db_blocker):
    with seeded_database(django_db_blocker):
        yield


@pytest.fixture
def rae():
    return Client(headers={"accept-language": "en"})


def read(rae, address, query):
    answer = rae.get(f"{address}{'&' if '?' in address else '?'}{query}")
    assert answer.status_code == 200, (address, query)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("query", HARD)
def test_every_surface_counts_the_same_incidents(rae, query):
    count = json.loads(read(rae, f"{API}?limit=1", query))["count"]
    lines = read(rae, f"{API}?format=ndjson&fields=id,location", query).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    table = list(csv.DictReader(read(rae, f"{API}?format=csv", query).decode().splitlines()))
    facets = json.loads(read(rae, f"{API}facets/", query))
    timeline = json.loads(read(rae, f"{API}timeline/?interval=week", query))
    points = json.loads(read(rae, f"{API}map/?layer=points", query))
    cells = json.loads(read(rae, f"{API}map/?layer=clusters&zoom=2", query))
    feed = json.loads(read(rae, "/incidents/feed.json?limit=1000", query))
    page = rae.get(f"/incidents/?{query}").context

    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows) == count
    assert {row["id"] for row in table} == ids
    assert {item["_vigil"]["id"] for item in feed["items"]} == ids
    assert facets["count"] == timeline["count"] == page["answer"].count == count
    assert sum(period["incidents"] for period in timeline["results"]) == count
    assert len(points["features"]) + points["without_point"] == count
    assert sum(one["properties"]["incidents"] for one in cells["features"]) == count
    assert sum(totals.incidents for _name, totals, _query in page["sets"]) == count
    if "country=" not in query:
        told = {one["value"]: one["incidents"] for one in facets["facets"]["country"]}
        countries = Counter(row["location"]["country"] for row in rows)
        assert {name: number for name, number in told.items() if number} == countries
