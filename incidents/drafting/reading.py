"""An incident of the desk as the document that its editors change."""

from collections import Counter
from typing import Any

from incidents.drafting import deals
from incidents.drafting.dates import claimed_text
from incidents.drafting.draft import (
    Draft,
    DraftCitation,
    DraftClaim,
    DraftHarm,
    DraftHostages,
    DraftLink,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.models import HarmEstimate, Incident
from sources.models import Citation

# Columns of the incident that the document repeats as they are.
PLAIN = (
    "title", "summary", "date_start", "date_end", "date_precision", "is_multiday", "date_text",
    "time_local", "time_zone", "clarity", "civilian_targeting", "is_suicide", "outcome",
    "confidence", "checked", "note", "sensitivity", "sensitivity_reason", "disclosure",
)  # fmt: skip
LISTS = ("targets", "weapons", "tactics")


def read(incident: Incident) -> Draft:
    """The incident as it is stored. Figures that were superseded are history and left out."""
    citations = list(incident.citations.select_related("document").order_by("pk"))
    refs = refs_by_pk(citations)
    plain: dict[str, Any] = {name: getattr(incident, name) for name in PLAIN}
    lists: dict[str, Any] = {name: tuple(getattr(incident, name)) for name in LISTS}
    return Draft(
        type=incident.type_id,
        secondary_types=tuple(incident.secondary_types.values_list("pk", flat=True).order_by("pk")),
        country=incident.country.iso3,
        missions=tuple(incident.missions.values_list("slug", flat=True).order_by("slug")),
        locations=_locations(incident),
        parties=_parties(incident, refs),
        claims=_claims(incident, refs),
        harm=_harm(incident, refs),
        hostages=_hostages(incident),
        ransoms=deals.read_ransoms(incident, refs),
        talks=deals.read_talks(incident, refs),
        citations=tuple(_citation(row, refs[row.pk]) for row in citations),
        ties=tuple(
            DraftTie(campaign=tie.campaign.slug, reason=tie.reason)
            for tie in incident.campaign_ties.select_related("campaign").order_by("pk")
        ),
        links=tuple(
            DraftLink(target=link.target.public_id, relation=link.relation)
            for link in incident.links_out.select_related("target").order_by("pk")
        ),
        **plain,
        **lists,
    )


def refs_by_pk(citations: list[Citation]) -> dict[int | None, str]:
    """What a document calls each stored citation; None is no citation."""
    times = Counter(row.document.slug for row in citations)
    found: dict[int | None, str] = {None: ""}
    for row in citations:
        slug = row.document.slug
        found[row.pk] = f"{slug}#{row.locator}" if times[slug] > 1 and row.locator else slug
    return found


def _citation(row: Citation, ref: str) -> DraftCitation:
    return DraftCitation(
        id=str(row.uuid),
        ref=ref,
        document=row.document.slug,
        archive_url=row.document.archive_url,
        **_same(row, "locator", "original_speaker", "reliability", "credibility", "quote", "note"),
    )


def _locations(incident: Incident) -> tuple[DraftLocation, ...]:
    rows = incident.locations.select_related("place", "admin1", "admin2")
    return tuple(
        DraftLocation(
            id=str(row.uuid),
            place=str(row.place.uuid) if row.place else "",
            admin1=row.admin1.slug if row.admin1 else "",
            admin2=row.admin2.slug if row.admin2 else "",
            **_same(
                row,
                "name",
                "latitude",
                "longitude",
                "precision",
                "display_precision",
                "radius_km",
                "fuzz_reason",
                "coords_approx",
                "description",
                "is_primary",
            ),
        )
        for row in rows.order_by("-is_primary", "pk")
    )


def _parties(incident: Incident, refs: dict[int | None, str]) -> tuple[DraftParty, ...]:
    rows = incident.participations.select_related("actor").order_by("position", "pk")
    return tuple(
        DraftParty(
            id=str(row.uuid),
            actor=row.actor.slug if row.actor else "",
            actor_text=row.actor_text or "",
            citation=refs.get(row.citation_id, ""),
            **_same(row, "role", "attribution", "claim_status"),
        )
        for row in rows
    )


def _claims(incident: Incident, refs: dict[int | None, str]) -> tuple[DraftClaim, ...]:
    rows = incident.claims.select_related("claimant").order_by("claimed_on", "pk")
    return tuple(
        DraftClaim(
            id=str(row.uuid),
            claimant=row.claimant.slug,
            claimed_on=claimed_text(row.claimed_on, row.claimed_precision),
            citation=refs.get(row.citation_id, ""),
            **_same(row, "channel", "authenticity", "claimed_killed", "summary", "is_competing"),
        )
        for row in rows
    )


def _harm(incident: Incident, refs: dict[int | None, str]) -> tuple[DraftHarm, ...]:
    rows = HarmEstimate.objects.filter(incident=incident, superseded_by=None)
    return tuple(
        DraftHarm(
            id=str(row.uuid),
            citation=refs.get(row.citation_id, ""),
            **_same(
                row,
                "harm",
                "population",
                "scope",
                "measure",
                "low",
                "best",
                "high",
                "comparator",
                "as_of",
                "is_preferred",
                "is_self_interested",
                "note",
            ),
        )
        for row in rows.order_by("pk")
    )


def _hostages(incident: Incident) -> DraftHostages | None:
    case = incident.hostage_cases.order_by("pk").first()
    if case is None:
        return None
    names = ("persons", "status", "starts_on", "ends_on", "publish_policy")
    return DraftHostages(**_same(case, *names))


def _same(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
