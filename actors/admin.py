"""Administration of actors, their names, relations, presence and contributions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.reference.administration import AuditedAdmin
from actors.models import (
    Actor,
    ActorAlias,
    ActorDesignation,
    ActorPresence,
    ActorRelation,
    Contribution,
)


class AliasInline(admin.TabularInline):
    model = ActorAlias
    exclude = ("created_by",)
    autocomplete_fields = ("context_country",)
    extra = 0


@admin.register(Actor)
class ActorAdmin(AuditedAdmin):
    list_display = ("name", "short_name", "kind", "status", "dataset")
    list_filter = ("dataset", "kind", "status")
    search_fields = ("name", "short_name", "slug", "aliases__name")
    autocomplete_fields = ("home_country", "countries")
    inlines = (AliasInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A slug is for ever: addresses and the record hold it."""
        return ("slug",) if obj else ()


@admin.register(ActorAlias)
class ActorAliasAdmin(AuditedAdmin):
    list_display = ("name", "actor", "lang", "kind", "context_country")
    list_filter = ("lang", "kind")
    list_select_related = ("actor", "context_country")
    search_fields = ("name", "search_key", "actor__name")
    autocomplete_fields = ("actor", "context_country")


@admin.register(ActorRelation)
class ActorRelationAdmin(AuditedAdmin):
    list_display = ("source", "type", "target", "starts_on", "ends_on", "checked")
    list_filter = ("type", "checked", "confidence")
    list_select_related = ("source", "target")
    search_fields = ("source__name", "target__name")
    autocomplete_fields = ("source", "target")


@admin.register(ActorPresence)
class ActorPresenceAdmin(AuditedAdmin):
    list_display = ("actor", "kind", "country", "area", "as_of", "hedge")
    list_filter = ("kind", "hedge")
    list_select_related = ("actor", "country", "area")
    search_fields = ("actor__name", "country__name", "area__name")
    autocomplete_fields = ("actor", "country", "area")


@admin.register(ActorDesignation)
class ActorDesignationAdmin(AuditedAdmin):
    list_display = ("actor", "authority", "list_name", "starts_on", "ends_on")
    list_filter = ("authority",)
    list_select_related = ("actor",)
    search_fields = ("actor__name", "authority", "list_name")
    autocomplete_fields = ("actor", "body")


@admin.register(Contribution)
class ContributionAdmin(AuditedAdmin):
    list_display = ("mission", "country", "actor", "role", "starts_on", "ends_on")
    list_filter = ("role", "mission")
    list_select_related = ("mission", "country", "actor")
    search_fields = ("mission__name", "country__name", "actor__name")
    autocomplete_fields = ("mission", "country", "actor")
