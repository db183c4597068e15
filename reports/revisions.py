"""What became of a published report's incidents since: the report keeps its figures, this tells.

Computed from the frozen `ReportItem.rows` against the record as it stands. A tombstone tells its
class of reason only.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import connection
from django.utils import timezone

from core.questions import ParametersRefused
from incidents import rollups, words
from incidents.models import PublishedIncident
from incidents.rollups import HARMS
from reports.figures import Ask, harm_figure
from reports.models import Report, ReportItem

TOTALS = "total.incidents"
# Every figure with the incidents whose version has been replaced since; those of the whole record
# are found first, as they are few.
REPLACED = """
    WITH replaced AS MATERIALIZED (
        SELECT public_id, version, seq
          FROM incidents_publishedincident
         WHERE seq > %s AND version > 1 AND valid_to IS NULL
    )
    SELECT item.key, replaced.seq
      FROM reports_reportitem AS item,
           jsonb_array_elements(item.rows) AS kept,
           replaced
     WHERE item.report_id = %s
       AND replaced.public_id = kept ->> 0
       AND replaced.version > (kept ->> 1)::int
     ORDER BY item.id, replaced.public_id
"""


@dataclass(frozen=True)
class Revision:
    """An incident behind a figure that was corrected, withdrawn or merged since."""

    id: str
    path: str
    title: str
    version: int
    is_listed: bool
    status: str
    reason: str
    on: str
    notice: str


def revised(report: Report) -> dict[str, list[Revision]]:
    """By the key of the figure, the incidents behind it that changed; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(REPLACED, [report.record_seq, report.pk])
        pairs = cursor.fetchall()
    seqs = {seq for _key, seq in pairs}
    rows = PublishedIncident.objects.in_bulk(seqs) if seqs else {}
    known = {seq: _revision(row) for seq, row in rows.items()}
    found: dict[str, list[Revision]] = defaultdict(list)
    for key, seq in pairs:
        found[key].append(known[seq])
    return dict(found)


def _revision(row: PublishedIncident) -> Revision:
    listed = row.is_listed
    path = f"/incidents/{row.public_id}/"
    notice = {"notice": row.notice, "notice_fr": row.notice_fr} if listed else {}
    return Revision(
        id=row.public_id,
        path=f"{path}{row.slug}/" if listed else path,
        title=words.title(row.title, row.payload) if listed else row.public_id,
        version=row.version,
        is_listed=listed,
        status=words.in_words(row.status, "status"),
        reason=words.in_words(row.reason, "reason"),
        on=row.valid_from.date().isoformat(),
        notice=words.in_reader_language(notice, "notice"),
    )


def today(report: Report) -> dict[str, dict[str, Any]]:
    """The report's key figures as the record gives them now, by the key of the figure.

    Late entries count here, which no list of revised incidents names. Empty for a report without
    key figures, and for one about what the record tells of no more.
    """
    item = ReportItem.objects.filter(report=report, key=TOTALS).first()
    if item is None:
        return {}
    asked = dict(parse_qsl(urlsplit(item.query).query))
    asked.pop("as_of", None)
    ask = Ask(asked, timezone.now())
    try:
        found = rollups.totals(ask.rows())
    except ParametersRefused:
        return {}
    figures = {TOTALS: {"count": found.incidents, "query": ask.query()}}
    for harm in HARMS:
        figure = harm_figure(getattr(found, harm), found.incidents)
        figures[f"total.{harm}"] = figure | {"query": ask.query()}
    return figures
