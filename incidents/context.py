"""What panels tell about incidents: claims, days of a condition, figures."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from incidents.choices import Dataset
from incidents.columns import Answer
from incidents.models import Campaign, DisplacementFigure, PublishedIncident
from incidents.words import figure

MOST_CLAIMS = 10
# Mostly the newest incidents have claims enough; from there a few steps reach the oldest.
READ_FIRST = 100
# Imported data sets tell who did it, never who said so.
CLAIMED_IN = Dataset.VIGIL


@dataclass(frozen=True)
class Claim:
    """What a group said of one incident, apart from what Vigil holds."""

    incident: PublishedIncident
    claim: dict[str, Any]


def claims_by(actor: str, incidents: Answer) -> list[Claim]:
    """Claims of responsibility by `actor` for its incidents in the record, the newest first.

    At most one more than are shown, so that a page can say that there are others.
    """
    seqs = incidents.of_set(CLAIMED_IN).seqs("-date")
    found: list[Claim] = []
    size = READ_FIRST
    while seqs and len(found) <= MOST_CLAIMS:
        found += _claims_within(seqs[:size], actor)
        seqs, size = seqs[size:], size * 10
    return found[: MOST_CLAIMS + 1]


def _claims_within(seqs: Sequence[int], actor: str) -> list[Claim]:
    claims = Cast(KeyTransform("claims", "payload"), JSONField())
    rows = PublishedIncident.objects.filter(seq__in=seqs).annotate(claims=claims)
    rows = rows.filter(Q(claims__contains=[{"claimant": actor}]))
    rows = rows.order_by("-date_start", "-public_id").defer("search", "search_text")
    return [
        Claim(row, claim)
        for row in rows[: MOST_CLAIMS + 1]
        for claim in row.payload["claims"]
        if claim["claimant"] == actor
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
