"""The desk (normalised, drafts, restricted) and the record (append-only, public)."""

from incidents.models.campaign import (
    Campaign,
    CampaignActor,
    CampaignIncident,
    CampaignPhase,
    ConditionImpact,
    Demand,
)
from incidents.models.context import (
    Advisory,
    AnalyticalClaim,
    DisplacementFigure,
    FollowUp,
    Indicator,
    Statement,
)
from incidents.models.harm import HarmEstimate
from incidents.models.hostage import (
    HostageCase,
    Negotiation,
    NegotiationTerm,
    RansomPayment,
)
from incidents.models.incident import Incident, IncidentSlug, IncidentType
from incidents.models.location import IncidentLocation
from incidents.models.participants import ClaimOfResponsibility, IncidentLink, Participation
from incidents.models.record import PublishedIncident, RecordHead

__all__ = [
    "Advisory",
    "AnalyticalClaim",
    "Campaign",
    "CampaignActor",
    "CampaignIncident",
    "CampaignPhase",
    "ClaimOfResponsibility",
    "ConditionImpact",
    "Demand",
    "DisplacementFigure",
    "FollowUp",
    "HarmEstimate",
    "HostageCase",
    "Incident",
    "IncidentLink",
    "IncidentLocation",
    "IncidentSlug",
    "IncidentType",
    "Indicator",
    "Negotiation",
    "NegotiationTerm",
    "Participation",
    "PublishedIncident",
    "RansomPayment",
    "RecordHead",
    "Statement",
]
