"""The rows that a draft names: each noun is looked up once, by what people know it by."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from actors.models import Actor
from incidents.access import visible
from incidents.choices import PUBLIC_STATUSES
from incidents.drafting.draft import Draft, DraftCitation
from incidents.models import Campaign, Incident, IncidentType
from regions.models import AdminArea, Country, Mission, Place
from sources.models import Document, Source

M = TypeVar("M", bound=models.Model)


def refs(draft: Draft) -> list[str]:
    """What the parts of a draft call each of its citations, in their order."""
    slugs = [c.document or (c.new_document.url if c.new_document else "") for c in draft.citations]
    return [
        row.ref or (slug if slugs.count(slug) == 1 or not row.locator else f"{slug}#{row.locator}")
        for row, slug in zip(draft.citations, slugs, strict=True)
    ]


@dataclass(frozen=True)
class Names:
    """What each name in a draft stands for; a name that is missing is not known."""

    types: dict[str, IncidentType] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    areas: dict[str, AdminArea] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    missions: dict[str, Mission] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    documents_by_url: dict[str, Document] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)

    def document(self, citation: DraftCitation) -> Document | None:
        """The known document that a citation means, by slug or by the address of a new one."""
        if citation.new_document is not None:
            return self.documents_by_url.get(citation.new_document.url)
        return self.documents.get(citation.document)


def look_up(draft: Draft, by: User | None = None, incident: Incident | None = None) -> Names:
    """Find what the draft names. Links lead to incidents that are public, that `by` (None: anybody)
    may see, or to which `incident` is linked already."""
    told = Incident.objects.all() if by is None else visible(by)
    told |= Incident.objects.filter(editorial_status__in=PUBLIC_STATUSES)
    if incident is not None:
        told |= Incident.objects.filter(pk__in=incident.links_out.values("target"))
    new = [c.new_document for c in draft.citations if c.new_document is not None]
    documents = Document.objects.select_related("source")
    return Names(
        types=_find(IncidentType, "code", [draft.type, *draft.secondary_types]),
        countries=_find(
            Country, "iso3", [draft.country, *(ransom.payer_country for ransom in draft.ransoms)]
        ),
        areas=_find(
            AdminArea.objects.select_related("country"),
            "slug",
            [slug for where in draft.locations for slug in (where.admin1, where.admin2)],
        ),
        places=_places(where.place for where in draft.locations),
        actors=_find(
            Actor,
            "slug",
            [
                *(party.actor for party in draft.parties),
                *(c.claimant for c in draft.claims),
                *(ransom.payee for ransom in draft.ransoms),
                *(talks.party for talks in draft.talks),
            ],
        ),
        campaigns=_find(Campaign, "slug", [tie.campaign for tie in draft.ties]),
        missions=_find(Mission, "slug", draft.missions),
        sources=_find(Source, "slug", [document.source for document in new]),
        documents=_find(documents, "slug", [c.document for c in draft.citations]),
        documents_by_url=_find(documents, "url", [document.url for document in new]),
        incidents=_find(told, "public_id", [link.target for link in draft.links]),
    )


def _find(rows: "type[M] | models.QuerySet[M]", by: str, names: Iterable[str]) -> dict[str, M]:
    wanted = {name for name in names if name and "\0" not in name}
    if not wanted:
        return {}
    found = rows if isinstance(rows, models.QuerySet) else rows._default_manager.all()
    return {getattr(row, by): row for row in found.filter(**{f"{by}__in": wanted})}


def _places(names: Iterable[str]) -> dict[str, Place]:
    wanted: dict[uuid.UUID, str] = {}
    for name in filter(None, names):
        try:
            wanted[uuid.UUID(name)] = name
        except ValueError:
            continue
    if not wanted:
        return {}
    places = Place.objects.select_related("country", "area__parent").filter(uuid__in=wanted)
    return {wanted[place.uuid]: place for place in places}


def rows_of(draft: Draft, part: str) -> Iterable[tuple[str, Any]]:
    """Each row of a list of parts with its path, such as `harm.0`."""
    return ((f"{part}.{number}", row) for number, row in enumerate(getattr(draft, part)))
