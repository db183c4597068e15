"""Campaigns and types of incident as JSON."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from core.schema import page_of
from core.viewsets import DayQuestion, ReferenceViewSet
from incidents.filters import CampaignFilter, TypeFilter
from incidents.models import (
    Campaign,
    CampaignActor,
    CampaignPhase,
    ConditionImpact,
    Demand,
    IncidentType,
    PublishedIncident,
)
from sources.api import CITED, CitationSerializer


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, default=None
    )
    countries: Any = serializers.SlugRelatedField(slug_field="iso3", many=True, read_only=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)

    class Meta:
        model = Campaign
        fields = ["slug", "name", "kind", "parent", "countries", "starts_on", "start_precision",
                  "ends_on", "end_precision", "status", "expected_incident_count", "expected_on",
                  "condition_type", "place_name", "latitude", "longitude", "geo_precision",
                  "corridors", "methods", "confidence", "checked"]  # fmt: skip


class PartySerializer(serializers.ModelSerializer[CampaignActor]):
    actor = serializers.CharField(source="actor.slug")
    name = serializers.CharField(source="actor.name")

    class Meta:
        model = CampaignActor
        fields = ["actor", "name", "is_opposing"]


class PhaseSerializer(serializers.ModelSerializer[CampaignPhase]):
    class Meta:
        model = CampaignPhase
        fields = ["label", "starts_on", "ends_on"]


class DemandSerializer(serializers.ModelSerializer[Demand]):
    actor = serializers.CharField(source="actor.slug", allow_null=True, default=None)

    class Meta:
        model = Demand
        fields = ["slug", "position", "text", "actor", "addressed_to", "starts_on"]


class ImpactSerializer(serializers.ModelSerializer[ConditionImpact]):
    value = serializers.FloatField(allow_null=True)

    class Meta:
        model = ConditionImpact
        fields = ["kind", "text", "value", "unit", "starts_on", "ends_on"]


class CampaignDetailSerializer(CampaignSerializer):
    """`days_in_force` counts whole days from the first day to `on`; null before it or unknown.

    `recorded_incidents` is what the record has now, on `expected_on` where that is given: it may
    differ from `expected_incident_count`, which is what a source says.
    """

    parties = PartySerializer(many=True)
    phases = PhaseSerializer(many=True)
    demands = DemandSerializer(many=True)
    impacts = ImpactSerializer(many=True)
    sources = CitationSerializer(source="citations", many=True)
    on = serializers.SerializerMethodField()
    days_in_force = serializers.SerializerMethodField()
    recorded_incidents = serializers.SerializerMethodField()

    class Meta(CampaignSerializer.Meta):
        fields = [*CampaignSerializer.Meta.fields, "on", "days_in_force", "recorded_incidents",
                  "parties", "phases", "demands", "impacts", "sources"]  # fmt: skip

    def get_on(self, campaign: Campaign) -> dt.date:
        day: dt.date = self.context.get("day") or timezone.now().date()
        return day

    def get_days_in_force(self, campaign: Campaign) -> int | None:
        return campaign.days_in_force(self.get_on(campaign))

    def get_recorded_incidents(self, campaign: Campaign) -> int:
        rows = PublishedIncident.objects.current().filter(campaigns__overlap=[campaign.slug])
        if campaign.expected_on:
            rows = rows.between(campaign.expected_on, campaign.expected_on)
        return int(rows.count())


class CampaignViewSet(ReferenceViewSet):
    """What incidents belong to: conflicts, episodes, series, campaigns, and lasting conditions."""

    questions = {"list": CampaignFilter, "retrieve": DayQuestion}
    list_serializer = CampaignSerializer
    detail_serializer = CampaignDetailSerializer
    documents = {
        "list": page_of("Campaign", CampaignSerializer(many=True)),
        "retrieve": CampaignDetailSerializer,
    }
    path_parameters = {"key": gettext_lazy("Slug of the campaign.")}

    def rows(self) -> "QuerySet[Campaign]":
        told = Campaign.objects.told()
        return told.prefetch_related(Prefetch("parent", told), "countries")

    def detail_rows(self) -> "QuerySet[Campaign]":
        return self.rows().prefetch_related(
            "parties__actor", "phases", "demands__actor", "impacts", CITED
        )


class TypeSerializer(serializers.ModelSerializer[IncidentType]):
    """A type with its crosswalk to ACLED and GTD."""

    class Meta:
        model = IncidentType
        fields = ["code", "group", "label", "label_fr", "acled_event_type",
                  "acled_sub_event_type", "gtd_attack_types", "is_suicide",
                  "is_active"]  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {"code": {"validators": []}}


class TypeViewSet(ReferenceViewSet):
    """Types of incident by code."""

    lookup = "code"
    questions = {"list": TypeFilter}
    list_serializer = TypeSerializer
    detail_serializer = TypeSerializer
    documents = {
        "list": page_of("IncidentType", TypeSerializer(many=True)),
        "retrieve": TypeSerializer,
    }
    path_parameters = {"key": gettext_lazy("Code of the type, such as ARM-BAS.")}

    def rows(self) -> "QuerySet[IncidentType]":
        return IncidentType.objects.all()
