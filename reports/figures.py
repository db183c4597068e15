"""Figures that can be checked: each is a question to the record, asked and written down at once.

A question's parameters give both the rows that are summed and the public address that lists them,
so that a figure and its evidence cannot part.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.dates import moment_text
from incidents import words
from incidents.filters import IncidentQuestion
from incidents.querysets import RecordQuerySet
from incidents.rollups import HarmSum
from reports.models import ReportJob, ReportSchedule
from reports.periods import Month


@dataclass(frozen=True)
class Ask:
    """A question to the record as of a pinned moment."""

    parameters: dict[str, str]
    at: dt.datetime

    @cached_property
    def question(self) -> IncidentQuestion:
        return IncidentQuestion(self.parameters, at=self.at)

    def narrowed(self, **more: str) -> "Ask":
        return Ask(self.parameters | more, self.at)

    def rows(self) -> RecordQuerySet:
        """The versions that answer it."""
        rows: RecordQuerySet = self.question.qs
        return rows

    def query(self, **presentation: str) -> str:
        """Path of the public API that lists the same versions."""
        return f"/api/v1/incidents/?{self.question.as_query(**presentation)}"

    def versions(self) -> list[list[Any]]:
        """[[public_id, version], …] of the rows."""
        rows = self.rows().order_by("public_id").values_list("public_id", "version")
        return [list(row) for row in rows]


@dataclass(frozen=True)
class Issue:
    """One edition of a schedule's report for one month, and the state of the record it rests on."""

    schedule: ReportSchedule
    month: Month
    edition: int
    cutoff_at: dt.datetime
    record_seq: int
    record_at: dt.datetime
    previous_seq: int | None

    @classmethod
    def of(cls, job: ReportJob) -> "Issue":
        return cls(
            schedule=job.schedule,
            month=Month.of(job.period_start),
            edition=job.edition,
            cutoff_at=job.cutoff_at,
            record_seq=job.record_seq,
            record_at=job.record_at,
            previous_seq=job.previous_seq,
        )

    @property
    def scope(self) -> dict[str, str]:
        """The schedule's data set and place, as parameters."""
        return {"dataset": self.schedule.dataset} | self.schedule.place

    def everything(self) -> Ask:
        """Whatever the record says about the scope."""
        return Ask(self.scope | {"as_of": moment_text(self.record_at)}, self.record_at)

    def during(self, first: Month, last: Month | None = None) -> Ask:
        """Incidents that began in the months: each counts in one month only."""
        days = {"begun": first.first.isoformat(), "to": (last or first).last.isoformat()}
        return self.everything().narrowed(**days)

    @property
    def period(self) -> Ask:
        return self.during(self.month)


@dataclass(frozen=True)
class Item:
    """A figure to be frozen, the query and the versions behind it."""

    key: str
    figure: dict[str, Any]
    query: str
    rows: list[list[Any]]


@dataclass
class Ledger:
    """The report in the making: its content so far, and each figure with its evidence."""

    content: dict[str, Any] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def enter(self, key: str, ask: Ask, **figure: Any) -> dict[str, Any]:
        """Write a figure down; return it with its key and query for the content."""
        query = ask.query()
        self.items.append(Item(key, figure, query, ask.versions()))
        return {"key": key, "query": query} | figure

    def note(self, key: str, query: str, **figure: Any) -> dict[str, Any]:
        """The same for a fact that rests on reference data instead of incidents."""
        self.items.append(Item(key, figure, query, []))
        return {"key": key, "query": query} | figure


def harm_figure(harm: HarmSum, incidents: int) -> dict[str, Any]:
    """A sum with its bounds and what is missing, in numbers and in words; never a midpoint."""
    notes = words.sum_notes(harm, incidents)
    said = words.summed(harm, incidents)
    text = f"{said} ({'; '.join(notes)})" if notes else said
    return harm.as_dict() | {"text": text, "short": said, "notes": notes}
