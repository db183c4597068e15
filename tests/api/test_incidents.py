"""The list and one incident: what is asked is answered, and nothing else."""

import csv
import datetime as dt
import io
import json

import pytest
from django.utils import timezone

from incidents import rollups, workflow
from incidents.choices import WithdrawalReason
from incidents.filters import PAYLOAD_KEYS, IncidentFilter
from incidents.models import PublishedIncident
from tests import make

EARLY = dt.datetime(2025, 1, 10, 12, tzinfo=dt.UTC)
LATE = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)


def three(**more):
    """Kati in Mali, Diffa in Niger, Westgate in Kenya."""
    return (
        make.published(place="Kati", day="2022-07-22", **more),
        make.published(place="Diffa", day="2022-07-20", iso3="NER", **more),
        make.published(place="Westgate", day="2013-09-21", iso3="KEN", **more),
    )


def test_list_shows_published_incidents_newest_first(api):
    kati, diffa, westgate = three()

    answer = api.json("incidents/")

    assert list(answer) == ["count", "next", "previous", "results"]
    assert answer["count"] == 3
    assert [r["id"] for r in answer["results"]] == [
        kati.public_id,
        diffa.public_id,
        westgate.public_id,
    ]
    assert (answer["next"], answer["previous"]) == (None, None)


def test_payload_keys_are_those_that_may_be_asked_for(api):
    make.published()

    (row,) = api.json("incidents/")["results"]

    assert tuple(row) == PAYLOAD_KEYS


def test_fields_cuts_each_incident_to_the_keys_asked_for(api):
    make.published(place="Kati")

    (row,) = api.json("incidents/?fields=title,date")["results"]

    assert list(row) == ["title", "date"]
    assert row["title"] == "Attack at Kati"


def test_comma_is_or_and_different_parameters_are_and(api):
    kati, diffa, _ = three()

    assert api.ids("country=MLI,NER") == [kati.public_id, diffa.public_id]
    assert api.ids("country=MLI&country=NER") == [kati.public_id, diffa.public_id]
    assert api.ids("country=MLI,NER&to=2022-07-21") == [diffa.public_id]


def test_from_and_to_ask_for_overlap_with_the_dates(api):
    westgate = make.published(
        place="Westgate",
        iso3="KEN",
        day="2013-09-21",
        date_end=dt.date(2013, 9, 24),
        is_multiday=True,
    )

    assert api.ids("from=2013-09-24") == [westgate.public_id]
    assert api.ids("from=2013-09-25") == []
    assert api.ids("to=2013-09-20") == []
    assert api.ids("from=2013&to=2013") == [westgate.public_id]
    assert api.ids("from=2013-10") == []


def test_body_means_membership_on_the_day_of_the_incident(api):
    ecowas = make.body("ecowas")
    make.membership(ecowas, "MLI", "1975-05-28", "2025-01-28")
    before = make.published(day="2025-01-28")
    make.published(day="2025-01-29")

    assert api.ids("body=ecowas") == [before.public_id]


def test_actor_can_be_asked_for_by_role_and_with_its_predecessors(api):
    jnim, older = make.actor("jnim"), make.actor("gspc")
    make.relation(older, jnim, "merged_into", "2017-03-02")
    one, two = make.incident(day="2022-07-22"), make.incident(day="2010-07-22")
    make.part(one, "jnim", "claimant")
    make.part(two, "gspc", "perpetrator")
    one, two = make.through_the_door(one), make.through_the_door(two)

    assert api.ids("actor=jnim") == [one.public_id]
    assert api.ids("actor=jnim&lineage=true") == [one.public_id, two.public_id]
    assert api.ids("actor=jnim&lineage=false") == [one.public_id]
    assert api.ids("actor=jnim&role=perpetrator") == []
    assert api.ids("actor=jnim&role=claimant,perpetrator") == [one.public_id]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("killed_min=5", True), ("killed_min=6", False), ("killed_max=5", True),
        ("killed_max=4", False), ("bbox=-9,12,-8,13", True), ("bbox=-8,12,-7,13", False),
        ("near=12.6,-8.0,50", True), ("near=12.6,-8.0,5", False), ("type=ARM-BAS", True),
        ("group=explosion", False), ("group=explosion,armed_assault", True),
        ("target=military", True), ("target=market", False), ("weapon=firearms", True),
        ("tactic=convoy_ambush", True), ("tactic=checkpoint", False), ("precision=day", True),
        ("precision=-day", False), ("precision=-month,-year", True),
        ("attribution=unknown", True), ("attribution=confirmed", False), ("dataset=vigil", True),
        ("dataset=ucdp", False), ("region=western", True), ("region=eastern", False),
        ("q=kati", True), ("q=KATI", True), ("q=nairobi", False), ("campaign=wave", True),
    ],
)  # fmt: skip
def test_each_filter_narrows(api, query, found):
    incident = make.incident(
        place="Kati",
        killed_best=5,
        killed_low=5,
        targets=["military"],
        weapons=["firearms"],
        tactics=["convoy_ambush"],
    )
    make.tie(incident, make.campaign("wave"))
    make.through_the_door(incident)

    assert api.json(f"incidents/?{query}")["count"] == int(found)


def test_search_forgives_accents_case_and_small_slips(api):
    incident = make.published(place="Tombouctou")

    assert api.ids("q=TOMBOUCTOU") == [incident.public_id]
    assert api.ids("q=tombouktou") == [incident.public_id]


def test_one_incident_is_served_as_it_was_stored(api):
    incident = make.published()

    answer = api.get(f"incidents/{incident.public_id}/")

    row = PublishedIncident.objects.get(public_id=incident.public_id)
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == row.payload


def test_as_of_shows_what_was_said_then(api):
    incident = make.published(at=EARLY, killed_best=3, killed_low=3)
    incident.killed_best = incident.killed_low = 4
    incident.title = "Attack on the base at Kati"
    incident.save()
    workflow.correct(incident, by=make.rita(), at=LATE, notice="One more death.")
    key = f"incidents/{incident.public_id}/"

    assert api.json(key)["harm"]["killed"]["best"] == 4
    assert api.json(f"{key}?as_of=2025-02-01")["harm"]["killed"]["best"] == 3
    assert api.json("incidents/?as_of=2025-02-01")["results"][0]["title"] == "Attack at Kati"
    assert api.json("incidents/?as_of=2025-01-09")["count"] == 0
    assert api.json("incidents/?as_of=2025-01-10")["count"] == 1
    assert api.json("incidents/?as_of=2025-01-10T11:59:59Z")["count"] == 0
    assert api.json("incidents/timeline/?as_of=2025-02-01")["killed"]["best"] == 3
    assert api.json(f"incidents/?as_of={timezone.now().date()}")["count"] == 1
    api.get(f"{key}?as_of=2025-01-09", 404)


def test_versions_say_which_fields_changed(api):
    incident = make.published(at=EARLY, killed_best=3, killed_low=3)
    incident.killed_best = 4
    incident.save()
    workflow.correct(incident, by=make.rita(), at=LATE, notice="One more death.")

    first, second = api.json(f"incidents/{incident.public_id}/versions/")["results"]

    assert first["changes"] == []
    assert second["notice"] == "One more death."
    assert second["changes"] == [{"field": "harm.killed.best", "old": 3, "new": 4}]
    assert first["valid_to"] == second["valid_from"]


def test_withdrawn_incident_is_gone_and_says_why(api):
    incident = make.published(at=EARLY)
    workflow.withdraw(incident, by=make.rita(), at=LATE, reason=WithdrawalReason.NOT_CONFIRMED)

    problem = api.get(f"incidents/{incident.public_id}/", 410).json()

    assert problem["reason"] == "not_confirmed"
    assert problem["tombstone"]["id"] == incident.public_id
    assert problem["tombstone"]["date"]["start"] == "2022-07-22"
    assert "Kati" not in json.dumps(problem)
    assert api.json("incidents/")["count"] == 0
    assert all(
        v["changes"] == [] for v in api.json(f"incidents/{incident.public_id}/versions/")["results"]
    )


def test_merged_incident_redirects_to_the_one_that_stays(api):
    stays, goes = make.published(at=EARLY), make.published(at=EARLY)
    workflow.merge(goes, stays, by=make.rita(), at=LATE)

    answer = api.get(f"incidents/{goes.public_id}/", 301)

    assert answer["Location"] == f"/api/v1/incidents/{stays.public_id}/"


def test_drafts_and_restricted_places_are_invisible_everywhere(api):
    draft = make.incident(place="Secretville")
    hidden = make.incident(
        place="Secretville",
        type_code="HOS-KID",
        sensitivity="restricted",
        disclosure="country_month",
    )
    make.part(hidden, "jnim")
    hidden = make.through_the_door(hidden)

    addresses = [
        "incidents/", "incidents/?format=csv", "incidents/?format=ndjson",
        "incidents/?format=geojson", "incidents/changes/", "incidents/facets/",
        "incidents/timeline/", "incidents/map/?zoom=22", f"incidents/{hidden.public_id}/",
        f"incidents/{hidden.public_id}/versions/",
    ]  # fmt: skip
    for address in addresses:
        answer = api.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        assert b"Secretville" not in text, address
        assert draft.public_id.encode() not in text, address
        assert b"12.745" not in text, address
    api.get(f"incidents/{draft.public_id}/", 404)
    assert api.json("incidents/?q=secretville")["count"] == 0
    assert api.json("incidents/?actor=jnim")["count"] == 0
    assert api.json("incidents/?near=12.745,-8.071,50")["count"] == 0


def test_csv_has_one_line_for_each_incident_and_the_documented_columns(api):
    three(killed_best=2, killed_low=2)

    answer = api.get("incidents/?format=csv&country=MLI,NER")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["country"] for row in rows] == ["MLI", "NER"]
    assert rows[0]["killed_best"] == "2"
    assert rows[0]["latitude"] == "12.745"
    assert rows[0]["place"] == "Kati"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "＝1+1"])
def test_csv_never_carries_a_formula(api, title):
    make.published(title=title)

    rows = list(csv.DictReader(io.StringIO(b"".join(api.get("incidents/?format=csv")).decode())))

    assert rows[0]["title"].lstrip("'") == title
    assert rows[0]["title"].startswith("'")


def test_csv_quotes_commas_quotes_and_line_breaks(api):
    make.published(title='Attack, "large"\nat Kati')

    (row,) = csv.DictReader(io.StringIO(b"".join(api.get("incidents/?format=csv")).decode()))

    assert row["title"] == 'Attack, "large"\nat Kati'


def test_ndjson_has_one_object_a_line(api):
    three()

    lines = b"".join(api.get("incidents/?format=ndjson")).decode().splitlines()

    assert [json.loads(line) for line in lines] == api.json("incidents/")["results"]


def test_geojson_shows_points_and_null_where_no_point_is_shown(api):
    make.published(place="Kati")
    make.published(place="Hidden", day="2022-07-21", display_precision="country")

    answer = api.json("incidents/?format=geojson")

    assert answer["type"] == "FeatureCollection"
    shown, hidden = answer["features"]
    assert shown["geometry"] == {"type": "Point", "coordinates": [-8.071, 12.745]}
    assert hidden["geometry"] is None


def test_count_list_csv_rollups_facets_timeline_and_map_agree(api):
    three(killed_best=2, killed_low=1, killed_high=5)
    query = "country=MLI,NER"

    rows = IncidentFilter({"country": "MLI,NER"}).qs
    totals = rollups.totals(rows)
    lines = b"".join(api.get(f"incidents/?format=csv&{query}")).decode().splitlines()[1:]
    timeline = api.json(f"incidents/timeline/?{query}")
    facets = api.json(f"incidents/facets/?{query}")

    assert totals.incidents == 2
    assert api.json(f"incidents/?{query}")["count"] == 2
    assert len(lines) == 2
    assert timeline["count"] == sum(r["incidents"] for r in timeline["results"]) == 2
    assert timeline["killed"] == totals.killed.as_dict()
    chosen = [row["incidents"] for row in facets["facets"]["country"] if row["is_chosen"]]
    assert chosen == [1, 1]
    assert sum(row["incidents"] for row in facets["facets"]["type"]) == facets["count"] == 2
    assert api.json(f"incidents/map/?{query}")["count"] == 2


def test_map_groups_points_into_cells_far_away(api, monkeypatch):
    monkeypatch.setattr("incidents.maps.features.POINTS_FAR", 1)
    three(killed_best=2, killed_low=1, killed_high=5)

    answer = api.json("incidents/map/?zoom=1")
    near = api.json("incidents/map/?zoom=12")

    assert (answer["kind"], near["kind"]) == ("clusters", "points")
    (cell,) = answer["features"]
    assert cell["properties"]["incidents"] == 3
    assert cell["properties"]["killed"]["low"] == 3
    assert cell["properties"]["killed"]["high"] == 15
    assert near["features"][0]["properties"]["location"]["precision"] == "exact"
