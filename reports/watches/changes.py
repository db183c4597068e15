"""What is new to a question between two tips of the record: each version is in one interval.

new        first published in it
entered    corrected in it, and answers the question only now
corrected  corrected in it; answered the question before and does still
left       corrected in it, and answers the question no more
withdrawn  withdrawn, or joined with another
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext

from incidents.models import PublishedIncident, RecordHead
from reports.models import Alert
from reports.watches.asking import read

KINDS = ("new", "entered", "corrected", "left", "withdrawn")
# So many versions of a kind are named; all are counted, and the question's address has the rest.
MOST = 100
# More touched incidents than this are looked for as a set.
FEW = 2000
Entries = dict[str, list[list[Any]]]


@dataclass(frozen=True)
class Tip:
    """How far the record has come; its moment is none while it is empty."""

    seq: int
    at: dt.datetime | None


def tip() -> Tip:
    """The tip of the record."""
    head = RecordHead.objects.filter(pk=1).first()
    return Tip(head.seq, head.at) if head else Tip(0, None)


@dataclass(frozen=True)
class Found:
    """What an interval brought: versions by kind, and how many there are of each."""

    entries: Entries
    counts: dict[str, int]

    def __bool__(self) -> bool:
        return any(self.counts.values())


def changes(query: str, since: Tip, until: Tip, alerts: Iterable[Alert] = ()) -> Found:
    """What happened to a question after `since`, up to and with `until`.

    `alerts` are those before: a withdrawal is told only of what answered the question or was told.
    Raises ParametersRefused where the question cannot be asked any more.
    """
    if until.at is None:
        return Found({}, {})
    record = PublishedIncident.objects
    within = record.filter(seq__gt=since.seq, seq__lte=until.seq)
    touched = record.filter(public_id__in=_few(within) or within.values("public_id"))
    after = _answers(query, touched, until.at)
    before = _answers(query, touched, since.at)
    columns = ("public_id", "version", "date_start")
    last = {row[0]: row[1:] for row in touched.open_at(until.at).order_by().values_list(*columns)}
    gone = set(
        touched.open_at(until.at).filter(is_listed=False).values_list("public_id", flat=True)
    )
    older = touched.filter(seq__lte=since.seq).values_list("public_id", flat=True)
    earlier = set(older.distinct()) & after
    known = before | (_told(alerts) if gone else set())
    kinds = {
        "new": after - earlier,
        "entered": (after & earlier) - before,
        "corrected": after & before,
        "left": before - after - gone,
        "withdrawn": gone & known,
    }

    def latest(ids: Iterable[str]) -> list[list[Any]]:
        by_day = sorted(ids, key=lambda public_id: (last[public_id][1], public_id), reverse=True)
        return [[public_id, last[public_id][0]] for public_id in by_day[:MOST]]

    return Found(
        {kind: latest(ids) for kind, ids in kinds.items()},
        {kind: len(ids) for kind, ids in kinds.items()},
    )


def _few(versions: Any) -> list[str]:
    """The ids outright where they are few, which an index finds; none where they are many."""
    several = versions.order_by().values_list("public_id", flat=True).distinct()
    ids = list(several[: FEW + 1])
    return ids if len(ids) <= FEW else []


def _answers(query: str, rows: Any, moment: dt.datetime | None) -> set[str]:
    """The ids of those of these incidents that answered the question at a moment."""
    question = read(query, rows, moment)
    question.demand()
    if moment is None:
        return set()
    return set(question.qs.order_by().values_list("public_id", flat=True))


def _told(alerts: Iterable[Alert]) -> set[str]:
    return {entry[0] for alert in alerts for some in alert.entries.values() for entry in some}


@dataclass(frozen=True)
class Told:
    """One version as a letter or a page tells it."""

    row: PublishedIncident
    notice: str

    @property
    def is_shown(self) -> bool:
        """Whether the version may still be told: one that was emptied to protect people is not."""
        return self.row.is_listed


@dataclass(frozen=True)
class Part:
    """One kind of change: how many, and the versions that are named, the latest incident first."""

    kind: str
    count: int
    versions: list[Told]

    @property
    def label(self) -> str:
        """ "3 new incidents", "1 withdrawn"."""
        words = {
            "new": ngettext("%(n)s new incident", "%(n)s new incidents", self.count),
            "entered": ngettext(
                "%(n)s that was corrected and now answers the question",
                "%(n)s that were corrected and now answer the question",
                self.count,
            ),
            "corrected": ngettext("%(n)s corrected", "%(n)s corrected", self.count),
            "left": ngettext(
                "%(n)s that was corrected and no longer answers the question",
                "%(n)s that were corrected and no longer answer the question",
                self.count,
            ),
            "withdrawn": ngettext(
                "%(n)s withdrawn or joined with another",
                "%(n)s withdrawn or joined with others",
                self.count,
            ),
        }
        return words[self.kind] % {"n": self.count}

    @property
    def rest(self) -> int:
        """How many are counted only."""
        return self.count - len(self.versions)


def told(alert: Alert) -> list[Part]:
    """What the alert brought, in the active language."""
    several = [entry for entries in alert.entries.values() for entry in entries]
    rows = PublishedIncident.objects.filter(public_id__in=[entry[0] for entry in several])
    by_version = {(row.public_id, row.version): row for row in rows.defer("search", "search_text")}
    is_french = (get_language() or "").startswith("fr")

    def one(entry: list[Any]) -> Told:
        row = by_version[entry[0], entry[1]]
        return Told(row, (is_french and row.notice_fr) or row.notice)

    def latest(found: list[Told]) -> list[Told]:
        return sorted(found, key=lambda t: (t.row.date_start, t.row.public_id), reverse=True)

    return [
        Part(kind, alert.counts[kind], latest([one(entry) for entry in alert.entries[kind]]))
        for kind in KINDS
        if alert.counts.get(kind)
    ]
