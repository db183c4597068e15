"""Incidents of one day, as surely as they are dated to it.

Three kinds are never mixed: what happened on the day and on no other; what lasted over several
days, this one among them, whose deaths nobody tells day by day; and what is dated so loosely that
it may have happened on this day. Data sets stay apart, since two may tell the same event.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from core.choices import DatePrecision
from incidents.choices import Dataset
from incidents.columns import Answer, select
from incidents.models import PublishedIncident
from incidents.questions import IncidentQuestion
from incidents.rollups import Totals

ONE_DAY = dt.timedelta(days=1)
# Before and after every public id in the order of the record.
FIRST_ID, LAST_ID = "0" * 10, "Z" * 10


@dataclass(frozen=True)
class Part:
    """Some incidents: their sums, the first rows, and the question that they answer."""

    totals: Totals
    rows: list[PublishedIncident]
    query: str

    @property
    def unlisted(self) -> int:
        """How many have no row here."""
        return self.totals.incidents - len(self.rows)


@dataclass(frozen=True)
class DaySet:
    """One data set on the day; a part without incidents is None."""

    dataset: str
    query: str
    on: Part | None
    lasting: Part | None
    perhaps: Part | None


@dataclass(frozen=True)
class Recorded:
    """The incidents of `day`, as the record stands or stood `as_of` a moment in the reader's text.

    `most` is the number of rows that a part shows.
    """

    day: dt.date
    as_of: str = ""
    at: dt.datetime | None = None
    most: int = 50
    _past: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.as_of:
            self._past["as_of"] = self.as_of

    def _asked(self, **more: str) -> dict[str, str]:
        iso = self.day.isoformat()
        return {"from": iso, "to": iso, **self._past, **more}

    def _question(self, rows: "list[int] | None" = None, **more: str) -> IncidentQuestion:
        among = None if rows is None else PublishedIncident.objects.numbered(rows)
        return IncidentQuestion(self._asked(**more), among, at=self.at)

    @property
    def query(self) -> str:
        """Asks the explorer for every incident whose dates include the day."""
        return self._question().as_query()

    @property
    def certain_query(self) -> str:
        """The same without what is dated less exactly."""
        return self._question(precision="day").as_query()

    @cached_property
    def _parts(self) -> tuple[Answer, Answer, Answer]:
        certain = select(self._question(precision="day"))
        rows = PublishedIncident.objects.numbered(certain.seqs())
        several = set(rows.filter(is_multiday=True).values_list("seq", flat=True))
        alone = [seq for seq in certain.seqs() if seq not in several]
        return (
            select(self._question(alone)),
            select(self._question(sorted(several))),
            select(self._question(precision="-day")),
        )

    @cached_property
    def sets(self) -> list[DaySet]:
        """Each data set that has any incident of the day, Vigil's own first."""
        names = {name for part in self._parts for name in part.incidents("dataset")}
        ordered = sorted(names, key=lambda name: (name != Dataset.VIGIL, name))
        return [self._set(name) for name in ordered]

    def _set(self, name: str) -> DaySet:
        alone, several, perhaps = (part.of_set(name) for part in self._parts)
        exactly = self._question(dataset=name, precision=str(DatePrecision.DAY)).as_query()
        loosely = self._question(dataset=name, precision=f"-{DatePrecision.DAY}").as_query()
        return DaySet(
            dataset=name,
            query=self._question(dataset=name).as_query(),
            on=self._part(alone, "-killed", exactly),
            lasting=self._part(several, "-killed", exactly),
            # What began last is mostly dated best: a month before the year that holds it.
            perhaps=self._part(perhaps, "-date", loosely),
        )

    def _part(self, answer: Answer, ordering: str, query: str) -> Part | None:
        if not answer.count:
            return None
        seqs = answer.seqs(ordering, self.most)
        found = PublishedIncident.objects.numbered(seqs).defer("search", "search_text")
        rows = {row.seq: row for row in found}
        return Part(answer.totals(), [rows[seq] for seq in seqs if seq in rows], query)

    @property
    def has_certain(self) -> bool:
        """Whether anything is known to have happened or gone on that day."""
        return bool(self._parts[0].count or self._parts[1].count)

    @property
    def ended(self) -> list[tuple[str, dt.date]]:
        """Imported data sets that end before the day, and where: of it they say nothing."""
        told = {one.dataset for one in self.sets}
        lasts = {name: _last_day(name) for name in Dataset.values if name not in told}
        lasts.pop(Dataset.VIGIL, None)
        return [(name, last) for name, last in lasts.items() if last and last < self.day]

    def nearest(self) -> tuple[dt.date | None, dt.date | None]:
        """The last day before this one, and the first after it, on which an incident began.

        Only incidents whose day is known.
        """
        # Of what is current, an index knows; of the past, the columns.
        return self._nearest_then() if self.as_of else self._nearest_now()

    def _nearest_now(self) -> tuple[dt.date | None, dt.date | None]:
        rows = PublishedIncident.objects.current().filter(date_precision=DatePrecision.DAY)
        days = rows.values_list("date_start", flat=True)
        before = days.filter(date_start__lt=self.day).order_by("-date_start", "-public_id")
        after = days.filter(date_start__gt=self.day).order_by("date_start", "public_id")
        return before.first(), after.first()

    def _nearest_then(self) -> tuple[dt.date | None, dt.date | None]:
        answer = select(IncidentQuestion(self._past | {"precision": "day"}, at=self.at))
        found = answer.seqs("-date", 1, (self.day, FIRST_ID))
        found += answer.seqs("date", 1, (self.day, LAST_ID))
        rows = PublishedIncident.objects.filter(seq__in=found)
        days = sorted(rows.values_list("date_start", flat=True))
        before = next((day for day in days if day < self.day), None)
        return before, next((day for day in days if day > self.day), None)


def _last_day(dataset: str) -> dt.date | None:
    """The first day of the latest incident of a data set."""
    rows = PublishedIncident.objects.current().filter(dataset=dataset)
    return rows.values_list("date_start", flat=True).order_by("-date_start", "-public_id").first()


def beside(day: dt.date, *, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The day before and the day after, where the calendar and the present have one."""
    before = day - ONE_DAY if day > dt.date.min else None
    return before, day + ONE_DAY if day < today else None
