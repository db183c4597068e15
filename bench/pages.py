"""What readers open beside the explorer: profiles, the search page, and what the box proposes.

Each page at a million against itself at the size of the record that is there, answers forgotten
before every request; and the search page against one plain ranked query of the ORM for incidents
alone, which is what a competent developer writes first.
"""

import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchRank
from django.db.models import F
from django.test import Client, override_settings

from bench.explorer import PLAIN_STORAGES, median_ms
from core.naming import likeness
from core.text import containing
from incidents.columns import matches, selecting
from incidents.models import Campaign, PublishedIncident, RecordHead
from regions.models import AdminArea

LEAST_RUNS = 9
TARGET = "target: below 100 ms at a million"
# Common, rare, several, misspelt, in another script, with accents, two letters, and none; a country
# of names and incidents alike, and several words of which each is in a large part of the record.
TYPED = (
    "village", "moura", "ambush convoy", "tombouktou", "الشباب", "Côte d'Ivoire", "ma", "xqzvkpw",
    "mali", "fighting in Somalia", "government forces",
)  # fmt: skip


def _addresses() -> dict[str, str]:
    area = AdminArea.objects.filter(country__iso3="MLI", level=1).order_by("slug").first()
    campaign = Campaign.objects.told().order_by("pk").first()
    if area is None or campaign is None:
        raise RuntimeError("The reference data of the seed are missing.")
    return {
        "country page, Mali": "/countries/MLI/",
        "country page, Somalia": "/countries/SOM/",
        "area page": f"/areas/{area.slug}/",
        "actor page, JNIM": "/actors/jnim/",
        "actor page, al-Shabaab": "/actors/al-shabaab/",
        "body page": "/bodies/ecowas/",
        "campaign page": f"/campaigns/{campaign.slug}/",
        **{
            f"proposed for “{text}”": f"/search/suggest/?{urlencode({'q': text})}" for text in TYPED
        },
        **{f"found for “{text}”": f"/search/?{urlencode({'q': text})}" for text in TYPED},
    }


def _opening(client: Client, address: str) -> Callable[[], Any]:
    def open_it() -> Any:
        selecting.forget()
        matches.forget()
        likeness.cache_clear()
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        return response

    return open_it


def _plain(text: str) -> Callable[[], Any]:
    """The first page of incidents that contain the words, ranked."""
    query = containing(text)
    rows = PublishedIncident.objects.current().filter(search=query)
    ranked = rows.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-date_start")
    return lambda: list(ranked.defer("search", "search_text")[:20])


@override_settings(WHITENOISE_AUTOREFRESH=True, STORAGES=PLAIN_STORAGES)
def measure() -> dict[str, float]:
    """Milliseconds of each page, at the size of the record that is there."""
    client = Client()
    found = {}
    for name, address in _addresses().items():
        opening = _opening(client, address)
        opening()
        found[name] = median_ms(opening, least=LEAST_RUNS)
        print(f"{name}: {found[name]:.1f} ms", file=sys.stderr, flush=True)
    return found


def compare(before: dict[str, float]) -> list[tuple[str, float, str]]:
    """(name, ratio, explanation) rows: the record as it has grown since `before` was measured."""
    size = RecordHead.objects.get(pk=1).listed
    now = measure()
    rows = [
        (
            f"{name}: {size} rows against fewer",
            now[name] / before[name],
            f"{now[name]:.1f} ms against {before[name]:.1f} ms ({TARGET})",
        )
        for name in now
    ]
    plain = {text: median_ms(_plain(text), least=3) for text in TYPED}
    for name in ("proposed", "found"):
        ours = {text: now[f"{name} for “{text}”"] for text in TYPED}
        slowest, slowest_plain = max(ours, key=ours.__getitem__), max(plain, key=plain.__getitem__)
        rows.append(
            (
                f"{name}, the slowest of {len(TYPED)} texts: plain ORM, incidents only",
                plain[slowest_plain] / ours[slowest],
                f"{size} rows, all kinds: “{slowest}” {ours[slowest]:.0f} ms ({TARGET}), "
                f"plain ORM: “{slowest_plain}” {plain[slowest_plain]:.0f} ms",
            )
        )
    return rows
