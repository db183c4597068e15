"""How late incidents come into the record: what the last weeks of a drawing leave out.

Measured on Vigil's own record, in days from an incident's last possible day, by whichever of two
clocks can tell:

publication  the first publication of incidents that happened after the record was opened and at
             least `SETTLED` days ago, so that a late report has had the time to come; what was
             entered about earlier years says nothing about delay
source       the earliest dated source, where it is no older than the incident and at most a year
             younger: what later years wrote about it is no report
"""

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache

from incidents.choices import Dataset
from incidents.models import PublishedIncident, RecordHead

SETTLED = 90  # days
ENOUGH = 20  # incidents: fewer are no measurement
NEWEST = 20_000  # entries of the record that are looked at
DATED = 1000  # incidents whose sources are looked at
RETROSPECT = 365  # days


@dataclass(frozen=True)
class Lateness:
    """Days until half, and until nine in ten, of `incidents` were known; `by` names the clock."""

    by: str
    incidents: int
    median: int
    most: int


def measured(today: dt.date) -> Lateness | None:
    """The reporting delay as the record can tell it on `today`; None where too few can."""
    head = RecordHead.objects.values_list("seq", "at").first()
    return _measured(*head, today) if head else None


def measured_at(tip: int, at: dt.datetime, today: dt.date) -> Lateness | None:
    """The same as the record could tell it when its tip was `tip`, for what is pinned to it."""
    return _measured(tip, at, today)


@lru_cache(maxsize=8)
def _measured(tip: int, at: dt.datetime | None, today: dt.date) -> Lateness | None:
    """Measured once for each state of the record: `tip` and the moment that it came to be."""
    return _of("publication", _published(tip, today)) or _of("source", _dated(tip))


def _of(clock: str, delays: list[int]) -> Lateness | None:
    if len(delays) < ENOUGH:
        return None
    delays.sort()
    rank = {share: delays[math.ceil(share * len(delays)) - 1] for share in (0.5, 0.9)}
    return Lateness(clock, len(delays), rank[0.5], rank[0.9])


def _published(tip: int, today: dt.date) -> list[int]:
    opened = PublishedIncident.objects.order_by("seq").values_list("valid_from", flat=True).first()
    if opened is None:
        return []
    rows = PublishedIncident.objects.filter(
        seq__gt=tip - NEWEST,
        seq__lte=tip,
        version=1,
        dataset=Dataset.VIGIL,
        date_end__gte=opened.date(),
        date_end__lte=today - dt.timedelta(days=SETTLED),
    )
    found = rows.order_by().values_list("valid_from", "date_end")
    return [max((moment.date() - day).days, 0) for moment, day in found]


def _dated(tip: int) -> list[int]:
    rows = PublishedIncident.objects.as_of_seq(tip).filter(dataset=Dataset.VIGIL)
    found = rows.order_by("-seq").values_list("date_start", "date_end", "payload__sources")[:DATED]
    delays = []
    for first, last, sources in found:
        days = [day for source in sources if (day := _day(source["published"])) and day >= first]
        if days and (min(days) - last).days <= RETROSPECT:
            delays.append(max((min(days) - last).days, 0))
    return delays


def _day(text: str | None) -> dt.date | None:
    """A date that is known to the day; months and years measure no delay."""
    return dt.date.fromisoformat(text) if text and len(text) == 10 else None
