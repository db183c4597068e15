"""Administration of campaigns and their context. Incidents are worked at the desk by verbs, and the
record is append-only: both can only be read here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.reference.administration import AuditedAdmin
from core.administration import ReadOnlyAdmin
from incidents.models import (
    Advisory,
    AnalyticalClaim,
    Campaign,
    CampaignActor,
    CampaignPhase,
    ConditionImpact,
    Demand,
    DisplacementFigure,
    FollowUp,
    HarmEstimate,
    HostageCase,
    Incident,
    IncidentType,
    Indicator,
    Negotiation,
    PublishedIncident,
    RansomPayment,
    Statement,
)


@admin.register(PublishedIncident)
class PublishedIncidentAdmin(ReadOnlyAdmin):
    list_display = ("seq", "public_id", "version", "status", "title", "valid_from", "valid_to")
    list_filter = ("status", "dataset")
    search_fields = ("=public_id", "slug")
    exclude = ("search", "search_text")
    ordering = ("-seq",)
    show_full_result_count = False


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    list_display = ("public_id", "title", "date_start", "editorial_status", "sensitivity")
    list_filter = ("editorial_status", "sensitivity", "disclosure", "dataset")
    search_fields = ("=public_id", "title", "slug")
    show_full_result_count = False


@admin.register(HarmEstimate)
class HarmEstimateAdmin(ReadOnlyAdmin):
    list_display = ("pk", "harm", "population", "low", "best", "high", "is_preferred", "as_of")
    list_filter = ("harm", "population", "is_preferred")
    search_fields = ("=incident__public_id", "campaign__slug")
    show_full_result_count = False


@admin.register(HostageCase)
class HostageCaseAdmin(ReadOnlyAdmin):
    list_display = ("pk", "status", "publish_policy", "starts_on", "ends_on")
    list_filter = ("status", "publish_policy")
    search_fields = ("=incident__public_id",)


@admin.register(IncidentType)
class IncidentTypeAdmin(ReadOnlyAdmin):
    list_display = ("code", "label", "label_fr", "group")
    list_filter = ("group",)
    search_fields = ("code", "label", "label_fr")


class PartyInline(admin.TabularInline):
    model = CampaignActor
    autocomplete_fields = ("actor",)
    extra = 0


class PhaseInline(admin.TabularInline):
    model = CampaignPhase
    exclude = ("created_by",)
    extra = 0


class DemandInline(admin.TabularInline):
    model = Demand
    exclude = ("created_by",)
    autocomplete_fields = ("actor",)
    extra = 0


class ImpactInline(admin.TabularInline):
    model = ConditionImpact
    exclude = ("created_by",)
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(AuditedAdmin):
    list_display = ("name", "kind", "condition_type", "starts_on", "ends_on", "status")
    list_filter = ("kind", "condition_type", "status", "checked")
    search_fields = ("name", "slug")
    autocomplete_fields = ("parent", "countries")
    inlines = (PartyInline, PhaseInline, DemandInline, ImpactInline)


class ContextAdmin(AuditedAdmin):
    """Context rows. Their ties to desk incidents are made at the desk."""

    search_fields = ("slug", "text")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_exclude(request, obj), "incidents")


@admin.register(Advisory)
class AdvisoryAdmin(ContextAdmin):
    list_display = ("slug", "kind", "starts_on", "ends_on", "confidence")
    list_filter = ("confidence",)
    autocomplete_fields = (
        "issuer_country",
        "issuer_body",
        "concerns",
        "superseded_by",
        "campaigns",
    )


@admin.register(DisplacementFigure)
class DisplacementFigureAdmin(ContextAdmin):
    list_display = ("slug", "population", "origin", "value_low", "value_best", "value_high")
    list_filter = ("population", "measure")
    list_select_related = ("origin",)
    autocomplete_fields = ("origin",)


@admin.register(Statement)
class StatementAdmin(ContextAdmin):
    list_display = ("slug", "speaker_role", "starts_on", "protection")
    list_filter = ("speaker_role", "protection")
    autocomplete_fields = ("concerns",)


@admin.register(AnalyticalClaim)
class AnalyticalClaimAdmin(ContextAdmin):
    list_display = ("slug", "kind", "document", "hedge")
    list_filter = ("kind", "hedge")
    list_select_related = ("document",)
    autocomplete_fields = ("document", "countries")


@admin.register(FollowUp)
class FollowUpAdmin(ContextAdmin):
    list_display = ("slug", "kind", "starts_on", "ends_on", "confidence")
    list_filter = ("confidence",)
    autocomplete_fields = ("country",)


@admin.register(Indicator)
class IndicatorAdmin(ContextAdmin):
    list_display = ("slug", "concerns", "issuer", "value")
    list_filter = ("issuer",)
    list_select_related = ("concerns",)
    autocomplete_fields = ("concerns",)


@admin.register(Negotiation)
class NegotiationAdmin(ContextAdmin):
    list_display = ("slug", "kind", "status", "starts_on", "ends_on")
    list_filter = ("kind", "status")
    autocomplete_fields = ("parties", "campaigns", "ends_campaign")


@admin.register(RansomPayment)
class RansomPaymentAdmin(ReadOnlyAdmin):
    list_display = ("slug", "payer", "payee", "currency", "status")
    list_filter = ("status",)
    list_select_related = ("payee",)
    search_fields = ("slug", "payer")
