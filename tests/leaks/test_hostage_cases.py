"""An open hostage case is told by country and month, whichever way one asks.

The case is the abduction in Niger of October 2025, of which the desk knows day, place, party,
target, harm and sources.
"""

import datetime as dt
import json

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from actors.models import Actor
from incidents import workflow
from incidents.models import Incident, IncidentLocation, PublishedIncident
from sources.models import Document
from tests import make
from tests.leaks.asking import answers, differing, every_request
from tests.seeded import without_clocks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
MONTH = [dt.date(2025, 10, day) for day in range(1, 32)]
API = "/api/v1/incidents/"
# What the desk knows of it and readers must not: words, days, numbers, names.
SECRETS = (
    "niamey", "us national", "missionary", "american", "aawsat", "foxnews", "fox news",
    "2025-10-21", "2025-10-22", "21 october", "22 october", "21 octobre", "22 octobre",
    "13.51", "2.11", "issp", "islamic state", "etat islamique", "ngo_aid", "religious", "seed-002",
)  # fmt: skip
# Everything that the record says of it, key by key; what is not named here is empty.
TOLD = {
    "type": {"code": "HOS-KID", "group": "hostage", "label": "Kidnapping",
             "label_fr": "Enlèvement"},
    "title": "Kidnapping, Niger, October 2025",
    "date": {"start": "2025-10-01", "end": "2025-10-31", "precision": "month",
             "is_multiday": False, "text": ""},
    "location": {"country": "NER", "country_name": "Niger", "country_name_fr": "Niger",
                 "region": "western", "area": None, "area_name": None, "name": None,
                 "latitude": None, "longitude": None, "precision": "country", "radius_km": None,
                 "is_approximate": False, "description": None},
    "is_withheld": True, "dataset": "vigil", "attribution": "unknown", "outcome": "unknown",
    "clarity": "individual", "confidence": "medium", "checked": "read",
    "needs_primary_source": False,
}  # fmt: skip
BOOKKEEPING = {"id", "version", "status", "slug", "first_published_at", "revised_at", "bodies"}
EMPTY = ("", None, [], {})


@pytest.fixture
def case() -> Incident:
    return Incident.objects.get(type="HOS-KID", country__iso3="NER", date_start="2025-10-21")


def ask(path: str, language: str = "en") -> str:
    response = Client().get(path, headers={"accept-language": language})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200, (path, body[:300])
    return body.decode()


def ids(query: str) -> list[str]:
    return [row["id"] for row in json.loads(ask(f"{API}?{query}&limit=1000"))["results"]]


def test_the_record_says_country_month_and_type_and_nothing_else(case):
    told = json.loads(ask(f"{API}{case.public_id}/"))

    assert {key: told[key] for key in TOLD} == TOLD
    figures = [value for harm in told["harm"].values() for value in list(harm.values())[:3]]
    assert set(figures) == {None}
    rest = told.keys() - TOLD.keys() - BOOKKEEPING - {"harm"}
    assert {key: told[key] for key in rest if told[key] not in EMPTY} == {}
    assert told["slug"] == f"ner-2025-10-{case.public_id.lower()}"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_answer_about_it_holds_a_word_that_the_desk_alone_knows(case, language):
    row = PublishedIncident.objects.current().get(public_id=case.public_id)
    paths = [
        f"/incidents/{row.public_id}/{row.slug}/",
        f"{API}{row.public_id}/",
        f"{API}{row.public_id}/versions/",
        f"{API}changes/?since={row.seq - 1}&limit=1",
        *(
            f"{API}?country=NER&type=HOS-KID&from=2025-10&to=2025-10&format={form}"
            for form in ("json", "csv", "ndjson", "geojson")
        ),
        f"{API}facets/?country=NER&type=HOS-KID&from=2025-10&to=2025-10",
        f"{API}timeline/?country=NER&type=HOS-KID&from=2025-10&to=2025-10&interval=day",
        f"{API}map/?country=NER&type=HOS-KID&from=2025-10&to=2025-10&zoom=12",
    ]

    found = {
        (path, secret)
        for path in paths
        for secret in SECRETS
        if secret in without_clocks(ask(path, language)).casefold()
    }

    assert found == set()


def test_no_day_of_the_month_is_another_than_the_others(case):
    """Bisection by date: each day, each half, each order gives the answer of the whole month."""
    every_day = {day: ids(f"country=NER&from={day}&to={day}") for day in MONTH}
    before, after = "2025-09-30", "2025-11-01"

    assert all(case.public_id in found for found in every_day.values())
    assert case.public_id not in ids(f"country=NER&to={before}")
    assert case.public_id not in ids(f"country=NER&from={after}")
    assert [day for day in MONTH if case.public_id in ids(f"country=NER&begun={day}")] == MONTH[:1]
    timeline = json.loads(
        ask(f"{API}timeline/?country=NER&type=HOS-KID&begun=2025-10&interval=day")
    )
    starts = [period["start"] for period in timeline["results"] if period["incidents"]]
    assert starts == ["2025-10-01"]


def test_no_box_and_no_circle_finds_it(case):
    """Bisection by place: forty halvings of a box around the true point, and any circle."""
    asked = 0
    west, south, east, north = -180.0, -90.0, 180.0, 90.0
    for _step in range(40):
        box = f"{west:.9f},{south:.9f},{east:.9f},{north:.9f}"
        assert case.public_id not in ids(f"bbox={box}&country=NER")
        middle = ((west + east) / 2, (south + north) / 2)
        west, east = (middle[0], east) if middle[0] < 2.11 else (west, middle[0])
        south, north = (middle[1], north) if middle[1] < 13.51 else (south, middle[1])
        asked += 1
    for km in (1, 10, 100, 1000, 20020):
        assert case.public_id not in ids(f"near=13.51,2.11,{km}&country=NER")
        asked += 1
    features = json.loads(ask(f"{API}map/?country=NER&zoom=14"))["features"]
    assert case.public_id not in json.dumps(features)
    assert asked == 45


def test_no_filter_beside_country_month_and_type_finds_it(case):
    """Every actor, target, weapon, campaign, area, role, figure and word that it could have."""
    actors = Actor.objects.order_by("slug").values_list("slug", flat=True)
    campaigns = case.campaign_ties.model.objects.values_list("campaign__slug", flat=True)
    questions = [
        *(f"actor={slug}" for slug in actors),
        *(f"actor={slug}&lineage=true" for slug in ("issp", "jnim", "iswap")),
        *(f"campaign={slug}" for slug in set(campaigns)),
        *(f"target={word}" for word in ("ngo_aid", "religious", "civilians", "transport_road")),
        *(f"weapon={word}" for word in ("firearms", "unknown")),
        *(f"tactic={word}" for word in ("checkpoint", "convoy_ambush")),
        *(f"precision={word}" for word in ("day", "day_range", "week", "quarter", "year")),
        *(f"attribution={word}" for word in ("confirmed", "probable", "suspected", "disputed")),
        *(f"q={word}" for word in ("Niamey", "missionary", "American", "national", "issp",
                                   "church", "aid", "suspected", "Islamic")),
        "area=ner-niamey", "killed_min=0", "killed_max=1000",
    ]  # fmt: skip

    assert [q for q in questions if case.public_id in ids(f"country=NER&{q}")] == []
    assert case.public_id in ids("country=NER&type=HOS-KID&attribution=unknown&q=Niger")


@pytest.mark.parametrize("order", ["date", "-date", "killed", "-killed", "published", "-published"])
def test_no_order_tells_where_it_stands_among_those_of_its_month(case, order):
    told = dict(PublishedIncident.objects.current().values_list("public_id", "date_start"))

    found = ids(f"ordering={order}&from=2025-10&to=2025-10")

    assert case.public_id in found
    if "date" in order:
        firsts = [told[public_id] for public_id in found]
        assert firsts == sorted(firsts, reverse=order.startswith("-"))
        assert told[case.public_id] == MONTH[0]


def _another_case(case: Incident) -> None:
    """The same type, country and month; all else is another event."""
    case.participations.all().delete()
    case.estimates.all().delete()
    case.citations.all().delete()
    make.citation(case, Document.objects.get(slug="wp-in-amenas").slug)
    make.part(case, "jnim", "perpetrator")
    make.part(case, "ner-forces", "target")
    make.tie(case, make.campaign("july-2022-wave"))
    IncidentLocation.objects.filter(incident=case).update(
        name="Agadez", latitude="16.970000", longitude="7.990000", precision="exact",
        display_precision="admin1", admin1=None, coords_approx=False, radius_km=3,
    )  # fmt: skip
    Incident.objects.filter(pk=case.pk).update(
        title="Abduction of nine miners near Agadez", slug="2025-10-03-agadez",
        summary="Elsewhere.",
        date_start="2025-10-03", date_end="2025-10-03", date_precision="day", date_text="Friday",
        targets=["energy_extractives"], weapons=["bladed"], tactics=["checkpoint"],
        attribution="confirmed", outcome="completed", is_suicide=False, note="Another note.",
        abducted_low=9, abducted_best=9, abducted_high=9, killed_low=2, killed_best=2,
        killed_high=2, killed_scope="all_parties", flags=["figures_disagree"],
        sensitivity_reason="another",
    )  # fmt: skip
    case.hostage_cases.update(persons=9, starts_on="2025-10-03")
    make.ransom(case, payer="Zzyzx Holdings", note="Another note.")
    make.talks(case, facilitator="Zzyzx")


@pytest.mark.timeout(900)
def test_readers_cannot_tell_it_from_any_other_kidnapping_there_in_that_month(case, capsys):
    """Two worlds that differ only in what is withheld answer every public request alike."""
    moment, notice = timezone.now(), "Checked again."
    requests = every_request()[::2]

    def world(change) -> dict:
        with transaction.atomic():
            change(case)
            workflow.correct(case, by=make.rita(), at=moment, notice=notice)
            found = answers(requests)
            transaction.set_rollback(True)
        return found

    different = differing(world(lambda _case: None), world(_another_case))

    with capsys.disabled():
        print(f"\nhostage case: {len(requests)} requests in two worlds: {len(different)} differ")
    assert different == []
