"""Questions that Vigil does not understand: a 400 that names parameter, value and remedy."""

import pytest

from tests import make

LONG = "x" * 2500


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("contry=MLI", "contry", "Did you mean country?"),
        ("page=2", "page", "Parameters here:"),
        ("foo[]=1", "foo[]", "no such parameter"),
        ("country=XXX", "country", "XXX: not known. The list is at /api/v1/countries/."),
        ("country=mli", "country", "mli: not known"),
        ("country=MLI,", "country", "extra comma"),
        ("country=", "country", "empty"),
        ("type=FOO", "type", "/api/v1/types/"),
        ("actor=nobody", "actor", "/api/v1/actors/"),
        ("body=nato", "body", "/api/v1/bodies/"),
        ("area=nowhere", "area", "/api/v1/areas/"),
        ("campaign=none", "campaign", "/api/v1/campaigns/"),
        ("role=villain&actor=jnim", "role", "perpetrator"),
        ("role=party", "role", "add `actor`"),
        ("lineage=true", "lineage", "add `actor`"),
        ("lineage=yes&actor=jnim", "lineage", "neither true nor false"),
        ("group=armed_asault", "group", "Did you mean armed_assault?"),
        ("region=sahel", "region", "western"),
        ("target=everyone", "target", "market"),
        ("weapon=words", "weapon", "firearms"),
        ("tactic=surprise", "tactic", "convoy_ambush"),
        ("precision=hour", "precision", "day_range"),
        ("attribution=certain", "attribution", "confirmed"),
        ("dataset=vigl", "dataset", "Did you mean vigil?"),
        ("from=yesterday", "from", "2012-06-21"),
        ("from=2022-02-30", "from", "2012-06-21"),
        ("from=0000", "from", "2012-06-21"),
        ("from=2022-13", "from", "2012-06-21"),
        ("from=2022-07-02&to=2022-07-01", "to", "before"),
        ("to=9999999999", "to", "2012-06-21"),
        ("as_of=2999-01-01", "as_of", "still to come"),
        ("as_of=now", "as_of", "2026-01-01T12:00:00Z"),
        ("as_of=2022-01-01T00:00:00%2B99:99", "as_of", "2026-01-01T12:00:00Z"),
        ("as_of=0001-01-01T00:00:00%2B14:00", "as_of", "2026-01-01T12:00:00Z"),
        ("killed_min=-1", "killed_min", "0 to 2147483647"),
        ("killed_min=NaN", "killed_min", "not a whole number"),
        ("killed_min=1e3", "killed_min", "not a whole number"),
        ("killed_min=99999999999999999999", "killed_min", "not a whole number"),
        ("killed_max=٣", "killed_max", "not a whole number"),
        ("bbox=1,2,3", "bbox", "west,south,east,north"),
        ("bbox=NaN,0,1,1", "bbox", "decimal numbers"),
        ("bbox=-Infinity,0,1,1", "bbox", "decimal numbers"),
        ("bbox=5,0,1,1", "bbox", "west ≤ east"),
        ("bbox=0,-91,1,1", "bbox", "-90 to 90"),
        ("near=91,0,5", "near", "lat 91"),
        ("near=1,181,5", "near", "lon 181"),
        ("near=1,1,-5", "near", "km -5"),
        ("near=1,1,1e9", "near", "decimal numbers"),
        ("limit=null", "limit", "1 to 1000"),
        ("limit=0", "limit", "1 to 1000"),
        ("limit=1001", "limit", "1 to 1000"),
        ("limit=5&limit=6", "limit", "more than once"),
        ("cursor=abc", "cursor", "follow `next`"),
        ("cursor=é", "cursor", "follow `next`"),
        ("cursor=WyItZGF0ZSIsMCwxXQ", "cursor", "follow `next`"),
        ("ordering=title", "ordering", "-date"),
        ("fields=secret", "fields", "not known"),
        ("fields=titel", "fields", "Did you mean title?"),
        ("format=xlsx", "format", "Formats: json, csv, geojson, ndjson"),
        ("format=parquet", "format", "Formats: json, csv, geojson, ndjson"),
        ("format=csv&fields=id", "fields", "columns of the CSV file are fixed"),
        ("format=csv&limit=5", "limit", "carries every incident"),
        ("killed_min=5&killed_max=4", "killed_max", "less than `killed_min`"),
        ("q=%00", "q", "control character"),
        ("q=a%1bb", "q", "control character"),
        (f"q={LONG}", "q", "Too long"),
        (f"country={LONG}", "country", "Too long"),
        ("country=" + ",".join(f"{n:03}" for n in range(200)), "country", "Too many terms"),
    ],
)
def test_list_refuses(api, query, parameter, words):
    make.country("MLI")
    make.actor("jnim")

    refusals = api.refusals(f"incidents/?{query}")

    assert list(refusals) == [parameter]
    assert words in refusals[parameter]


def test_problem_names_every_refusal_with_its_value(api):
    problem = api.json("incidents/?country=XXX&limit=0&colour=red", 400)

    assert problem["status"] == 400
    assert problem["instance"] == "/api/v1/incidents/"
    assert {e["parameter"]: e["value"] for e in problem["errors"]} == {
        "country": "XXX",
        "limit": "0",
        "colour": "red",
    }


@pytest.mark.parametrize(
    "address",
    [
        "", "incidents/facets/", "incidents/timeline/", "incidents/map/", "incidents/changes/",
        "actors/", "countries/", "areas/", "bodies/", "missions/", "campaigns/", "types/",
        "sources/", "reports/", "countries/MLI/",
    ],
)  # fmt: skip
def test_every_address_refuses_an_unknown_parameter(api, address):
    make.country("MLI")

    assert "colour" in api.refusals(f"{address}?colour=red")


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("incidents/timeline/?interval=century", "interval"),
        ("incidents/map/?zoom=23", "zoom"),
        ("incidents/changes/?since=-1", "since"),
        ("incidents/changes/?since=99999999999999999999", "since"),
        ("bodies/?cursor=x", "cursor"),
        ("actors/?kind=gang", "kind"),
        ("missions/?on=2022", "on"),
    ],
)
def test_other_addresses_refuse(api, address, parameter):
    assert parameter in api.refusals(address)


@pytest.mark.parametrize(
    "address",
    ["nothing/", "incidents/0000000000/", "incidents/%00/", "actors/none/", "countries/XXX/",
     "actors/none/lineage/", "bodies/none/members/", "incidents/0000000000/versions/"],
)  # fmt: skip
def test_unknown_addresses_are_problems_too(api, address):
    answer = api.get(address, 404)

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_allowed(api, method):
    answer = getattr(api.client, method)("/api/v1/incidents/")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_accept_that_excludes_json_is_refused_unless_format_is_given(api):
    assert api.get("incidents/", 406, Accept="image/png")["Content-Type"] == (
        "application/problem+json"
    )
    api.get("incidents/?format=csv", 200, Accept="text/csv")


def test_our_own_fault_is_a_problem_without_detail(api, monkeypatch):
    monkeypatch.setattr("incidents.api.select", lambda question: 1 / 0)
    api.client.raise_request_exception = False

    answer = api.get("incidents/facets/", 500)

    assert answer["Content-Type"] == "application/problem+json"
    assert "division" not in answer.content.decode()


def test_refusals_speak_french_where_that_is_preferred(api):
    answer = api.get("incidents/?limit=0", 400, **{"Accept-Language": "fr"})

    assert answer["Content-Language"] == "fr"
    assert "Accept-Language" in answer["Vary"]
