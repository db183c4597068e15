"""What panels tell about incidents: claims, days of a condition, figures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KT

from incidents.choices import Dataset
from incidents.columns import select
from incidents.models import Campaign, DisplacementFigure, PublishedIncident
from incidents.questions import IncidentQuestion
from incidents.words import figure

MOST_CLAIMS = 10
MOST_READ = 200
# Imported data sets tell who did it, never who said so.
CLAIMED_IN = Dataset.VIGIL


@dataclass(frozen=True)
class Claim:
    """What a group said of one incident, apart from what Vigil holds."""

    incident: PublishedIncident
    claim: dict[str, Any]


def claims_by(actor: str) -> list[Claim]:
    """Claims of responsibility by `actor` in the record, newest incidents first.

    At most one more than are shown, so that a page can say that there are others.
    """
    answer = select(IncidentQuestion({"actor": actor, "dataset": CLAIMED_IN}))
    rows = answer.newest(answer.count).annotate(first_claimant=KT("payload__claims__0__claimant"))
    rows = rows.filter(first_claimant__isnull=False)[:MOST_READ]
    found = [
        Claim(row, claim)
        for row in rows
        for claim in row.payload.get("claims", ())
        if claim["claimant"] == actor
    ]
    return found[: MOST_CLAIMS + 1]


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
