"""A draft to try the desk with, and what became of it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from incidents import drafting
from incidents.drafting import (
    DraftCitation,
    DraftClaim,
    DraftHarm,
    DraftLocation,
    DraftParty,
    DraftTie,
)
from incidents.models import Incident
from tests import make

DAY = dt.date(2022, 7, 22)


def kati(**more) -> drafting.Draft:
    """The attack at Kati with two sources that disagree, as an editor enters it."""
    make.country("MLI")
    make.incident_type("ARM-CPX")
    make.actor("jnim")
    make.document("wire-1")
    make.document("army-1")
    make.campaign("wave")
    values = {
        "title": "Attack on the base at Kati",
        "type": "ARM-CPX",
        "date_start": DAY,
        "country": "MLI",
        "targets": ("military",),
        "weapons": ("suicide_vehicle_bomb",),
        "sensitivity": "public",
        "locations": (
            DraftLocation(name="Kati", latitude=Decimal("12.745"), longitude=Decimal("-8.071")),
        ),
        "parties": (
            DraftParty(actor="jnim", attribution="probable", citation="wire-1"),
            DraftParty(actor_text="soldiers of the garrison", role="target"),
        ),
        "claims": (DraftClaim(claimant="jnim", claimed_on="2022-07-23", channel="website"),),
        "harm": (
            DraftHarm(low=1, best=1, high=6, citation="wire-1", is_preferred=True),
            DraftHarm(best=1, citation="army-1"),
            DraftHarm(population="attackers", best=7, citation="army-1"),
        ),
        "citations": (
            DraftCitation(document="wire-1", credibility=2),
            DraftCitation(document="army-1", credibility=3),
        ),
        "ties": (DraftTie(campaign="wave", reason="same_day"),),
    }
    return drafting.Draft(**values | more)


def entered(draft: drafting.Draft | None = None, **more) -> Incident:
    return drafting.create(draft or kati(**more), by=make.ed(), at=timezone.now())


def saved(incident: Incident, draft: drafting.Draft, **more) -> Incident:
    values = {"by": make.ed(), "at": timezone.now(), "edition": incident.edition} | more
    return drafting.save(incident.public_id, draft, **values)


def refused(draft: drafting.Draft) -> dict[str, str]:
    with pytest.raises(drafting.DraftRefused) as caught:
        drafting.create(draft, by=make.ed(), at=timezone.now())
    return caught.value.problems


def rows(incident: Incident) -> dict[str, set[tuple]]:
    """Primary key and moment of change of every part."""
    parts = {
        "locations": incident.locations, "parties": incident.participations,
        "claims": incident.claims, "harm": incident.estimates, "citations": incident.citations,
    }  # fmt: skip
    return {name: set(part.values_list("pk", "updated_at")) for name, part in parts.items()}
