"""The desk (normalised, drafts, restricted) and the record (append-only, public)."""

from incidents.models.apart import NotDuplicate
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
from incidents.models.receipt import WriteReceipt
from incidents.models.record import PEOPLE_TAKEN, PublishedIncident, RecordHead
from incidents.models.review import Assignment, DeskNotice, ReviewComment, SensitivityProposal
from incidents.models.vocabulary import RecordWord

__all__ = [
    "PEOPLE_TAKEN",
    "Advisory",
    "AnalyticalClaim",
    "Assignment",
    "Campaign",
    "CampaignActor",
    "CampaignIncident",
    "CampaignPhase",
    "ClaimOfResponsibility",
    "ConditionImpact",
    "Demand",
    "DeskNotice",
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
    "NotDuplicate",
    "Participation",
    "PublishedIncident",
    "RansomPayment",
    "RecordHead",
    "RecordWord",
    "ReviewComment",
    "SensitivityProposal",
    "Statement",
    "WriteReceipt",
]
