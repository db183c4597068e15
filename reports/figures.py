"""Figures that can be checked: each is a question to the record, asked and written down at once.

A question's parameters give both the rows that are summed and the public address that lists them,
so that a figure and its evidence cannot part.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from core import prose
from core.dates import moment_text
from incidents import words
from incidents.columns.conditions import TERMS
from incidents.filters import IncidentQuestion
from incidents.forms import signed
from incidents.models import PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.rollups import HarmSum
from reports.blocks import Block, Cell, Section
from reports.choices import Cadence
from reports.models import ReportJob, ReportSchedule
from reports.periods import Period

# Dates less exact than these stay out of a report of the cadence (domain reference B6).
TOO_VAGUE = {
    Cadence.DAILY: "-week,-month,-quarter,-year",
    Cadence.WEEKLY: "-quarter,-year",
    Cadence.FORTNIGHTLY: "-quarter,-year",
    Cadence.MONTHLY: "-year",
    Cadence.QUARTERLY: "-year",
}

# What of a row decides whether it meets a question by terms.
LISTED = (
    "seq", "date_start", "actors", "actor_roles",
    *dict.fromkeys(TERMS.values()),
)  # fmt: skip


def _conditions(asked: dict[str, str]) -> list[tuple[str, set[str], bool]]:
    """For each parameter: a column, the terms of which a row has one, whether it has none."""
    found = []
    for name in asked.keys() - {"role"}:
        terms, is_excluding = signed(asked[name])
        column = TERMS.get(name, "actors")
        if name == "actor" and "role" in asked:
            column = "actor_roles"
            terms = [f"{actor}:{role}" for actor in terms for role in asked["role"].split(",")]
        found.append((column, set(terms), is_excluding))
    return found


def _meets(row: dict[str, Any], column: str, terms: set[str], is_excluding: bool) -> bool:
    value = row[column]
    has_one = not terms.isdisjoint(value) if isinstance(value, list) else value in terms
    return has_one != is_excluding


def listing(rows: RecordQuerySet, *columns: str) -> list[dict[str, Any]]:
    """Some columns of the rows, by public id, and `told`: public id and version."""
    found = list(rows.order_by("public_id").values("public_id", "version", *columns))
    for row in found:
        row["told"] = [row["public_id"], row["version"]]
    return found


@dataclass(frozen=True)
class Ask:
    """A question to the record as of a pinned moment."""

    parameters: dict[str, str]
    at: dt.datetime
    # The filter columns of its rows, where they were picked from those of a wider question.
    picked: list[dict[str, Any]] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def question(self) -> IncidentQuestion:
        return IncidentQuestion(self.parameters, at=self.at)

    def narrowed(self, **more: str) -> "Ask":
        """Of these, those that meet more.

        Raises ValueError where a parameter is given already and the new value would let in others:
        one parameter cannot ask for two things at once, so such a figure has no address.
        """
        for name in more.keys() & self.parameters.keys() - {"begun", "to"}:
            known = set(self.parameters[name].split(","))
            if name == "actor":
                known |= set(self.question.involved)
            if not set(more[name].split(",")) <= known:
                raise ValueError(
                    f"{name}={more[name]} is not within {name}={self.parameters[name]}"
                )
        kept = dict(self.parameters)
        if "actor" in more:
            kept.pop("lineage", None)
        return Ask(kept | more, self.at)

    def rows(self) -> RecordQuerySet:
        """The versions that answer it; by their numbers once they have been listed."""
        rows: RecordQuerySet
        if self.picked is None and "listed" not in self.__dict__:
            rows = self.question.qs
        else:
            rows = PublishedIncident.objects.numbered(row["seq"] for row in self.listed)
        return rows

    def query(self, **presentation: str) -> str:
        """Path of the public API that lists the same versions."""
        return f"/api/v1/incidents/?{self.question.as_query(**presentation)}"

    @cached_property
    def listed(self) -> list[dict[str, Any]]:
        """The filter columns of the rows, by public id; read once."""
        if self.picked is not None:
            return self.picked
        return listing(self.rows(), *LISTED)

    def part(self, **more: str) -> "Ask":
        """As `narrowed`, by terms or actors; whatever is read already is not asked for again."""
        picked = self.listed
        for condition in _conditions(more):
            picked = [row for row in picked if _meets(row, *condition)]
        return replace(self.narrowed(**more), picked=picked)

    @cached_property
    def versions(self) -> list[list[Any]]:
        """[[public_id, version], …] of the rows."""
        return [row["told"] for row in self.listed]


@dataclass(frozen=True)
class Issue:
    """One edition of a schedule's report for a period, and the state of the record it rests on."""

    schedule: ReportSchedule
    period: Period
    edition: int
    cutoff_at: dt.datetime
    record_seq: int
    record_at: dt.datetime
    previous_seq: int | None

    @classmethod
    def of(cls, job: ReportJob) -> "Issue":
        return cls(
            schedule=job.planned_for,
            period=Period.of(job.schedule.cadence, job.period_start),
            edition=job.edition,
            cutoff_at=job.cutoff_at,
            record_seq=job.record_seq,
            record_at=job.record_at,
            previous_seq=job.previous_seq,
        )

    @property
    def scope(self) -> dict[str, str]:
        """The schedule's data set, place and subject, as parameters."""
        schedule = self.schedule
        return {"dataset": schedule.dataset} | schedule.place | schedule.subject

    def everything(self) -> Ask:
        """Whatever the record says about the scope."""
        return Ask(self.scope | {"as_of": moment_text(self.record_at)}, self.record_at)

    def during(self, first: Period, last: Period | None = None) -> Ask:
        """Incidents that began in the periods: each counts in one only.

        Those whose date is too vague for the cadence are left out; the notes count them.
        """
        days = {"begun": first.first.isoformat(), "to": (last or first).last.isoformat()}
        vague = TOO_VAGUE.get(first.cadence)
        return self.everything().narrowed(**days, **({"precision": vague} if vague else {}))

    @cached_property
    def asked(self) -> Ask:
        """The incidents of the period."""
        return self.during(self.period)

    @cached_property
    def before(self) -> Ask:
        """The incidents of the period before."""
        return self.during(self.period.previous)


@dataclass(frozen=True)
class Item:
    """A figure to be frozen, the query and the versions behind it."""

    key: str
    figure: dict[str, Any]
    query: str
    rows: list[list[Any]]


@dataclass
class Ledger:
    """The report in the making: its sections so far, each figure with its evidence, drawings."""

    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    def data(self, name: str) -> dict[str, Any]:
        """The data of an earlier section. Raises KeyError for one that is not written yet."""
        for section in self.sections:
            if section["name"] == name:
                data: dict[str, Any] = section["data"]
                return data
        raise KeyError(name)

    def enter(
        self, key: str, ask: Ask, *, versions: list[list[Any]] | None = None, **figure: Any
    ) -> dict[str, Any]:
        """Write a figure down; return it with its key and query for the content.

        `versions` are those of the rows where the caller has read them along with others.
        """
        query = ask.query()
        rows = ask.versions if versions is None else versions
        self.items.append(Item(key, figure, query, rows))
        return {"key": key, "query": query} | figure

    def note(self, key: str, query: str, **figure: Any) -> dict[str, Any]:
        """The same for a fact that rests on reference data instead of incidents."""
        return self.quote(key, query, [], figure)

    def quote(
        self, key: str, query: str, versions: list[list[Any]], figure: dict[str, Any]
    ) -> dict[str, Any]:
        """The same for what the `versions` themselves say, wherever `query` shows them."""
        self.items.append(Item(key, figure, query, versions))
        return {"key": key, "query": query} | figure

    def draw(self, key: str, svg: str, *, title: str, alt: str, table: str) -> Block:
        """Keep a drawing; return its block. `table` is the key of the table with its numbers."""
        self.pictures[key] = svg
        checksum = hashlib.sha256(svg.encode()).hexdigest()
        return {
            "kind": "picture",
            "key": key,
            "title": title,
            "alt": alt,
            "table": table,
            "checksum": checksum,
        }


def harm_figure(harm: HarmSum, incidents: int) -> dict[str, Any]:
    """A sum with its bounds and what is missing, in numbers and in words; never a midpoint."""
    notes = words.sum_notes(harm, incidents)
    said = words.summed(harm, incidents)
    text = f"{said} ({'; '.join(notes)})" if notes else said
    return harm.as_dict() | {"text": text, "short": said, "notes": notes}


def count_cell(figure: dict[str, Any], number: int) -> Cell:
    """A number of incidents that opens its rows."""
    cell: Cell = {"text": prose.count(number), "value": number, "key": figure["key"]}
    return cell | ({"query": figure["query"]} if number else {})


def harm_cell(figure: dict[str, Any], harm: dict[str, Any]) -> Cell:
    """A harm that opens its rows; `value` holds the numbers, `note` what is missing."""
    numbers = {name: harm[name] for name in HarmSum._fields}
    note = "; ".join(harm["notes"])
    cell: Cell = {"text": harm["short"], "value": numbers, "key": figure["key"]}
    return cell | {"query": figure["query"]} | ({"note": note} if note else {})
