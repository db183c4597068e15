"""What a merge does: the incident that stays gains everything that only the other one had.

`workflow.merge(gone, stays, by=, at=, take=)` calls, in its transaction and in this order:

    merging.objections(gone, stays)       why this merge is refused, in words; [] if it may be
    (gone: status MERGED, merged_into=stays, saved)
    found = merging.absorb(gone, stays, by=by, at=at, take=take)
    audit.record("merge", …, **found.audit())
    record.append_tombstones([gone.pk], …)        only if `gone` was public
    record.append_versions(found.public, …)       `stays`, if it is public

| part | what happens |
|---|---|
| ids | both stay: the merged one keeps its row and its id, which redirects for ever |
| sensitivity | the higher of the two; disclosure the narrower; embargo the later |
| sources, harm, claims, parties, external ids, campaigns, links, hostage cases, context | go over |
| what the other has already | is not doubled: it stays with the merged row |
| preferred figures | those of the incident that stays; the other's where it had none |
| fields in `take` | from the merged one; else its own, filled where it had nothing |
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from incidents.choices import PUBLIC_STATUSES, Disclosure, Sensitivity, Status
from incidents.merge_rules import objections
from incidents.models import HarmEstimate, Incident, IncidentLocation

__all__ = ["FIELDS", "PARTS", "Absorbed", "absorb", "gains", "objections"]

CLASSES = list(Sensitivity)
BLANK: tuple[Any, ...] = ("", "unknown", None, [])

# What a reviewer may take from the merged incident, and the columns that go together.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "summary": ("summary",),
    "type": ("type_id",),
    "date": ("date_start", "date_end", "date_precision", "is_multiday", "date_text"),
    "time": ("time_local", "time_zone"),
    "location": (),
    "attribution": ("attribution",),
    "outcome": ("outcome",),
    "targets": ("targets",),
    "weapons": ("weapons",),
    "tactics": ("tactics",),
    "is_suicide": ("is_suicide",),
    "civilian_targeting": ("civilian_targeting",),
}
HARMS = ("killed", "wounded", "abducted", "displaced", "attackers_killed")

# Part -> how its rows are told apart; the same key on both sides is the same fact.
OWNED: dict[str, tuple[str, ...]] = {
    "citations": ("document_id", "locator"),
    "estimates": ("harm", "population", "scope", "measure", "low", "best", "high", "comparator",
                  "as_of", "citation__document_id"),
    "participations": ("actor_id", "actor_text", "role"),
    "claims": ("claimant_id", "claimed_on"),
    "external_ids": ("scheme", "value"),
    "campaign_ties": ("campaign_id",),
    "links_out": ("target_id", "relation"),
    "links_in": ("source_id", "relation"),
    "hostage_cases": ("persons", "status", "starts_on", "ends_on"),
    "ransoms": ("pk",),
}  # fmt: skip
SHARED = ("combined_estimates", "missions", "negotiations", "advisories", "statements",
          "follow_ups", "displacement")  # fmt: skip
PARTS: dict[str, Promise] = {
    "citations": gettext_lazy("sources"),
    "estimates": gettext_lazy("figures of harm"),
    "participations": gettext_lazy("parties"),
    "claims": gettext_lazy("claims of responsibility"),
    "external_ids": gettext_lazy("identifiers elsewhere"),
    "campaign_ties": gettext_lazy("campaigns"),
    "links_out": gettext_lazy("links to other incidents"),
    "links_in": gettext_lazy("links from other incidents"),
    "hostage_cases": gettext_lazy("hostage cases"),
    "ransoms": gettext_lazy("ransoms"),
    "combined_estimates": gettext_lazy("combined tolls"),
    "missions": gettext_lazy("missions"),
    "negotiations": gettext_lazy("talks"),
    "advisories": gettext_lazy("advisories"),
    "statements": gettext_lazy("statements"),
    "follow_ups": gettext_lazy("what followed"),
    "displacement": gettext_lazy("displacement figures"),
}


@dataclass(frozen=True)
class Absorbed:
    """What a merge did: rows moved by part, fields of `stays` from -> to, and, in `public`, the
    incident whose record row no longer says what the desk says (`stays`, if it is public)."""

    moved: dict[str, list[int]]
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    public: list[Incident] = field(default_factory=list)

    def audit(self) -> dict[str, Any]:
        """For the audit entry: which rows went over, and fields from -> to."""
        return {
            "moved": self.moved,
            "changed": {name: {"from": a, "to": b} for name, (a, b) in self.changed.items()},
        }


def gains(gone: Incident, stays: Incident) -> dict[str, list[Any]]:
    """The rows of each part that `stays` would gain; parts without any are left out."""
    found = {}
    for part in OWNED:
        if rows := _missing(part, gone, stays):
            found[part] = rows
    for part in SHARED:
        known = set(getattr(stays, part).values_list("pk", flat=True))
        rows = [row for row in getattr(gone, part).all() if row.pk not in known]
        if rows:
            found[part] = rows
    return found


def _missing(part: str, gone: Incident, stays: Incident) -> list[Any]:
    """Rows of the merged incident that the other one has not; links between the two are none."""
    key, mine = OWNED[part], getattr(gone, part)
    known = set(getattr(stays, part).values_list(*key))
    if part in ("links_out", "links_in"):
        side = "target" if part == "links_out" else "source"
        mine = mine.exclude(**{side: stays})
    keys = mine.values_list("pk", *key)
    wanted = [pk for pk, *rest in keys if tuple(rest) not in known]
    return list(mine.filter(pk__in=wanted))


def absorb(
    gone: Incident, stays: Incident, *, by: User, at: dt.datetime, take: Collection[str] = ()
) -> Absorbed:
    """Move what `stays` lacks, raise its class, fill its blanks. `gone` is merged already.

    One transaction with the change of status. Raises ValueError for a field that is not in FIELDS.
    """
    if unknown := set(take) - set(FIELDS):
        raise ValueError(f"{', '.join(sorted(unknown))}: not one of {', '.join(FIELDS)}.")
    found = gains(gone, stays)
    before = _values(stays)
    _cite_the_kept(gone, stays)
    for part, rows in found.items():
        _move(part, rows, gone, stays)
    _merge_fields(gone, stays, take)
    if stays.editorial_status in PUBLIC_STATUSES:
        stays.editorial_status = Status.CORRECTED
        stays.last_revised_at = at
        stays.revision = F("revision") + 1
    if hasattr(stays, "edition"):
        stays.edition += 1
    stays.save()
    stays.refresh_from_db()
    after = _values(stays)
    return Absorbed(
        moved={part: [row.pk for row in rows] for part, rows in found.items()},
        changed={
            name: (before[name], after[name]) for name in after if before[name] != after[name]
        },
        public=[stays] if stays.editorial_status in PUBLIC_STATUSES else [],
    )


def _values(incident: Incident) -> dict[str, str]:
    """The columns that a merge may change, as text for the audit trail."""
    names = {name for columns in FIELDS.values() for name in columns}
    names |= {f"{harm}_{part}" for harm in HARMS for part in ("low", "best", "high")}
    names |= {"sensitivity", "disclosure", "embargo_until"}
    return {name: str(getattr(incident, name)) for name in sorted(names)}


def _cite_the_kept(gone: Incident, stays: Incident) -> None:
    """Figures, parties and claims whose source both incidents cite speak of the kept citation."""
    kept = {(c.document_id, c.locator): c.pk for c in stays.citations.all()}
    for citation in gone.citations.all():
        other = kept.get((citation.document_id, citation.locator))
        if other is not None:
            for rows in (gone.estimates, gone.participations, gone.claims):
                rows.filter(citation=citation).update(citation=other)


def _move(part: str, rows: list[Model], gone: Incident, stays: Incident) -> None:
    keys = [row.pk for row in rows]
    if part in SHARED:
        getattr(stays, part).add(*rows)
        getattr(gone, part).remove(*rows)
    elif part in ("citations", "external_ids"):
        getattr(gone, part).filter(pk__in=keys).update(target_id=stays.pk)
    elif part in ("links_out", "links_in"):
        side = "source" if part == "links_out" else "target"
        getattr(gone, part).filter(pk__in=keys).update(**{side: stays})
    elif part == "estimates":
        _move_estimates(rows, stays)
    else:
        getattr(gone, part).filter(pk__in=keys).update(incident=stays)


def _move_estimates(rows: list[Any], stays: Incident) -> None:
    """Figures go over; a preferred one stays preferred only where there is none yet."""
    preferred = set(
        stays.estimates.filter(is_preferred=True).values_list("harm", "population", "measure")
    )
    for row in rows:
        taken = (row.harm, row.population, row.measure) in preferred
        HarmEstimate.objects.filter(pk=row.pk).update(
            incident=stays, is_preferred=row.is_preferred and not taken
        )


def _merge_fields(gone: Incident, stays: Incident, take: Collection[str]) -> None:
    """Fields that were chosen, blanks, and the stricter of class, disclosure and embargo."""
    for name, columns in FIELDS.items():
        is_blank = all(getattr(stays, column) in BLANK for column in columns[:1])
        if columns and (name in take or is_blank):
            for column in columns:
                setattr(stays, column, getattr(gone, column))
    if "location" in take:
        _take_location(gone, stays)
    for harm in HARMS:
        columns = tuple(f"{harm}_{part}" for part in ("low", "best", "high"))
        if all(getattr(stays, column) is None for column in columns):
            for column in columns:
                setattr(stays, column, getattr(gone, column))
            if harm == "killed":
                stays.killed_scope = gone.killed_scope
    classes = (Sensitivity(gone.sensitivity), Sensitivity(stays.sensitivity))
    stays.sensitivity = max(classes, key=CLASSES.index)
    if Disclosure.COUNTRY_MONTH in (gone.disclosure, stays.disclosure):
        stays.disclosure = Disclosure.COUNTRY_MONTH
    embargoes = [moment for moment in (gone.embargo_until, stays.embargo_until) if moment]
    stays.embargo_until = max(embargoes, default=None)


def _take_location(gone: Incident, stays: Incident) -> None:
    """The merged incident's place becomes the primary one; the former is kept beside it."""
    place = IncidentLocation.objects.filter(incident=gone, is_primary=True).first()
    if place is not None:
        stays.locations.filter(is_primary=True).update(is_primary=False)
        place.incident = stays
        place.save()
        stays.country_id = gone.country_id
