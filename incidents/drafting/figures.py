"""Harm figures of a draft as rows. What was published is superseded, never edited (B5.10)."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from incidents.choices import PUBLIC_STATUSES
from incidents.drafting import parts
from incidents.drafting.draft import Draft, DraftHarm
from incidents.drafting.names import rows_of
from incidents.drafting.parts import Matched, Wanted
from incidents.models import HarmEstimate, Incident
from sources.models import Citation

# What makes an estimate the same statement of the same source.
STATEMENT = (
    "harm", "population", "scope", "measure", "low", "best", "high", "comparator", "citation",
    "as_of",
)  # fmt: skip
SAID = (
    "harm", "population", "scope", "measure", "low", "best", "high", "comparator",
    "is_preferred", "is_self_interested", "note",
)  # fmt: skip


def with_preferred(draft: Draft) -> Draft:
    """The draft in which the only figure of its kind is the preferred one."""
    kinds = [(row.harm, row.population, row.measure) for row in draft.harm]

    def alone(number: int, row: DraftHarm) -> bool:
        return kinds.count(kinds[number]) == 1 and not row.is_self_interested

    rows = (
        replace(row, is_preferred=row.is_preferred or alone(number, row))
        for number, row in enumerate(draft.harm)
    )
    return replace(draft, harm=tuple(rows))


def write(
    incident: Incident, draft: Draft, cited: dict[str, Citation], *, by: User
) -> list[HarmEstimate]:
    """Bring the incident's figures to what the draft says; return those that hold now."""
    wanted = [
        Wanted(path, row.id, _columns(incident, row, cited)) for path, row in rows_of(draft, "harm")
    ]
    stored = HarmEstimate.objects.filter(incident=incident, superseded_by=None)
    unknown = _("This figure does not belong to the incident any more. Leave out its id to add it.")
    found = parts.match(stored, wanted, STATEMENT, unknown)
    replaced: list[tuple[HarmEstimate, Wanted]] = []
    if incident.editorial_status in PUBLIC_STATUSES:
        found, replaced = _supersedable(found)
    stale = [*found.gone, *(row for row, _part in replaced)]
    pks = [row.pk for row in stale if row.is_preferred]
    HarmEstimate.objects.filter(pk__in=pks).update(is_preferred=False)
    keep = Matched(found.kept, found.new, [])
    written = parts.write(HarmEstimate, keep, flag="is_preferred", created_by=by)
    heirs = {id(part): row for part, row in zip(found.new, written[len(found.kept) :], strict=True)}
    for row, part in replaced:
        supersede(row, heirs[id(part)])
    for row in found.gone:
        drop(row, written)
    return written


def _columns(incident: Incident, row: DraftHarm, cited: dict[str, Citation]) -> dict[str, Any]:
    return {
        "incident": incident,
        "citation": cited[row.citation],
        "as_of": row.as_of or incident.date_end,
        **{name: getattr(row, name) for name in SAID},
    }


def _supersedable(found: Matched) -> tuple[Matched, list[tuple[HarmEstimate, Wanted]]]:
    """Published figures whose statement changes are replaced by new rows."""
    changed = [
        (row, part)
        for row, part in found.kept
        if set(parts.differing(row, part.values)) & set(STATEMENT)
    ]
    kept = [pair for pair in found.kept if pair not in changed]
    return Matched(kept, [*found.new, *(part for _row, part in changed)], found.gone), changed


def drop(stale: HarmEstimate, written: list[HarmEstimate]) -> None:
    """Remove a figure that nobody states any more; published, it points to what replaced it."""
    alike = [e for e in written if (e.harm, e.population) == (stale.harm, stale.population)]
    alike.sort(key=lambda e: (e.measure != stale.measure, not e.is_preferred))
    public = stale.incident is None or stale.incident.editorial_status in PUBLIC_STATUSES
    if alike and public:
        supersede(stale, alike[0])
    else:
        stale.delete()


def supersede(stale: HarmEstimate, heir: HarmEstimate) -> None:
    """Keep a published figure as history. One column only: the others are frozen."""
    HarmEstimate.objects.filter(pk=stale.pk).update(superseded_by=heir)
