"""Entering and changing an incident at the desk: one document, four verbs.

    create(draft, *, by, at) -> Incident           a new draft of `by`
    save(public_id, draft, *, by, at, edition) -> Incident   the whole document replaces the old one
    read(incident) -> Draft                        the incident as it is stored
    problems(draft) -> dict[path, str]             what review will want ("harm.0.citation": "…")
    blockers(draft) -> dict[path, str]             what cannot even be saved (part of `problems`)

`create` and `save` raise DraftRefused(problems) for what cannot be stored, EditConflict(current)
where `edition` is not the present one, EditRefused where `by` may not change the incident now.
Each save that changes something raises `Incident.edition` by one and writes one audit entry with
the values before and after; parts that did not change keep their rows.
`from_json(data)` and `to_json(draft)` are the same document as JSON: for the API and autosave.
"""

from incidents.access import EditRefused
from incidents.drafting.checks import blockers, problems
from incidents.drafting.deal_parts import DraftRansom, DraftRansomFigure, DraftTalks
from incidents.drafting.draft import (
    Draft,
    DraftCitation,
    DraftClaim,
    DraftDocument,
    DraftHarm,
    DraftHostages,
    DraftLink,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.drafting.findings import DraftRefused
from incidents.drafting.reading import read
from incidents.drafting.wire import from_json, to_json
from incidents.drafting.writing import EditConflict, create, save

__all__ = [
    "Draft",
    "DraftCitation",
    "DraftClaim",
    "DraftDocument",
    "DraftHarm",
    "DraftHostages",
    "DraftLink",
    "DraftLocation",
    "DraftParty",
    "DraftRansom",
    "DraftRansomFigure",
    "DraftRefused",
    "DraftTalks",
    "DraftTie",
    "EditConflict",
    "EditRefused",
    "blockers",
    "create",
    "from_json",
    "problems",
    "read",
    "save",
    "to_json",
]
