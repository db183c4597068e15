"""HTTP manners: validators, compression, other origins, no cookies."""

import gzip

import pytest
from django.utils import timezone

from incidents import workflow
from tests import make

READ = [
    "", "incidents/", "incidents/?format=csv", "incidents/?format=ndjson",
    "incidents/?format=geojson", "incidents/changes/", "incidents/facets/", "incidents/timeline/",
    "incidents/map/", "actors/", "countries/", "areas/", "bodies/", "missions/", "campaigns/",
    "types/", "sources/", "reports/", "releases/", "schema/",
]  # fmt: skip


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("address", READ)
def test_every_answer_can_be_revalidated(api, address, compressed):
    make.published()
    more = {"Accept-Encoding": "gzip"} if compressed else {}

    first = api.get(address, **more)
    if first.streaming:
        b"".join(first)
    again = api.get(address, 304, **{"If-None-Match": first["ETag"]}, **more)

    assert again.content == b""
    assert first["Cache-Control"] == "public, no-cache"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("address", ["/api/v1/incidents/", "/incidents/", "/incidents/feed.atom"])
def test_head_says_what_get_says(client, db, address, compressed):
    make.published()
    more = {"Accept-Encoding": "gzip" if compressed else "identity"}

    got, head = client.get(address, headers=more), client.head(address, headers=more)
    again = client.head(address, headers=more | {"If-None-Match": head["ETag"]})

    assert head["ETag"] == got["ETag"]
    assert head["Content-Type"] == got["Content-Type"]
    assert head.content == b""
    assert again.status_code == 304


@pytest.mark.parametrize("form", ["json", "csv"])
def test_etag_changes_with_the_record(api, form):
    incident = make.published()
    address = f"incidents/?format={form}"
    first = api.get(address)["ETag"]
    incident.title = "Another title"
    incident.save()

    workflow.correct(incident, by=make.rita(), at=timezone.now(), notice="Title.")

    assert api.get(address, **{"If-None-Match": first})["ETag"] != first


def test_large_answers_are_compressed(api):
    for n in range(3):
        make.published(place=f"P{n}")

    answer = api.get("incidents/", **{"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert b'"count": 3' in gzip.decompress(answer.content)


def test_any_origin_may_ask_first(api):
    answer = api.client.options(
        "/api/v1/incidents/",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"},
    )

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_pages_are_not_open_to_other_origins(api):
    assert "Access-Control-Allow-Origin" not in api.client.get("/nothing-here/").headers


def test_head_and_options_answer(api):
    assert api.client.head("/api/v1/incidents/").status_code == 200
    assert api.client.options("/api/v1/incidents/").status_code == 200


def test_docs_page_runs_under_the_strict_policy(api):
    answer = api.get("docs/")
    text = answer.content.decode()

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "swagger-ui-bundle.js" in text
    assert "<script>" not in text
    assert "style=" not in text
    assert "https://" not in text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "text/html, */*;q=0.1"])
def test_whoever_accepts_anything_gets_json(api, accept):
    assert api.get("incidents/", Accept=accept)["Content-Type"] == "application/json"


def test_the_map_is_accepted_as_what_it_is(api):
    answer = api.get("incidents/map/", Accept="application/geo+json")

    assert answer["Content-Type"] == "application/geo+json"
    api.get("incidents/", 406, Accept="application/geo+json")


def test_who_accepts_only_what_there_is_not_is_told_so(api):
    refused = api.get("incidents/", 406, Accept="application/xml")

    assert refused["Content-Type"] == "application/problem+json"
