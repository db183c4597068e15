"""What panels tell about incidents: claims, actors in a country, days of a condition, figures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KT

from actors.models import Actor
from incidents import rollups
from incidents.models import Campaign, DisplacementFigure, PublishedIncident
from incidents.rollups import ActorGroup
from incidents.words import figure

MOST_CLAIMS = 10
MOST_READ = 200


@dataclass(frozen=True)
class Claim:
    """What a group said of one incident, apart from what Vigil holds."""

    incident: PublishedIncident
    claim: dict[str, Any]


def claims_by(actor: str) -> list[Claim]:
    """Claims of responsibility by `actor` in the record, newest incidents first.

    At most one more than are shown, so that a page can say that there are others.
    """
    rows = PublishedIncident.objects.current().involving([actor])
    rows = rows.annotate(first_claimant=KT("payload__claims__0__claimant"))
    rows = rows.filter(first_claimant__isnull=False).defer("search", "search_text")[:MOST_READ]
    found = [
        Claim(row, claim)
        for row in rows
        for claim in row.payload.get("claims", ())
        if claim["claimant"] == actor
    ]
    return found[: MOST_CLAIMS + 1]


@dataclass(frozen=True)
class ActorsInSet:
    """The actors of one data set in one country, most incidents first."""

    dataset: str
    rows: list[tuple[ActorGroup, Actor | None]]
    others: int


def actors_in(iso3: str, most: int) -> list[ActorsInSet]:
    """Actors by incidents in a country. Data sets are kept apart: they may tell the same event."""
    rows = PublishedIncident.objects.current().filter(country=iso3)
    found = []
    for dataset in sorted(
        rows.order_by().values_list("dataset", flat=True).distinct(), reverse=True
    ):
        groups = rollups.by_actor(rows.filter(dataset=dataset))
        groups.sort(key=lambda group: (-group.incidents, group.actor, group.certainty))
        found.append((dataset, groups))
    slugs = {group.actor for _dataset, groups in found for group in groups[:most]}
    names = Actor.objects.in_bulk(slugs, field_name="slug")
    return [
        ActorsInSet(
            dataset,
            [(group, names.get(group.actor)) for group in groups[:most]],
            max(len(groups) - most, 0),
        )
        for dataset, groups in found
    ]


@dataclass(frozen=True)
class CampaignOn:
    """A campaign on a day; `days` in force are counted for conditions only."""

    campaign: Campaign
    days: int | None
    is_over: bool


def on_day(campaign: Campaign, day: dt.date) -> CampaignOn:
    is_condition = campaign.kind == "condition"
    return CampaignOn(
        campaign=campaign,
        days=campaign.days_in_force(day) if is_condition else None,
        is_over=campaign.ends_on is not None and campaign.ends_on < day,
    )


def with_days(rows: Iterable[Campaign], day: dt.date) -> list[CampaignOn]:
    return [on_day(row, day) for row in rows]


@dataclass(frozen=True)
class Displaced:
    """A displacement figure and its number in words: "over 300,000"."""

    row: DisplacementFigure
    number: str


def displaced(row: DisplacementFigure) -> Displaced:
    estimate = {
        "low": row.value_low,
        "best": row.value_best,
        "high": row.value_high,
        "comparator": row.comparator,
    }
    return Displaced(row, figure(estimate))
