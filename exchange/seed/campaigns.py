"""Conflicts, episodes, series, campaigns and conditions; combined tolls."""

from typing import Any

from actors.models import Actor
from core.choices import Checked, Confidence
from exchange.seed.desk import Desk
from exchange.seed.reading import Row
from incidents.choices import CampaignKind, CampaignStatus, ConditionType, GeoPrecision, ImpactKind
from incidents.models import (
    Campaign,
    CampaignActor,
    CampaignPhase,
    ConditionImpact,
    Demand,
)
from regions.models import Country


def campaigns(desk: Desk) -> None:
    for row in desk.due("campaigns.yaml", "campaigns"):
        parent = row.get("parent")
        campaign = desk.put(
            Campaign,
            {"slug": row.slug},
            name=row["name"],
            kind=row.choice("kind", CampaignKind.values),
            parent=desk.find(Campaign, parent, row, "parent") if parent else None,
            corridors=row.get("corridors", []),
            methods=row.get("methods", []),
            implicit_in_seed=row.get("implicit_in_seed"),
            confidence=row.choice("confidence", Confidence.values),
            checked=row.choice("checked", Checked.values),
            is_public=True,
            **_period(row),
            **_condition(row),
            **_expected(row),
        )
        desk.set_all(campaign, "countries", desk.find_all(Country, row, "countries", "iso3"))
        _parties(desk, row, campaign)
        _phases(desk, row, campaign)
        _demands(desk, row, campaign)
        _impacts(desk, row, campaign)
        desk.cite(campaign, row)


def _period(row: Row) -> dict[str, Any]:
    """Dates and status: an end closes; without one it is open, unless the note doubts that."""
    start, end = row.moment("start"), row.moment("end")
    note = row.get("note", "")
    doubtful = "not verified" in note
    status = CampaignStatus.UNKNOWN if doubtful else CampaignStatus.OPEN
    notes = [note, row.part("start").get("note"), row.part("end").get("note")]
    return {
        "starts_on": start.first,
        "start_precision": start.precision,
        "ends_on": end.last,
        "end_precision": end.precision,
        "status": CampaignStatus.CLOSED if end.last else status,
        "note": " ".join(f"{text.rstrip('.')}." for text in notes if text),
    }


def _condition(row: Row) -> dict[str, Any]:
    """What only a blockade or siege has: its kind and its place."""
    place = row.part("place")
    latitude, longitude = place.point()
    has_type = row.get("condition_type")
    return {
        "condition_type": row.choice("condition_type", ConditionType.values) if has_type else "",
        "place_name": place.get("name", ""),
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": place.choice("precision", GeoPrecision.values) if place.data else "",
    }


def _expected(row: Row) -> dict[str, Any]:
    block = row.part("expected_incident_count")
    day = block.partial("on")
    return {
        "expected_incident_count": block.get("value"),
        "expected_on": day.first,
    }


def _parties(desk: Desk, row: Row, campaign: Campaign) -> None:
    wanted = []
    for name, opposing in (("actors", False), ("opposed_by", True)):
        for actor in desk.find_all(Actor, row, name):
            key = {"campaign": campaign, "actor": actor}
            wanted.append(desk.put(CampaignActor, key, is_opposing=opposing))
    desk.only(campaign, campaign.parties.all(), wanted)


def _phases(desk: Desk, row: Row, campaign: Campaign) -> None:
    wanted = []
    for data in row.get("phases", []):
        phase = row.part("phases", data)
        start, end = phase.partial("from"), phase.partial("to")
        made = desk.put(
            CampaignPhase,
            {"campaign": campaign, "starts_on": start.first},
            ends_on=end.last,
            label=phase["label"],
        )
        desk.cite(made, phase, checked=row["checked"], confidence=row["confidence"])
        wanted.append(made)
    desk.only(campaign, campaign.phases.all(), wanted)


def _demands(desk: Desk, row: Row, campaign: Campaign) -> None:
    wanted = []
    for data in row.get("demands_over_time", []):
        demand = row.part("demands_over_time", data)
        made = desk.put(
            Demand,
            {"slug": f"{row.slug}-{demand['order']}"},
            campaign=campaign,
            position=demand["order"],
            text=demand["text"],
        )
        desk.cite(made, demand, checked=row["checked"], confidence=row["confidence"])
        wanted.append(made)
    desk.only(campaign, campaign.demands.all(), wanted)


def _impacts(desk: Desk, row: Row, campaign: Campaign) -> None:
    wanted = []
    for data in row.get("impacts", []):
        impact = row.part("impacts", data)
        key = {"campaign": campaign, "text": impact["text"]}
        wanted.append(desk.put(ConditionImpact, key, kind=impact.choice("kind", ImpactKind.values)))
    desk.only(campaign, campaign.impacts.all(), wanted)
