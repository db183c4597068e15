"""A page of 100 incidents: ours, against the same page through nested serializers and offsets.

The rival is what a competent developer writes with Django REST framework: serializers over the
desk tables, every relation prefetched, page-number paging. It lives here only. Both sides run in
one process, in turn, through the same test client, on the same rows, without compression.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, override_settings
from django.urls import include, path
from rest_framework import routers, serializers, viewsets
from rest_framework.pagination import PageNumberPagination

from incidents.choices import PUBLIC_STATUSES
from incidents.models import HarmEstimate, Incident, IncidentLocation, Participation, RecordHead
from sources.models import Citation

LIMIT = 100
DEPTH = 400
REPEATS = 31
LIST = f"/api/v1/incidents/?limit={LIMIT}"


class LocationSerializer(serializers.ModelSerializer[IncidentLocation]):
    class Meta:
        model = IncidentLocation
        fields = ["name", "latitude", "longitude", "precision", "description", "radius_km"]


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    actor = serializers.CharField(source="actor.slug", default=None)
    name = serializers.CharField(source="actor.name", default=None)

    class Meta:
        model = Participation
        fields = ["actor", "name", "actor_text", "role", "attribution", "claim_status"]


class CitationSerializer(serializers.ModelSerializer[Citation]):
    title = serializers.CharField(source="document.title")
    url = serializers.CharField(source="document.url", allow_null=True)
    publisher = serializers.CharField(source="document.source.name")

    class Meta:
        model = Citation
        fields = ["reliability", "credibility", "locator", "title", "url", "publisher"]


class EstimateSerializer(serializers.ModelSerializer[HarmEstimate]):
    citation = CitationSerializer()

    class Meta:
        model = HarmEstimate
        fields = ["harm", "population", "low", "best", "high", "as_of", "is_preferred", "citation"]


class RivalSerializer(serializers.ModelSerializer[Incident]):
    country = serializers.CharField(source="country.iso3")
    type_label = serializers.CharField(source="type.label")
    locations = LocationSerializer(many=True)
    participations = ParticipationSerializer(many=True)
    estimates = EstimateSerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Incident
        fields = ["public_id", "slug", "title", "summary", "type", "type_label", "date_start",
                  "date_end", "date_precision", "is_multiday", "country", "clarity", "attribution",
                  "outcome", "targets", "weapons", "tactics", "killed_low", "killed_best",
                  "killed_high", "wounded_low", "wounded_best", "wounded_high", "dataset",
                  "confidence", "checked", "note", "locations", "participations", "estimates",
                  "citations"]  # fmt: skip


class RivalPages(PageNumberPagination):
    page_size = LIMIT


class RivalViewSet(viewsets.ReadOnlyModelViewSet[Incident]):
    queryset = (
        Incident.objects.filter(editorial_status__in=PUBLIC_STATUSES)
        .select_related("country", "type")
        .prefetch_related(
            "locations",
            "participations__actor",
            "estimates__citation__document__source",
            "citations__document__source",
        )
        .order_by("-date_start", "-public_id")
    )
    serializer_class = RivalSerializer
    pagination_class = RivalPages


router = routers.SimpleRouter()
router.register("rival", RivalViewSet)
urlpatterns = [path("", include("vigil.urls")), path("", include(router.urls))]


@dataclass(frozen=True)
class Timing:
    """Median seconds of each side."""

    ours: float
    theirs: float


def in_turn(ours: Callable[[], Any], theirs: Callable[[], Any]) -> Timing:
    """Run both sides in turn, so that the machine's moods fall on both alike."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS + 2):
        for side, work in zip(seconds, (ours, theirs), strict=True):
            began = time.perf_counter()
            work()
            side.append(time.perf_counter() - began)
    return Timing(*(statistics.median(side[2:]) for side in seconds))


def getter(client: Client, address: str) -> Callable[[], int]:
    def get() -> int:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return len(response.content)

    return get


def deep_address(client: Client) -> tuple[str, int]:
    """The page at DEPTH, or the last full one, reached by following `next`."""
    address, number = LIST, 1
    while number < DEPTH:
        following = client.get(address + "&fields=id").json()["next"]
        if not following:
            break
        address = following.removeprefix("http://testserver").replace("fields=id&", "")
        number += 1
    return address, number


@override_settings(ROOT_URLCONF="bench.list_page", WHITENOISE_AUTOREFRESH=True)
def run() -> list[tuple[str, float, str]]:
    """(name, ratio, explanation) rows; ratios above one are in our favour unless they say so."""
    client = Client()
    ContentType.objects.get_for_model(Incident)
    rows = RecordHead.objects.get(pk=1).listed
    first = getter(client, LIST)
    page = in_turn(first, getter(client, "/rival/"))
    address, number = deep_address(client)
    deep = in_turn(getter(client, address), first)
    rival_deep = in_turn(getter(client, address), getter(client, f"/rival/?page={number}"))
    return [
        (
            "list page: nested serializers against ours",
            page.theirs / page.ours,
            f"{rows} rows, {LIMIT} a page: {page.theirs * 1e3:.1f} ms against "
            f"{page.ours * 1e3:.1f} ms (target: at least 8)",
        ),
        (
            f"page {number} against page 1, ours",
            deep.ours / deep.theirs,
            f"{deep.ours * 1e3:.1f} ms against {deep.theirs * 1e3:.1f} ms (target: at most 1.2)",
        ),
        (
            f"page {number}: page numbers against ours",
            rival_deep.theirs / rival_deep.ours,
            f"{rival_deep.theirs * 1e3:.1f} ms against {rival_deep.ours * 1e3:.1f} ms",
        ),
    ]


PLANS = {
    "all": "",
    "one country": "&country=MLI",
    "one data set": "&dataset=ucdp",
}


def plans() -> list[tuple[str, str, bool]]:
    """(question, index, is_lean): whether the list walks an index, without sorting the table.

    The rows of one page that the columns have named (by primary key) may be sorted.
    """
    found = []
    for name, query in PLANS.items():
        with _recorded() as statements:
            Client().get(LIST + query)
        (listing,) = [s for s in statements if "shown_value" in s and "LIMIT" in s]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {listing}")
            lines = [line for (line,) in cursor.fetchall()]
        scan = next((line.strip(" ->") for line in lines if "Scan" in line), "no scan")
        costly = ("Seq Scan",) if "_pkey" in scan else ("Seq Scan", "Sort")
        lean = not any(word in line for line in lines for word in costly)
        found.append((name, scan.split("  ")[0], lean))
    return found


class _recorded:  # noqa: N801  # reads as a verb in `with`
    """The SELECT statements of a block, with their parameters filled in."""

    def __enter__(self) -> list[str]:
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        self.statements: list[str] = []
        return self.statements

    def __exit__(self, *exc: object) -> None:
        self.statements += [q["sql"] for q in connection.queries_log]
        connection.force_debug_cursor = False
