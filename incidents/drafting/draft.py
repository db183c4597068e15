"""What an editor or a contributor's tool writes of an incident: one document for form and API.

Other rows are named by what people know them by: countries by ISO 3166-1 alpha-3, types by code,
actors, areas, campaigns, missions and documents by slug, incidents by public id, places by uuid.
Empty text and None mean "not said". Vocabularies are those of `incidents.choices`; numbers of
people are whole, coordinates WGS84 decimal degrees.

A part that exists carries the `id` (uuid) that `read` gave it. A part without one is new, unless a
stored part says the same.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from incidents.drafting.deal_parts import DraftRansom, DraftTalks


@dataclass(frozen=True)
class DraftLocation:
    """Where; `display_precision` "" means as finely as policy allows (incidents.disclosure)."""

    id: str = ""
    place: str = ""
    name: str = ""
    admin1: str = ""
    admin2: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    precision: str = "exact"
    display_precision: str = ""
    # None: by precision (exact 0, near 25, along a line 50).
    radius_km: int | None = None
    # Why it is shown coarser than it is known; policy fills it in where policy makes it coarser.
    fuzz_reason: str = ""
    coords_approx: bool = False
    description: str = ""
    is_primary: bool = True


@dataclass(frozen=True)
class DraftParty:
    """Who took part: a known actor by slug, or `actor_text` for an unnamed party; never both."""

    id: str = ""
    actor: str = ""
    actor_text: str = ""
    role: str = "perpetrator"
    attribution: str = "unknown"
    claim_status: str = "unknown"
    # `ref` of the citation that asserts it.
    citation: str = ""


@dataclass(frozen=True)
class DraftClaim:
    """What a group said; `claimed_on` is "2025-10-30", "2025-10", "2025-Q4", "2025" or ""."""

    id: str = ""
    claimant: str = ""
    claimed_on: str = ""
    channel: str = "unknown"
    authenticity: str = "unverified"
    claimed_killed: int | None = None
    summary: str = ""
    is_competing: bool = False
    citation: str = ""


@dataclass(frozen=True)
class DraftHarm:
    """What one source says of one harm to one population. None is unknown, 0 is a reported zero.

    The only figure of its harm and population is preferred by itself, unless its source speaks for
    its own side.
    """

    id: str = ""
    harm: str = "killed"
    population: str = "all"
    scope: str = "excl_attackers"
    measure: str = "count"
    low: int | None = None
    best: int | None = None
    high: int | None = None
    comparator: str = ""
    citation: str = ""
    # None: the last day of the incident.
    as_of: dt.date | None = None
    is_preferred: bool = False
    is_self_interested: bool = False
    note: str = ""


@dataclass(frozen=True)
class DraftDocument:
    """A document that Vigil does not know yet; one with the same `url` is not entered twice."""

    url: str = ""
    # Slug of the publisher.
    source: str = ""
    title: str = ""
    # "2025-10-30", "2025-10", "2025" or "".
    published: str = ""
    language: str = "en"


@dataclass(frozen=True)
class DraftCitation:
    """A document cited for the incident, with its Admiralty grade.

    `document` is a slug, or `new_document` describes one; never both. `ref` is what harm, parties
    and claims call it: any word of the writer's, unique in the draft; empty, it is the slug
    (`slug#locator` where the same document is cited more than once).
    """

    id: str = ""
    ref: str = ""
    document: str = ""
    new_document: DraftDocument | None = None
    archive_url: str = ""
    locator: str = ""
    original_speaker: str = ""
    # "": the document's own letter.
    reliability: str = ""
    # 6: truth cannot be judged.
    credibility: int = 6
    quote: str = ""
    note: str = ""


@dataclass(frozen=True)
class DraftTie:
    """A campaign, episode or series that the incident belongs to."""

    campaign: str = ""
    reason: str = "analyst"


@dataclass(frozen=True)
class DraftLink:
    """Another incident, by public id, and how this one relates to it."""

    target: str = ""
    relation: str = ""


@dataclass(frozen=True)
class DraftHostages:
    """The people taken: counts only, never a name. While held, readers see country and month."""

    persons: int | None = None
    status: str = "unknown"
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    # `withhold` or `publish`; an open case is always withheld.
    publish_policy: str = "withhold"


@dataclass(frozen=True)
class Draft:
    """One incident as its writer knows it. `date_end` None is filled in from the precision."""

    title: str = ""
    summary: str = ""
    type: str = ""
    secondary_types: tuple[str, ...] = ()
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: str = "day"
    # True: it is known to have lasted from `date_start` to `date_end`.
    is_multiday: bool = False
    date_text: str = ""
    time_local: dt.time | None = None
    time_zone: str = ""
    country: str = ""
    clarity: str = "individual"
    civilian_targeting: bool | None = None
    is_suicide: bool | None = None
    outcome: str = "unknown"
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    confidence: str = "medium"
    checked: str = "unverified"
    note: str = ""
    # Both rise freely and fall only through review.
    sensitivity: str = "restricted"
    sensitivity_reason: str = ""
    disclosure: str = "full"
    locations: tuple[DraftLocation, ...] = ()
    parties: tuple[DraftParty, ...] = ()
    claims: tuple[DraftClaim, ...] = ()
    harm: tuple[DraftHarm, ...] = ()
    hostages: DraftHostages | None = None
    ransoms: tuple[DraftRansom, ...] = ()
    talks: tuple[DraftTalks, ...] = ()
    citations: tuple[DraftCitation, ...] = ()
    ties: tuple[DraftTie, ...] = ()
    links: tuple[DraftLink, ...] = ()
