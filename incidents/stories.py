"""One published incident as its page tells it: parts in the order in which readers ask."""

import datetime as dt
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from core import prose
from incidents import deals, glance, matrix, waves, words
from incidents.choices import GeoPrecision, Role
from incidents.differences import Difference, in_words
from incidents.models import PublishedIncident
from incidents.versions import history
from regions import area_outlines, maps
from regions.models import AdminArea, Country, RegionalBody

Payload = Mapping[str, Any]
# Those who did it or are said to have, before those who suffered it and those who came.
PARTS = (
    Role.PERPETRATOR, Role.ACCUSED, Role.CLAIMANT, Role.PARTY, Role.TARGET, Role.RESPONDER,
    Role.BYSTANDER_FORCE,
)  # fmt: skip
ACTIVE = PARTS[:3]


@dataclass(frozen=True)
class Version:
    """One published version, and the moment at which its page can be read again."""

    row: PublishedIncident
    is_shown: bool
    differences: list[Difference] = field(default_factory=list)

    @property
    def moment(self) -> str:
        return self.row.valid_from.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Dot:
    """Another incident of the same wave on the map, in pixels."""

    x: float
    y: float
    title: str


def story(
    shown: PublishedIncident,
    versions: Sequence[PublishedIncident],
    moment: dt.datetime | None = None,
) -> dict[str, Any]:
    """What the template needs beside the row itself; others are told as of `moment`, else now.

    The number of queries does not depend on the number of incidents.
    """
    payload = shown.payload
    record = PublishedIncident.objects
    rows = record.current() if moment is None else record.as_of(moment)
    day = moment.astimezone(dt.UTC).date() if moment else prose.today()
    ribbons = waves.ribbons(shown, rows, day)
    drawn = locator(payload["location"])
    several, voices = matrix.apart(matrix.tables(payload["estimates"]))
    known = {mark.row.public_id for ribbon in ribbons for mark in ribbon.around}
    known |= {link["id"] for link in payload["links"]}
    return {
        "incident": shown,
        "data": payload,
        "story": told(payload),
        "participants": participants(payload["actors"]),
        "has_suspects": any(actor["role"] in ACTIVE for actor in payload["actors"]),
        "claims": [(claim, lag(payload["date"], claim)) for claim in payload["claims"]],
        "matrix": matrix.matrix(payload["estimates"]),
        "harm_tables": several,
        "voices": voices,
        "ransoms": deals.ransoms(payload),
        "hostage_talks": deals.talks(payload),
        "map": drawn,
        "area_path": area_path(drawn, payload["location"]),
        "dots": dots(drawn, ribbons),
        "ribbons": ribbons,
        "same_days": waves.on_these_days(shown, rows, known),
        "versions": compared(shown, versions),
        "covered": covered(payload, rows),
        "toll_source": toll_source(payload),
        "other_harm": other_harm(payload["harm"]),
        "bodies": RegionalBody.objects.filter(slug__in=payload["bodies"]).order_by("name"),
        "today": prose.today(),
    }


def told(payload: Payload) -> list[str]:
    """The story in sentences, in the reader's language."""
    location, kind = payload["location"], payload["type"]
    return glance.sentences(
        payload,
        type_name=words.in_reader_language(kind, "label"),
        place=words.where(location, words.in_reader_language(location, "country_name")),
    )


def participants(actors: Sequence[Payload]) -> list[Payload]:
    """Actors by the part that they took."""
    return sorted(actors, key=lambda actor: PARTS.index(actor["role"]))


def lag(date: Payload, claim: Payload) -> int | None:
    """Days from the last day of the incident to the claim; None where a day is not known."""
    if not claim["claimed_on"] or claim["precision"] != "day":
        return None
    last = dt.date.fromisoformat(date["end"])
    return (dt.date.fromisoformat(claim["claimed_on"]) - last).days


def compared(shown: PublishedIncident, versions: Sequence[PublishedIncident]) -> list[Version]:
    """The versions, newest first, each with the fields that it changed."""
    oldest_first = sorted(versions, key=operator.attrgetter("version"))
    return [
        Version(row, row.seq == shown.seq, in_words(changed))
        for row, changed in reversed(history(oldest_first))
    ]


def other_harm(harm: Payload) -> list[tuple[str, Payload]]:
    """Harms beside deaths for which there is any figure."""
    kinds = ("wounded", "abducted", "displaced", "attackers_killed")
    return [(kind, harm[kind]) for kind in kinds if words.is_known(harm[kind])]


def covered(payload: Payload, rows: "QuerySet[PublishedIncident]") -> list[PublishedIncident]:
    """The other incidents that a combined toll covers."""
    toll = payload.get("combined_toll")
    if not toll:
        return []
    others = [public_id for public_id in toll["covers"] if public_id != payload["id"]]
    found = rows.filter(public_id__in=others).defer("search", "search_text")
    return sorted(found, key=operator.attrgetter("date_start", "public_id"))


def toll_source(payload: Payload) -> Payload | None:
    """Who gives the combined toll, where the incident itself cites the same document."""
    toll = payload.get("combined_toll")
    if not toll:
        return None
    same = (source for source in payload["sources"] if source["slug"] == toll["source"])
    return next(same, None)


def locator(location: Payload) -> maps.Locator | None:
    """The small map of where it happened, no finer than the record shows."""
    name = "name_fr" if (get_language() or "").startswith("fr") else "name"
    names, codes = {}, {}
    for iso3, m49, text in Country.objects.values_list("iso3", "m49", name):
        names[m49], codes[iso3] = text, m49
    if location["country"] not in codes:
        return None
    return maps.locator(
        codes[location["country"]],
        latitude=location["latitude"],
        longitude=location["longitude"],
        precision=location["precision"],
        radius_km=location["radius_km"],
        names=names,
    )


def area_path(drawn: maps.Locator | None, location: Payload) -> str:
    """The outline of the area, for a place that is known or shown no better than that."""
    if drawn is None or location["precision"] != GeoPrecision.ADMIN1 or not location["area"]:
        return ""
    area = AdminArea.objects.select_related("country").filter(slug=location["area"]).first()
    return area_outlines.path(area, drawn.frame) if area else ""


def dots(drawn: maps.Locator | None, ribbons: Sequence[waves.Ribbon]) -> list[Dot]:
    """The others of the same waves that have a point, where the map shows it."""
    if drawn is None:
        return []
    found = {}
    for ribbon in ribbons:
        for mark in ribbon.marks if ribbon.campaign.kind == "episode" else ():
            row = mark.row
            latitude, longitude = row.latitude, row.longitude
            if mark.is_here or latitude is None or longitude is None:
                continue
            if row.geo_precision not in waves.PINNED:
                continue
            x, y = drawn.frame.at(float(longitude), float(latitude))
            if 0 < x < drawn.width and 0 < y < drawn.height:
                found[row.public_id] = Dot(round(x, 1), round(y, 1), row.title)
    return list(found.values())
