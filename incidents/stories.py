"""One published incident as its page tells it: parts in the order in which readers ask."""

import datetime as dt
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from core import prose
from incidents import words
from incidents.choices import Harm
from incidents.differences import Difference, in_words
from incidents.models import PublishedIncident
from incidents.versions import history
from regions import maps
from regions.models import Country, RegionalBody

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class HarmTable:
    """Every figure for one harm, as each source gave it; the preferred ones come first."""

    harm: str
    estimates: list[Payload]


@dataclass(frozen=True)
class Version:
    """One published version, and the moment at which its page can be read again."""

    row: PublishedIncident
    is_shown: bool
    differences: list[Difference] = field(default_factory=list)

    @property
    def moment(self) -> str:
        return self.row.valid_from.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def story(shown: PublishedIncident, versions: Sequence[PublishedIncident]) -> dict[str, Any]:
    """What the template needs beside the row itself."""
    payload = shown.payload
    return {
        "incident": shown,
        "data": payload,
        "accusers": [a for a in payload["actors"] if a["role"] in ("perpetrator", "accused")],
        "claimants": [a for a in payload["actors"] if a["role"] == "claimant"],
        "parties": [a for a in payload["actors"] if a["role"] == "party"],
        "others": [
            a for a in payload["actors"] if a["role"] in ("target", "responder", "bystander_force")
        ],
        "harm_tables": harm_tables(payload["estimates"]),
        "map": locator(payload["location"]),
        "versions": told(shown, versions),
        "covered": covered(payload),
        "other_harm": other_harm(payload["harm"]),
        "bodies": RegionalBody.objects.filter(slug__in=payload["bodies"]).order_by("name"),
        "today": prose.today(),
    }


def told(shown: PublishedIncident, versions: Sequence[PublishedIncident]) -> list[Version]:
    """The versions, newest first, each with the fields that it changed."""
    oldest_first = sorted(versions, key=operator.attrgetter("version"))
    return [
        Version(row, row.seq == shown.seq, in_words(changed))
        for row, changed in reversed(history(oldest_first))
    ]


def other_harm(harm: Payload) -> list[tuple[str, Payload]]:
    """Harms beside deaths for which there is any figure."""
    kinds = ("attackers_killed", "wounded", "abducted", "displaced")
    return [(kind, harm[kind]) for kind in kinds if words.is_known(harm[kind])]


def harm_tables(estimates: Sequence[Payload]) -> list[HarmTable]:
    """Estimates by harm in the vocabulary's order, attackers' deaths in a table of their own."""
    order = [*Harm.values, "attackers_killed"]

    def kind(estimate: Payload) -> str:
        is_attackers = estimate["population"] == "attackers" and estimate["harm"] == "killed"
        return "attackers_killed" if is_attackers else str(estimate["harm"])

    def place(estimate: Payload) -> tuple[int, bool, str]:
        return order.index(kind(estimate)), not estimate["is_preferred"], estimate["as_of"] or ""

    rows = sorted(estimates, key=place)
    return [HarmTable(harm, list(group)) for harm, group in groupby(rows, key=kind)]


def covered(payload: Payload) -> list[PublishedIncident]:
    """The other incidents that a combined toll covers, as they are published now."""
    toll = payload.get("combined_toll")
    if not toll:
        return []
    others = [public_id for public_id in toll["covers"] if public_id != payload["id"]]
    rows = PublishedIncident.objects.current().filter(public_id__in=others)
    return sorted(rows.defer("search", "search_text"), key=operator.attrgetter("date_start"))


def locator(location: Payload) -> maps.Locator | None:
    """The small map of where it happened, no finer than the record shows."""
    field = "name_fr" if (get_language() or "").startswith("fr") else "name"
    names = dict(Country.objects.values_list("m49", field))
    code = Country.objects.filter(iso3=location["country"]).values_list("m49", flat=True).first()
    if code is None:
        return None
    return maps.locator(
        code,
        latitude=location["latitude"],
        longitude=location["longitude"],
        precision=location["precision"],
        radius_km=location["radius_km"],
        names=names,
    )
