"""One request of the explorer: list, count, all facets, timeline and map of a question.

Ours against the same document built by plain ORM aggregates, and against Datasette with the same
rows; at the size of the record that is there, and at a million. Before anything is timed, ours and
the ORM's documents are compared: they are equal to the last number. Ours is timed twice, with what
it remembers of earlier questions and without.
"""

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Func, Q, TextField
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from bench.datasette_rival import Rival, build
from incidents import rollups
from incidents.columns import matches, selecting
from incidents.columns.counts import KILLED
from incidents.filters import IncidentFilter
from incidents.models import PublishedIncident, RecordHead
from incidents.simulation import simulate

MILLION = 1_000_000
# So long is one thing measured; something slow at most so long, and at least once.
SECONDS, PATIENCE = 4.0, 12.0
MOST_RUNS = 21
# Static files by their own names: measuring needs no `collectstatic`.
PLAIN_STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
DEGREES = 7.5
# What browsers take over a safe line.
BROWSERS = "gzip, deflate, br, zstd"
COLUMNS = {
    "country": "country", "region": "region", "area": "area", "type": "type", "group": "group",
    "attribution": "attribution", "dataset": "dataset",
}  # fmt: skip
LISTS = {"body": "bodies", "actor": "actors", "target": "targets", "weapon": "weapons",
         "tactic": "tactics", "campaign": "campaigns"}  # fmt: skip
SHOWN = ("public_id", "title", "date_start", "country", "type", "killed_low", "killed_best")


@dataclass(frozen=True)
class Asked:
    """A question in our words, in Datasette's, and in SQL."""

    name: str
    ours: str
    theirs: dict[str, str]
    sql: str


def _text(name: str, word: str) -> Asked:
    found = f"select rowid from incidents_fts where incidents_fts match '{word}'"  # noqa: S608
    return Asked(name, f"q={word}", {"_search": word}, f"seq in ({found})")


QUESTIONS = (
    Asked("everything", "", {}, "1"),
    Asked(
        "filtered",
        "country=MLI,BFA,NER&from=2015",
        {"country__in": "MLI,BFA,NER", "date_end__gte": "2015-01-01"},
        "country in ('MLI', 'BFA', 'NER') and date_end >= '2015-01-01'",
    ),
    _text("a word", "camp"),
    _text("a common word", "village"),
)


def _document(question: IncidentFilter, rows: Any, **parts: Any) -> dict[str, Any]:
    newest = rows.order_by("-date_start", "-public_id").values(*SHOWN)[:50]
    listed = [{name: str(value) for name, value in row.items()} for row in newest]
    return {"query": question.as_query(), "results": listed, **parts}


def _sums(groups: Any) -> list[Any]:
    return [[str(g.key), g.incidents, g.killed.as_dict()] for g in groups]


def ours(request: HttpRequest) -> JsonResponse:
    question = IncidentFilter(request.GET)
    answer = question.answer
    facets = answer.facets()
    return JsonResponse(
        _document(
            question,
            question.around,
            count=answer.count,
            facets={
                name: [[value.value, value.incidents] for value in facets[name] if value.incidents]
                for name in (*COLUMNS, *LISTS, "killed")
            },
            timeline=_sums(answer.by_period("month")),
            map=[
                cell._asdict() | {"killed": cell.killed.as_dict()}
                for cell in answer.by_cell(DEGREES)
            ],
        )
    )


def plain(request: HttpRequest) -> JsonResponse:
    """What a competent developer writes: one aggregate of the ORM for each part of the page."""
    question = IncidentFilter(request.GET)
    rows = question.qs
    return JsonResponse(
        _document(
            question,
            rows,
            count=rows.count(),
            facets={name: _facet(request, name) for name in (*COLUMNS, *LISTS)}
            | {"killed": _deaths(rows)},
            timeline=_sums(rollups.by_period(rows, "month")),
            map=[
                cell._asdict() | {"killed": cell.killed.as_dict()}
                for cell in rollups.by_cell(rows, DEGREES)
            ],
        )
    )


def _facet(request: HttpRequest, name: str) -> list[list[Any]]:
    asked = request.GET.copy()
    asked.pop(name, None)
    rows = IncidentFilter(asked).qs.order_by()
    term = F(COLUMNS[name]) if name in COLUMNS else _unnested(LISTS[name])
    found = rows.annotate(term=term).values_list("term").annotate(n=Count("seq"))
    return sorted(([term, n] for term, n in found if term), key=lambda row: (-row[1], row[0]))


def _unnested(column: str) -> Func:
    return Func(F(column), function="unnest", output_field=TextField())


def _deaths(rows: Any) -> list[list[Any]]:
    rows = rows.order_by().annotate(known=Coalesce("killed_best", "killed_low"))
    bounds = {
        value: Q(known__gte=least) & (Q() if most is None else Q(known__lte=most))
        for value, (least, most) in KILLED.items()
    }
    found = rows.aggregate(
        **{f"n{n}": Count("seq", filter=q) for n, q in enumerate(bounds.values())}
    )
    return [[value, found[f"n{n}"]] for n, value in enumerate(bounds) if found[f"n{n}"]]


urlpatterns = [path("", include("vigil.urls")), path("ours/", ours), path("plain/", plain)]


def median_ms(work: Callable[[], Any], *, least: int = 3) -> float:
    """Median of as many runs as fit into the time; work that was done before, and is warm."""
    found: list[float] = []
    start = time.perf_counter()

    def is_enough() -> bool:
        spent = time.perf_counter() - start
        return len(found) >= MOST_RUNS or spent > (SECONDS if len(found) >= least else PATIENCE)

    while not found or not is_enough():
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1e3)
    return statistics.median(found)


def _getter(
    client: Client, address: str, *, anew: bool = False, encoding: str = "identity"
) -> Callable[[], Any]:
    def get() -> Any:
        if anew:
            selecting.forget()
            matches.forget()
        response = client.get(address, headers={"Accept-Encoding": encoding})
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    return get


def compare(client: Client, rival: Rival, asked: Asked, size: int) -> list[tuple[str, float, str]]:
    """One question: (name, ratio, explanation) against each rival. Raises for unequal answers."""
    mine, orm = f"/ours/?{asked.ours}", f"/plain/?{asked.ours}"
    one, other = client.get(mine).json(), client.get(orm).json()
    if one != other:
        wrong = [part for part in one if one[part] != other[part]]
        raise RuntimeError(f"{asked.ours}: ours and the ORM's differ in {', '.join(wrong)}")
    ask = rival.asking(asked.theirs, asked.sql, DEGREES)
    found = ask()
    anew = median_ms(_getter(client, mine, anew=True))
    again = median_ms(_getter(client, mine))
    page = median_ms(_getter(client, f"/incidents/?{asked.ours}", anew=True, encoding=BROWSERS))
    said = (
        f"{size} rows, {one['count']} of them: {anew:.0f} ms "
        f"(asked again {again:.0f} ms; the page in HTML, compressed, {page:.0f} ms)"
    )
    target = "; target: at least 5, below 100 ms" if size >= MILLION else "; target: at least 5"
    rows = []
    for name, theirs, note in (
        ("plain ORM", median_ms(_getter(client, orm)), ""),
        ("Datasette", median_ms(ask), f", which finds {found}" if found != one["count"] else ""),
    ):
        rows.append(
            (
                f"explorer, {asked.name}: {name}",
                theirs / anew,
                f"{said}, {name} {theirs:.0f} ms{note}{target}",
            )
        )
    for told, ratio, explanation in rows:
        print(f"{told}: {ratio:.1f}  {explanation}", file=sys.stderr, flush=True)
    return rows


def sizes(client: Client) -> dict[str, float]:
    """Milliseconds of pages that should not depend on the size of the record."""
    newest = PublishedIncident.objects.current().exclude(slug__startswith="simulated-").first()
    if newest is None:
        raise RuntimeError("The record is empty.")
    address = f"/incidents/{newest.public_id}/{newest.slug}/"
    return {
        "list (API)": median_ms(_getter(client, "/api/v1/incidents/"), least=15),
        "list, page 20 (API)": median_ms(_getter(client, _deep(client, 20)), least=15),
        "incident page": median_ms(_getter(client, address), least=15),
        "incident (API)": median_ms(
            _getter(client, f"/api/v1/incidents/{newest.public_id}/"), least=15
        ),
    }


def _deep(client: Client, number: int) -> str:
    address = "/api/v1/incidents/?fields=id"
    for _ in range(number - 1):
        address = client.get(address).json()["next"].removeprefix("http://testserver")
    return address.replace("fields=id&", "").replace("&fields=id", "")


@override_settings(
    ROOT_URLCONF="bench.explorer", WHITENOISE_AUTOREFRESH=True, STORAGES=PLAIN_STORAGES
)
def measure() -> tuple[list[tuple[str, float, str]], dict[str, float]]:
    """The record that is there: comparisons of each question, and the size-independent pages."""
    size = RecordHead.objects.get(pk=1).listed
    client = Client()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record.db"
        build(file)
        rival = Rival(file)
        found = [row for asked in QUESTIONS for row in compare(client, rival, asked, size)]
        rival.close()
    return found, sizes(client)


def run(rows: int = MILLION) -> list[tuple[str, float, str]]:
    """(name, ratio, explanation) rows: the record as it is, then grown to so many incidents."""
    found, small = measure()
    listed = RecordHead.objects.get(pk=1).listed
    if rows <= listed:
        return found
    at: dt.datetime = timezone.now()
    simulate(rows - listed, seed=1, at=at)
    with connection.cursor() as cursor:
        # What a server does by itself within minutes.
        cursor.execute("VACUUM ANALYZE")
    with_million, large = measure()
    return [
        *found,
        *with_million,
        *(
            (
                f"{name}: {rows} rows against {listed}",
                large[name] / small[name],
                f"{large[name]:.1f} ms against {small[name]:.1f} ms (target: at most 1.3)",
            )
            for name in small
        ),
    ]
