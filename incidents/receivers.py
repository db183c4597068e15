"""What this room answers to questions of the rooms below."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.dispatch import receiver

from actors.signals import telling as telling_of_actors
from incidents.models import (
    Advisory,
    Campaign,
    CampaignActor,
    CampaignPhase,
    ConditionImpact,
    Demand,
    DisplacementFigure,
    Incident,
    Negotiation,
    PublishedIncident,
)
from sources.models import Citation
from sources.signals import telling

# Nouns of the desk that public pages show whole.
SHOWN = (Advisory, DisplacementFigure)
# What is as public as the campaign that it belongs to.
OF_CAMPAIGNS = (CampaignPhase, ConditionImpact, Demand)


@receiver(telling)
def cited_in_public(**_signal: Any) -> Q:
    """Documents that the record, a campaign or a country page cites.

    What counts is that the current version itself names the document. The desk's citations only
    lead there faster: one that a draft has taken away must not change what readers see. Talks
    about hostages are told by the record alone.
    """
    record = PublishedIncident.objects.current().filter(
        public_id=OuterRef("public_id"), sources__contains=[OuterRef(OuterRef("slug"))]
    )
    incidents = Incident.objects.filter(Exists(record), citations__document=OuterRef("pk"))
    talks = Negotiation.objects.filter(citations__document=OuterRef("pk"))
    talks = talks.exclude(kind=Negotiation.Kind.HOSTAGE)
    around = Citation.objects.filter(_around(), document=OuterRef("pk"))
    named = PublishedIncident.objects.current().naming("sources", OuterRef("slug"))
    return Q(Exists(incidents)) | Q(Exists(talks)) | Q(Exists(around)) | Q(Exists(named))


@receiver(telling_of_actors)
def named_in_public(**_signal: Any) -> Q:
    """Actors that the record, a campaign, a demand or talks name."""
    record = PublishedIncident.objects.current().naming("actors", OuterRef("slug"))
    talks = Negotiation.objects.filter(parties=OuterRef("pk"))
    talks = talks.exclude(kind=Negotiation.Kind.HOSTAGE)
    told = Campaign.objects.told()
    parts = CampaignActor.objects.filter(actor=OuterRef("pk"), campaign__in=told.values("pk"))
    demands = Demand.objects.filter(_within(told), actor=OuterRef("pk"))
    return Q(Exists(parts)) | Q(Exists(demands)) | Q(Exists(talks)) | Q(Exists(record))


def _around() -> Q:
    """Citations of what public pages show beside incidents."""
    told = Campaign.objects.told()
    kinds = ContentType.objects.get_for_models(Campaign, *SHOWN, *OF_CAMPAIGNS)
    around = Q(target_type__in=[kinds[model].pk for model in SHOWN])
    around |= Q(target_type=kinds[Campaign].pk, target_id__in=told.values("pk"))
    for model in OF_CAMPAIGNS:
        rows = model._default_manager.filter(_within(told))
        around |= Q(target_type=kinds[model].pk, target_id__in=rows.values("pk"))
    return around


def _within(told: "QuerySet[Campaign]") -> Q:
    """Rows of no campaign, and rows of one that readers may know of."""
    return Q(campaign__isnull=True) | Q(campaign__in=told.values("pk"))
