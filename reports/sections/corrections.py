"""What changed in the record since the edition before, for periods that were already reported.

A further edition of the same period tells the changes of that period too. Of a withdrawn incident
nothing is repeated but its id, first day and class of reason; of a protected case nothing that it
once showed.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core import prose
from core.dates import moment_text
from incidents import differences, words
from incidents.models import PublishedIncident
from incidents.querysets import RecordQuerySet
from incidents.versions import changes
from reports.blocks import Cell, Section, column, section, table, text
from reports.blocks import prose as paragraphs
from reports.figures import Ask, Issue, Ledger
from reports.models import Report, ReportItem
from reports.sections import lines
from reports.sentences import Sentence, paged, told

MOST = 100  # changes that are told one by one
MOST_FIELDS, MOST_VALUES = 6, 3


@dataclass(frozen=True)
class Pair:
    """One incident in two states of the record, as sequence numbers of its versions."""

    public_id: str
    day: dt.date
    before: int
    now: int


@dataclass
class Since:
    """What changed of the scope in between; late entries are only counted."""

    changed: list[Pair] = field(default_factory=list)
    withdrawn: list[Pair] = field(default_factory=list)
    added: int = 0


Rows = dict[int, PublishedIncident]


def corrections(issue: Issue, ledger: Ledger) -> Section:
    """Corrected and withdrawn incidents with the earlier reports of the series that held them."""
    title = _("Corrections to earlier reports")
    if issue.previous_seq is None:
        said = told(_("This is the first report of the series."))
        return section("corrections", title, paragraphs(said), changed=[], withdrawn=[], added=0)
    since = _read(issue, issue.previous_seq)
    query = f"/api/v1/incidents/changes/?since={issue.previous_seq}"
    numbers = {
        "changed": len(since.changed),
        "withdrawn": len(since.withdrawn),
        "added": since.added,
    }
    ledger.note("corrections", query, **numbers)
    shown = [*since.changed[:MOST], *since.withdrawn[:MOST]]
    rows_of = PublishedIncident.objects.in_bulk(
        {seq for one in shown for seq in (one.before, one.now)}
    )
    earlier = _earlier(issue, issue.previous_seq, shown)
    told_of = [_change(one, rows_of, earlier) for one in since.changed[:MOST]]
    gone = [_gone(one, rows_of, earlier) for one in since.withdrawn[:MOST]]
    rows = [one.pop("cells") for one in (*told_of, *gone)]
    return section(
        "corrections",
        title,
        paragraphs(_opening(numbers, query)),
        table("corrections", title, _columns(), rows),
        since=issue.previous_seq,
        query=query,
        changed=told_of,
        withdrawn=gone,
        added=numbers["added"],
    )


def _read(issue: Issue, tip: int) -> Since:
    """Incidents that changed in between, of periods before (in a further edition, of this too)."""
    until = issue.period.last if issue.edition > 1 else issue.period.previous.last
    touched = PublishedIncident.objects.filter(seq__gt=tip, seq__lte=issue.record_seq)
    before = _versions(_before(issue, tip), touched.order_by().values("public_id"))
    now = _versions(issue.everything().rows(), list(before))
    found = Since()
    for public_id, (seq, day) in before.items():
        if public_id in now:
            pair = Pair(public_id, min(day, now[public_id][1]), seq, now[public_id][0])
            found.changed += [pair] if pair.day <= until else []
    # Withdrawn, merged, or no longer of this scope: what stands there now, tombstone or not.
    lost = [public_id for public_id in before if public_id not in now]
    newest = touched.filter(public_id__in=lost).order_by("seq")
    tips = {row[0]: row[1:] for row in newest.values_list("public_id", "seq", "is_listed")}
    for public_id, (last, is_listed) in tips.items():
        pair = Pair(public_id, before[public_id][1], before[public_id][0], last)
        if pair.day <= until:
            (found.changed if is_listed else found.withdrawn).append(pair)
    late = issue.everything().rows().filter(seq__gt=tip, date_start__lte=until)
    found.added = late.exclude(public_id__in=list(before)).count()
    for several in (found.changed, found.withdrawn):
        several.sort(key=lambda pair: (pair.day, pair.public_id))
    return found


def _versions(rows: RecordQuerySet, ids: Any) -> dict[str, tuple[int, dt.date]]:
    """Sequence number and first day of the versions among `ids`, by public id."""
    found = rows.filter(public_id__in=ids).order_by("public_id")
    return {row[0]: row[1:] for row in found.values_list("public_id", "seq", "date_start")}


def _before(issue: Issue, tip: int) -> RecordQuerySet:
    """What the edition before could know of the scope."""
    jobs = issue.schedule.jobs.filter(record_seq=tip).order_by("pk")
    moment: dt.datetime = jobs.values_list("record_at", flat=True)[0]
    return Ask(issue.scope | {"as_of": moment_text(moment)}, moment).rows()


def _earlier(issue: Issue, tip: int, shown: list[Pair]) -> dict[str, list[Report]]:
    """The reports of the series that counted an incident, by its public id."""
    if not shown:
        return {}
    days = [pair.day for pair in shown]
    totals = ReportItem.objects.filter(
        key="total.incidents",
        report__job__schedule=issue.schedule,
        report__record_seq__lte=tip,
        report__period_end__gte=min(days),
    )
    wanted = {pair.public_id for pair in shown}
    found: dict[str, list[Report]] = {}
    order = ("report__period_start", "report__edition")
    for item in totals.select_related("report").defer("report__content").order_by(*order):
        for public_id, _version in item.rows:
            if public_id in wanted:
                found.setdefault(public_id, []).append(item.report)
    return found


def _change(pair: Pair, rows: Rows, earlier: dict[str, list[Report]]) -> dict[str, Any]:
    key, now, then = pair.public_id, rows[pair.now], rows[pair.before]
    hidden = now.payload["is_withheld"]
    fields = [] if hidden else differences.in_words(changes(then.payload, now.payload))
    reports = earlier.get(key, [])
    what = prose.listed(
        prose.labelled(one.label, f"{_few(one.removed)} → {_few(one.added)}")
        for one in fields[:MOST_FIELDS]
    )
    if hidden:
        what = _("Only country and month are shown now.")
    killed = ["" if hidden else lines.toll(then, "killed"), lines.toll(now, "killed")]
    notice = words.in_reader_language({"notice": now.notice, "notice_fr": now.notice_fr}, "notice")
    return {
        "id": key,
        "path": lines.incident_path(now),
        "title": lines.incident_title(now),
        "start": now.date_start.isoformat(),
        "versions": [then.version, now.version],
        "killed_before": killed[0],
        "killed_now": killed[1],
        "notice": notice,
        "reports": [report.public_id for report in reports],
        "cells": [
            text(lines.when(now), value=now.date_start.isoformat()),
            text(lines.incident_title(now), path=lines.incident_path(now), note=notice),
            text(what),
            text(killed[0]),
            text(killed[1]),
            _reports_cell(reports),
        ],
    }


def _few(values: list[str]) -> str:
    """The first values of a side; a dash for none."""
    said = ", ".join(values[:MOST_VALUES]) or "–"
    return f"{said}, …" if len(values) > MOST_VALUES else said


def _gone(pair: Pair, rows: Rows, earlier: dict[str, list[Report]]) -> dict[str, Any]:
    key, row = pair.public_id, rows[pair.now]
    reports = earlier.get(key, [])
    reason = words.in_words(row.reason, "reason") or words.in_words(row.status, "status")
    what = _("withdrawn: %(reason)s") % {"reason": reason}
    return {
        "id": key,
        "status": row.status,
        "reason": row.reason,
        "merged_into": row.merged_into,
        "start": row.date_start.isoformat(),
        "reports": [report.public_id for report in reports],
        "cells": [
            text(prose.day(row.date_start), value=row.date_start.isoformat()),
            text(key, path=f"/incidents/{key}/"),
            text(what),
            text(""),
            text(""),
            _reports_cell(reports),
        ],
    }


def _reports_cell(reports: list[Report]) -> Cell:
    """The newest report that held it, linked; the others by their period."""
    if not reports:
        return text(_("none of this series"))
    newest = reports[-1]
    named = ", ".join(
        _("%(period)s, edition %(edition)s")
        % {"period": prose.days(report.period_start, report.period_end), "edition": report.edition}
        for report in reports
    )
    return text(named, path=f"/reports/{newest.public_id}/")


def _opening(numbers: dict[str, int], feed: str) -> Sentence:
    if not any(numbers.values()):
        return told(_("Nothing that an earlier report told has changed since the edition before."))
    said = _(
        "Since the edition before, of incidents in periods that were reported already: corrected "
        "%(changed)s, withdrawn %(withdrawn)s, added late %(added)s. Earlier reports keep the "
        "figures that they showed; %(feed)s lists every change."
    )
    return told(
        said,
        **{name: prose.count(number) for name, number in numbers.items()},
        feed=paged(_("the feed of changes"), feed),
    )


def _columns() -> list[dict[str, str]]:
    return [
        column("date", _("Date"), "date"),
        column("incident", _("Incident")),
        column("change", _("What changed")),
        column("killed_before", _("Killed, before")),
        column("killed_now", _("Killed, now")),
        column("reports", _("Earlier reports")),
    ]
