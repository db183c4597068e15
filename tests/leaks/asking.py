"""Every public request of a record: what an anonymous reader or a script may ask."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from actors.models import Actor
from incidents.models import Campaign, PublishedIncident
from regions.models import AdminArea, Country, Mission, RegionalBody
from reports.models import Report
from sources.models import Document

LANGUAGES = ("en", "fr")
API = "/api/v1"
# Questions of the list, the facets, the timeline, the map and the exports alike.
QUESTIONS = (
    "", "country=MLI", "country=NER,BFA", "country=NGA", "region=western", "body=ecowas",
    "body=g5-sahel", "actor=jnim", "actor=jnim&lineage=true", "actor=jnim&role=perpetrator",
    "actor=al-shabaab", "actor=fama", "type=ARM-BAS", "type=HOS-KID", "group=explosion",
    "target=military", "target=civilians", "weapon=firearms",
    "tactic=checkpoint", "precision=month", "precision=day", "campaign=july-2022-wave",
    "campaign=mali-fuel-blockade-2025", "attribution=suspected", "attribution=confirmed",
    "killed_min=50", "killed_max=0", "dataset=vigil", "from=2022-07-01&to=2022-07-31",
    "from=2025-10&to=2025-10", "begun=2025", "bbox=-12.3,10.1,4.3,25.0", "near=12.64,-8.00,100",
    "near=13.51,2.11,50", "q=Kati", "q=convoy", "q=mosqu%C3%A9e", "q=zzyzx", "q=quorvath",
    "as_of=2026-01-01", "area=mli-gao", "country=MLI&from=2022&killed_min=5",
)  # fmt: skip
ORDERINGS = ("date", "-date", "killed", "-killed", "published", "-published")
# The id of one hidden incident, asked after by somebody who has it from a log or a letter.
HIDDEN_ID = "ZZZZZZZZZ1"
# Words and names that only hidden rows hold; a refusal, a hint or an empty list are answers too.
GUESSES = ("quorvath", "quorvath-front", "zzyzx", "zzyzx-gazette", "zzyzx-1", "quorvat")


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers without the date, and a digest of the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def incidents() -> Iterator[str]:
    every = PublishedIncident.objects.order_by("public_id").values_list("public_id", flat=True)
    gone = every.filter(is_listed=False)
    for public_id in sorted({*every.distinct()[::2], *gone}):
        yield f"/incidents/{public_id}/"
        yield f"{API}/incidents/{public_id}/"
        yield f"{API}/incidents/{public_id}/versions/"
    for row in PublishedIncident.objects.current().order_by("public_id")[::2]:
        yield f"/incidents/{row.public_id}/{row.slug}/"
        yield f"/incidents/?view=list&dataset=vigil&open={row.public_id}"
        yield f"/incidents/{row.public_id}/cite.ris"


def lists() -> Iterator[str]:
    for question in QUESTIONS:
        yield f"/incidents/?{question}".rstrip("?")
        for noun in ("incidents/", "incidents/facets/", "incidents/timeline/", "incidents/map/"):
            yield f"{API}/{noun}?{question}".rstrip("?")
    for question in QUESTIONS[::4]:
        for form in ("csv", "ndjson", "geojson"):
            yield f"{API}/incidents/?{question}&format={form}"
    for order in ORDERINGS:
        yield f"{API}/incidents/?ordering={order}&limit=30"
        yield f"/incidents/?ordering={order}"
    for chart in ("timeline", "breakdown", "map"):
        yield f"/charts/{chart}.csv?dataset=vigil&country=MLI,NER"
        yield f"/charts/{chart}.svg?dataset=vigil&actor=jnim"
    for division in ("actor", "area", "campaign", "target"):
        yield f"/charts/breakdown.csv?dataset=vigil&by={division}"
    yield "/incidents/compare/?dataset=vigil&interval=year&a.actor=jnim&b.country=NER"
    yield "/charts/compare.csv?dataset=vigil&a.q=quorvath&b.body=ecowas"
    for question in QUESTIONS[::3]:
        for form in ("atom", "json", "ics"):
            yield f"/incidents/feed.{form}?{question}".rstrip("?")
    for day in ("1998-08-07", "2013-09-22", "2022-07-21", "2022-07-22", "2025-10-22", "2026-01-29"):
        yield f"/on/{day}/"
    yield from ("/on/2022-07-22/?as_of=2026-01-01", "/on/", "/on/quorvath/")
    for facet in ("actor", "area", "campaign", "country", "role", "target"):
        yield f"/incidents/facets/{facet}/?actor=jnim"
        yield f"/incidents/facets/{facet}/?country=MLI&find=quorvath"
    for interval in ("day", "week", "month", "year"):
        yield f"{API}/incidents/timeline/?interval={interval}&country=MLI"
    for zoom in (0, 3, 6, 9, 12):
        yield f"{API}/incidents/map/?zoom={zoom}"
        yield f"{API}/incidents/map/?zoom={zoom}&layer=clusters"
    for layer in ("clusters", "countries", "areas"):
        yield f"/incidents/map/?layer={layer}&measure=killed"
        yield f"/incidents/map/?layer={layer}&measure=change&from=2022&to=2025"
    for known in ("exact,near", "admin1", "country"):
        yield f"/incidents/map/here/?bbox=-20,-36,53,38&known={known}"
    yield f"{API}/incidents/changes/"
    yield f"{API}/incidents/changes/?since=40&limit=25"


def reference() -> Iterator[str]:
    nouns = {"actors": Actor, "bodies": RegionalBody, "missions": Mission, "campaigns": Campaign}
    for noun, model in nouns.items():
        yield f"/{noun}/"
        yield f"{API}/{noun}/"
        slugs = model.objects.order_by("slug").exclude(slug__contains="quorvath")
        for slug in slugs.values_list("slug", flat=True)[:40:2]:
            yield f"/{noun}/{slug}/"
            yield f"{API}/{noun}/{slug}/"
    for iso3 in Country.objects.in_scope().order_by("iso3").values_list("iso3", flat=True)[::3]:
        yield f"/countries/{iso3}/"
        yield f"{API}/countries/{iso3}/"
    for slug in AdminArea.objects.order_by("slug").values_list("slug", flat=True)[::5]:
        yield f"/areas/{slug}/"
    documents = Document.objects.order_by("slug").exclude(slug__contains="zzyzx")
    for slug in documents.values_list("slug", flat=True)[::4]:
        yield f"/sources/{slug}/"
    for noun in ("areas", "types", "sources", "reports", "countries"):
        yield f"{API}/{noun}/?limit=200"
    for slug in ("jnim", "aqim", "issp"):
        yield f"{API}/actors/{slug}/lineage/?on=2018-01-01"
    yield f"{API}/bodies/ecowas/members/?on=2025-01-28"
    yield from ("/", "/countries/", "/sources/", "/reports/", "/methods/", "/components/")
    yield "/reports/subscriptions/"
    for word in ("quorvath-actor-en", "quorvath-campaign-fr"):
        yield f"/reports/subscriptions/?series={word}"
    yield from ("/searches/new/?country=MLI", "/searches/new/?actor=quorvath-front")
    yield f"{API}/"
    yield f"{API}/schema/"


def guesses() -> Iterator[str]:
    """What somebody who suspects a hidden name would try."""
    for word in GUESSES:
        yield f"/search/?q={word}"
        yield f"/search/suggest/?q={word}"
        yield f"{API}/search/?q={word}"
        yield f"/actors/?q={word}"
        yield f"/actors/{word}/"
        yield f"/sources/?q={word}"
        yield f"/sources/{word}/"
        yield f"/incidents/?actor={word}"
        yield f"{API}/actors/{word}/"
        yield f"{API}/actors/?q={word}"
        yield f"{API}/sources/?q={word}"
        yield f"{API}/sources/{word}/"
        yield f"{API}/incidents/?actor={word}"
        yield f"/campaigns/{word}/"
        yield f"{API}/campaigns/{word}/"
        yield f"/incidents/?campaign={word}"
        yield f"{API}/incidents/facets/?campaign={word}"
        yield f"{API}/incidents/?q={word}"
        yield f"/reports/?q={word}"
        yield f"/reports/{word}/"
        yield f"{API}/reports/?q={word}"
        yield f"{API}/reports/{word}/"
    yield from ("/reports/feed.atom", "/reports/feed.json", "/reports/?period=2022-07")
    yield f"{API}/reports/?period=2022-07"
    for public_id in Report.objects.order_by("public_id").values_list("public_id", flat=True):
        yield f"/reports/{public_id}/"
        yield f"/reports/{public_id}.json"
        yield f"{API}/reports/{public_id}/"
    yield f"/incidents/{HIDDEN_ID}/"
    yield f"/incidents/{HIDDEN_ID}/quorvath-0/"
    yield f"{API}/incidents/{HIDDEN_ID}/"
    yield f"{API}/incidents/{HIDDEN_ID}/versions/"
    # Words that hidden rows share with public ones, some misspelt.
    for words in ("Kati", "jnim", "Niamey", "Mali", "tombouktou", "front", "report", "attak mali"):
        yield f"/search/?q={words}"
        yield f"/search/suggest/?q={words}"
        yield f"{API}/search/?q={words}"


def every_request() -> list[tuple[str, str]]:
    """Address and language; the longer lists are asked in English only, which the API speaks."""
    both = [*lists(), *reference(), *guesses()]
    asked = [(path, "en") for path in [*incidents(), *both]]
    asked += [(path, "fr") for path in both if not path.startswith(API)][::2]
    asked += [(path, "fr") for path in [*incidents()][:200:5]]
    asked += [(path, "fr") for path in [*lists()] if path.startswith(API)][::6]
    return list(dict.fromkeys(asked))


def answers(requests: list[tuple[str, str]]) -> dict[tuple[str, str], Answer]:
    """Each request asked once, by a reader without cookies."""
    found = {}
    for path, language in requests:
        response = Client(raise_request_exception=True).get(
            path, headers={"accept-language": language}
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = tuple(sorted((k, v) for k, v in response.headers.items() if k != "Date"))
        found[path, language] = Answer(response.status_code, headers, body)
    return found


def differing(before: dict, after: dict) -> list[str]:
    """Requests whose answer is not the same to the byte, with the first place that differs."""
    assert before.keys() == after.keys()
    return [
        f"{key}: {_first_difference(before[key], after[key])}"
        for key in before
        if before[key] != after[key]
    ]


def _first_difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"{one.status} != {other.status}"
    if one.body != other.body:
        pairs = enumerate(zip(one.body, other.body, strict=False))
        at = next((n for n, (a, b) in pairs if a != b), min(len(one.body), len(other.body)))
        here = slice(max(at - 80, 0), at + 80)
        return f"{one.body[here]!r} != {other.body[here]!r}"
    return json.dumps([sorted(set(one.headers) ^ set(other.headers))])
