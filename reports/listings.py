"""The sections of a report that tell of single incidents and their sources."""

from typing import Any

from django.db.models.functions import Coalesce

from core import prose
from incidents.choices import Attribution, Role
from incidents.models import PublishedIncident
from reports.figures import Issue, Ledger

NOTABLE = 10
LISTED = 200
TOLD_ROLES = (Role.PERPETRATOR, Role.ACCUSED, Role.PARTY, Role.CLAIMANT)


def notable(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """The incidents with most people killed, then most abducted, each with its sources."""
    rows = issue.period.rows().order_by(
        Coalesce("killed_best", "killed_low").desc(nulls_last=True),
        Coalesce("abducted_best", "abducted_low").desc(nulls_last=True),
        "date_start",
        "public_id",
    )
    chosen = list(rows[:NOTABLE])
    numbers: dict[str, int] = {}
    sources: list[dict[str, Any]] = []
    told = [_told(row, numbers, sources) for row in chosen]
    return {
        "query": issue.period.query(ordering="-killed", limit=str(NOTABLE)),
        "rows": told,
        "sources": sources,
    }


def listing(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """Every incident of the period by day, up to a bound; the query lists the rest."""
    rows = issue.period.rows().order_by("date_start", "public_id")
    found = list(rows[: LISTED + 1])
    return {
        "query": issue.period.query(ordering="date"),
        "is_cut": len(found) > LISTED,
        "rows": [_line(row) for row in found[:LISTED]],
    }


def _deaths(low: int | None, best: int | None, high: int | None) -> str:
    """ "1 to 9 (best estimate 5)"."""
    note = prose.best_note(low, best, high)
    said = prose.span(low, best, high)
    return f"{said} ({note})" if note else said


def _line(row: PublishedIncident) -> dict[str, Any]:
    payload = row.payload
    date, place = payload["date"], payload["location"]
    killed = payload["harm"]["killed"]
    return {
        "id": row.public_id,
        "version": row.version,
        "path": f"/incidents/{row.public_id}/{row.slug}/",
        "title": row.title,
        "start": date["start"],
        "end": date["end"],
        "precision": date["precision"],
        "date_text": prose.when_short(
            date["start"], date["end"], date["precision"], date["is_multiday"]
        ),
        "country": row.country,
        "place": place["name"] or place["area_name"] or "",
        "killed": killed,
        "killed_text": _deaths(killed["low"], killed["best"], killed["high"]),
        "attribution": row.attribution,
        "attribution_label": str(Attribution(row.attribution).label),
        "actors": [
            {
                "actor": part["actor"],
                "name": part["short_name"] or part["name"],
                "role": part["role"],
                "role_label": str(Role(part["role"]).label),
            }
            for part in payload["actors"]
            if part["role"] in TOLD_ROLES
        ],
        "needs_primary_source": payload["needs_primary_source"],
    }


def _told(
    row: PublishedIncident, numbers: dict[str, int], sources: list[dict[str, Any]]
) -> dict[str, Any]:
    """A line with its summary and the numbers of its sources; new sources join the endnotes."""
    cited = []
    for source in row.payload["sources"]:
        slug = source["slug"]
        if slug not in numbers:
            numbers[slug] = len(numbers) + 1
            kept = ("slug", "title", "publisher", "url", "published", "grade")
            sources.append({"number": numbers[slug]} | {key: source[key] for key in kept})
        cited.append({"number": numbers[slug], "grade": source["grade"]})
    unique = {entry["number"]: entry for entry in cited}
    return _line(row) | {
        "summary": row.payload["summary"],
        "campaigns": [tie["slug"] for tie in row.payload["campaigns"]],
        "sources": [unique[number] for number in sorted(unique)],
    }


def corrections(issue: Issue, ledger: Ledger) -> dict[str, Any]:
    """What changed in the record since the edition before, for months that were already reported.

    A further edition of the same month also tells the changes of that month itself.
    """
    since = issue.previous_seq
    if since is None or since >= issue.record_seq:
        return {"since": since, "query": None, "changed": [], "withdrawn": [], "added": 0}
    until = issue.month.last if issue.edition > 1 else issue.month.shifted(-1).last
    fresh = PublishedIncident.objects.filter(
        seq__gt=since, seq__lte=issue.record_seq, date_start__lte=until
    ).order_by("seq")
    told = _versions_before(issue, since)
    mine = set(issue.everything().rows().values_list("public_id", flat=True)) | set(told)
    relevant = [row for row in fresh if row.public_id in mine]
    last = {row.public_id: row for row in relevant}.values()
    changed = [r for r in last if r.is_listed and r.public_id in told]
    withdrawn = [r for r in last if not r.is_listed and r.public_id in told]
    added = [r for r in last if r.is_listed and r.public_id not in told]
    query = f"/api/v1/incidents/changes/?since={since}"
    ledger.note(
        "corrections", query, changed=len(changed), withdrawn=len(withdrawn), added=len(added)
    )
    return {
        "since": since,
        "query": query,
        "changed": [_change(row, told[row.public_id]) for row in changed],
        # Of a withdrawn incident nothing is repeated but its id, day and class of reason.
        "withdrawn": [
            {
                "id": row.public_id,
                "status": row.status,
                "reason": row.reason,
                "merged_into": row.merged_into,
                "start": row.date_start.isoformat(),
            }
            for row in withdrawn
        ],
        "added": len(added),
    }


def _versions_before(issue: Issue, since: int) -> dict[str, PublishedIncident]:
    """What the edition before could know of the scope: the listed versions at its tip."""
    rows = PublishedIncident.objects.as_of_seq(since).filter(dataset=issue.schedule.dataset)
    if issue.schedule.country is not None:
        rows = rows.filter(country=issue.schedule.country.iso3)
    else:
        rows = rows.within_body([issue.schedule.place["body"]])
    touched = PublishedIncident.objects.filter(seq__gt=since, seq__lte=issue.record_seq)
    rows = rows.filter(public_id__in=touched.values("public_id"))
    return {row.public_id: row for row in rows}


def _change(now: PublishedIncident, before: PublishedIncident) -> dict[str, Any]:
    def text(row: PublishedIncident) -> str:
        return _deaths(row.killed_low, row.killed_best, row.killed_high)

    return {
        "id": now.public_id,
        "path": f"/incidents/{now.public_id}/{now.slug}/",
        "title": now.title,
        "start": now.date_start.isoformat(),
        "versions": [before.version, now.version],
        # What a protected case once showed is not said again.
        "killed_before": "" if now.payload["is_withheld"] else text(before),
        "killed_now": text(now),
        "notice": now.notice,
    }
