"""An incident among others: its campaigns as ribbons, and what else happened on these days.

Three queries for any number of incidents: the campaigns, their phases, and one union of the
nearest incidents on both sides. Withheld incidents are in no campaign of the record.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from core.timeline import Axis, Bar, Span, Tick
from incidents.choices import CampaignKind, CampaignStatus
from incidents.models import Campaign, CampaignPhase, PublishedIncident

# Marks drawn on each side of the incident, and rows told in words.
MARKS, TOLD = 30, 4
NEAR_DAYS = 3
NEAR_ROWS = 5
MIDDLE = 19
# Incidents placed to the day: others say only that they fall somewhere in the period.
PLACED = ("day", "day_range", "week")
# Places that a point on a map stands for truly.
PINNED = ("exact", "near")


# What a line about an incident shows; the payload stays where it is.
BRIEF = (
    "seq", "public_id", "slug", "title", "date_start", "date_end", "date_precision",
    "is_multiday", "campaigns", "area", "latitude", "longitude", "geo_precision", "killed_low",
    "killed_best", "killed_high",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One incident of a campaign, where its first day lies on the ribbon."""

    row: PublishedIncident
    x: str
    is_here: bool


@dataclass(frozen=True)
class Day:
    """The incidents of one day as a line on the ribbon, longer the more there are (pixels)."""

    x: str
    top: float
    foot: float


@dataclass(frozen=True)
class Ribbon:
    """A campaign from its start to its end, or to the day asked about, and the incidents in it."""

    campaign: Campaign
    reason: str
    axis: Axis
    life: Bar
    phases: list[tuple[CampaignPhase, Bar]]
    marks: list[Mark]
    is_cut: bool
    # False where an earlier ribbon names the same incidents, and for wars, which only frame.
    is_told: bool
    # Whole days since a condition began, on the first day of the incident.
    day: int | None

    @property
    def ticks(self) -> list[Tick]:
        return self.axis.ticks

    @cached_property
    def days(self) -> list[Day]:
        """The others, day by day."""
        number = Counter(mark.x for mark in self.marks if not mark.is_here)
        return [Day(x, MIDDLE - _half(n), MIDDLE + _half(n)) for x, n in number.items()]

    @cached_property
    def here(self) -> Mark:
        return next(mark for mark in self.marks if mark.is_here)

    @property
    def phase(self) -> CampaignPhase | None:
        """The phase in which the incident began."""
        day = self.here.row.date_start
        held = [p for p, _bar in self.phases if p.starts_on <= day <= (p.ends_on or day)]
        return held[-1] if held else None

    @cached_property
    def around(self) -> list[Mark]:
        """The incident between its nearest neighbours, oldest first."""
        place = self.marks.index(self.here)
        first = max(0, min(place - TOLD, len(self.marks) - 2 * TOLD - 1))
        return self.marks[first : first + 2 * TOLD + 1]

    @property
    def others(self) -> int:
        return len(self.marks) - 1

    @property
    def expected(self) -> tuple[int, int, dt.date] | None:
        """How many incidents a source speaks of on a day, how many are recorded, and the day."""
        said, day = self.campaign.expected_incident_count, self.campaign.expected_on
        if said is None or day is None or self.is_cut:
            return None
        held = sum(mark.row.date_start <= day <= mark.row.date_end for mark in self.marks)
        return said, held, day


def _half(number: int) -> float:
    return min(6 + 2.5 * number, MIDDLE - 2)


def ribbons(
    shown: PublishedIncident, rows: "QuerySet[PublishedIncident]", today: dt.date
) -> list[Ribbon]:
    """The campaigns of an incident, waves before wars; `rows` says which versions are read."""
    ties: Sequence[Mapping[str, Any]] = shown.payload["campaigns"]
    reasons = {tie["slug"]: tie["reason"] for tie in ties}
    campaigns = Campaign.objects.filter(slug__in=reasons).prefetch_related("phases")
    order = list(CampaignKind)
    # An armed conflict frames everything: it comes last.
    found = sorted(campaigns, key=lambda c: (c.kind == "conflict", order.index(c.kind), c.slug))
    if not found:
        return []
    members = _nearest(shown, rows, [campaign.slug for campaign in found])
    told: set[str] = set()
    made = []
    for campaign in found:
        ribbon = _ribbon(campaign, shown, members, reasons[campaign.slug], today)
        around = {mark.row.public_id for mark in ribbon.around}
        is_told = campaign.kind != CampaignKind.CONFLICT and not around <= told
        made.append(replace(ribbon, is_told=is_told))
        told |= around if is_told else set()
    return made


def _nearest(
    shown: PublishedIncident, rows: "QuerySet[PublishedIncident]", slugs: list[str]
) -> list[PublishedIncident]:
    """At most MARKS incidents on each side of each campaign, in one query."""
    rows = rows.filter(dataset=shown.dataset).exclude(public_id=shown.public_id)
    rows = rows.only(*BRIEF)
    parts = []
    for slug in slugs:
        mine = rows.filter(campaigns__contains=[slug])
        before = mine.filter(date_start__lte=shown.date_start)
        after = mine.filter(date_start__gt=shown.date_start)
        parts.append(before.order_by("-date_start", "-public_id")[: MARKS + 1])
        parts.append(after.order_by("date_start", "public_id")[: MARKS + 1])
    return list(parts[0].union(*parts[1:]))


def _ribbon(
    campaign: Campaign,
    shown: PublishedIncident,
    members: Iterable[PublishedIncident],
    reason: str,
    today: dt.date,
) -> Ribbon:
    mine = [row for row in members if campaign.slug in row.campaigns]
    rows = sorted([*mine, shown], key=attrgetter("date_start", "public_id"))
    place = rows.index(shown)
    kept = rows[max(place - MARKS, 0) : place + MARKS + 1]
    is_open = campaign.ends_on is None and campaign.status != CampaignStatus.CLOSED
    last = campaign.ends_on or (today if is_open else rows[-1].date_end)
    life = Span(campaign.starts_on or rows[0].date_start, last, "life")
    axis = Axis.within([life, *(Span(r.date_start, r.date_end, "") for r in kept)], today)
    phases = [
        (phase, axis.bar(Span(phase.starts_on, phase.ends_on or last, "phase")))
        for phase in campaign.phases.all()
    ]
    is_condition = campaign.kind == CampaignKind.CONDITION
    return Ribbon(
        campaign=campaign,
        reason=reason,
        axis=axis,
        life=axis.bar(life),
        phases=phases,
        marks=[Mark(row, axis.x(row.date_start), row is shown) for row in kept],
        is_cut=len(kept) < len(rows),
        is_told=True,
        day=campaign.days_in_force(shown.date_start) if is_condition else None,
    )


def on_these_days(
    shown: PublishedIncident,
    rows: "QuerySet[PublishedIncident]",
    told: Iterable[str] = (),
) -> list[PublishedIncident]:
    """Others of the data set in the country within three days, those in `told` left out.

    Nearness says nothing about a connection. None for an incident that is placed in time no better
    than a month, and none that is withheld.
    """
    if shown.payload["is_withheld"] or shown.date_precision not in PLACED:
        return []
    slack = dt.timedelta(days=NEAR_DAYS)
    rows = rows.filter(
        country=shown.country, dataset=shown.dataset, date_precision__in=PLACED
    ).exclude(public_id__in=[shown.public_id, *told])
    rows = rows.only(*BRIEF)
    before = rows.filter(date_start__range=(shown.date_start - slack, shown.date_start))
    after = rows.filter(date_start__gt=shown.date_start, date_start__lte=shown.date_end + slack)
    found = before.order_by("-date_start", "-public_id")[: 2 * NEAR_ROWS].union(
        after.order_by("date_start", "public_id")[: 2 * NEAR_ROWS]
    )

    def closeness(row: PublishedIncident) -> tuple[bool, dt.timedelta, str]:
        return row.area != shown.area, abs(row.date_start - shown.date_start), row.public_id

    return sorted(sorted(found, key=closeness)[:NEAR_ROWS], key=attrgetter("date_start"))
