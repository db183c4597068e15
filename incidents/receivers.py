"""What this room answers to questions of the rooms below."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
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
SHOWN = (Advisory, Campaign, CampaignPhase, ConditionImpact, Demand, DisplacementFigure)


@receiver(telling)
def cited_in_public(**_signal: Any) -> Q:
    """Documents that the record, a campaign or a country page cites.

    What counts is that the current version itself names the document. The desk's citations only
    lead there faster: one that a draft has taken away must not change what readers see. Talks
    about hostages are never told.
    """
    record = PublishedIncident.objects.current().filter(
        public_id=OuterRef("public_id"), sources__contains=[OuterRef(OuterRef("slug"))]
    )
    incidents = Incident.objects.filter(Exists(record), citations__document=OuterRef("pk"))
    talks = Negotiation.objects.filter(citations__document=OuterRef("pk"))
    talks = talks.exclude(kind=Negotiation.Kind.HOSTAGE)
    kinds = ContentType.objects.get_for_models(*SHOWN).values()
    around = Citation.objects.filter(
        document=OuterRef("pk"), target_type__in=[kind.pk for kind in kinds]
    )
    named = PublishedIncident.objects.current().filter(sources__contains=[OuterRef("slug")])
    return Q(Exists(incidents)) | Q(Exists(talks)) | Q(Exists(around)) | Q(Exists(named))


@receiver(telling_of_actors)
def named_in_public(**_signal: Any) -> Q:
    """Actors that the record, a campaign, a demand or talks name."""
    record = PublishedIncident.objects.current().filter(actors__contains=[OuterRef("slug")])
    talks = Negotiation.objects.filter(parties=OuterRef("pk"))
    talks = talks.exclude(kind=Negotiation.Kind.HOSTAGE)
    parts = CampaignActor.objects.filter(actor=OuterRef("pk"))
    demands = Demand.objects.filter(actor=OuterRef("pk"))
    return Q(Exists(parts)) | Q(Exists(demands)) | Q(Exists(talks)) | Q(Exists(record))
