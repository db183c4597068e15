"""Administration of countries, areas, places, bodies, memberships and missions."""

from django.contrib import admin

from accounts.reference.administration import AuditedAdmin
from regions.models import (
    AdminArea,
    Country,
    Instrument,
    Membership,
    Mission,
    Place,
    RegionalBody,
)


@admin.register(Country)
class CountryAdmin(AuditedAdmin):
    list_display = ("name", "iso3", "au_region", "in_scope")
    list_filter = ("au_region", "in_scope")
    search_fields = ("name", "name_fr", "iso3")


@admin.register(AdminArea)
class AdminAreaAdmin(AuditedAdmin):
    list_display = ("name", "country", "level", "kind", "is_contested", "starts_on", "ends_on")
    list_filter = ("level", "kind", "is_contested", "country")
    list_select_related = ("country",)
    search_fields = ("name", "slug", "pcode")
    autocomplete_fields = ("country", "parent")


@admin.register(Place)
class PlaceAdmin(AuditedAdmin):
    list_display = ("name", "country", "area", "kind")
    list_filter = ("kind", "country")
    list_select_related = ("country", "area")
    search_fields = ("name",)
    autocomplete_fields = ("country", "area")


class MembershipInline(admin.TabularInline):
    model = Membership
    exclude = ("created_by",)
    autocomplete_fields = ("country",)
    extra = 0


@admin.register(RegionalBody)
class RegionalBodyAdmin(AuditedAdmin):
    noun = "body"
    list_display = ("name", "short_name", "kind", "parent", "status")
    list_filter = ("kind", "status")
    list_select_related = ("parent",)
    search_fields = ("name", "name_fr", "short_name", "slug")
    autocomplete_fields = ("parent", "predecessor")
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    list_display = ("body", "country", "status", "starts_on", "ends_on", "exit_effective_on")
    list_filter = ("status", "body")
    list_select_related = ("body", "country")
    search_fields = ("body__name", "body__short_name", "country__name")
    autocomplete_fields = ("body", "country")


@admin.register(Instrument)
class InstrumentAdmin(AuditedAdmin):
    list_display = ("title", "body", "kind", "adopted_on", "status")
    list_filter = ("kind", "body")
    list_select_related = ("body",)
    search_fields = ("title", "short_name", "reference")
    autocomplete_fields = ("body",)


@admin.register(Mission)
class MissionAdmin(AuditedAdmin):
    list_display = ("name", "short_name", "kind", "mandating_body", "starts_on", "ends_on")
    list_filter = ("kind", "checked")
    list_select_related = ("mandating_body",)
    search_fields = ("name", "short_name", "slug")
    autocomplete_fields = ("mandating_body", "instruments", "area", "predecessor")
