"""Administration of publishers and their documents."""

from django.contrib import admin

from accounts.reference.administration import AuditedAdmin
from core.administration import ReadOnlyAdmin
from sources.models import Citation, Document, ExternalIdentifier, Source


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    list_display = ("name", "kind", "country_iso3", "scale", "reliability")
    list_filter = ("kind", "reliability")
    search_fields = ("name", "slug")


@admin.register(Document)
class DocumentAdmin(AuditedAdmin):
    list_display = ("slug", "title", "source", "reliability", "seen", "protection")
    list_filter = ("reliability", "seen", "protection", "language")
    list_select_related = ("source",)
    search_fields = ("slug", "title", "source__name")
    autocomplete_fields = ("source", "syndicated_from")


@admin.register(Citation)
class CitationAdmin(ReadOnlyAdmin):
    """Citations are made where the fact is entered; here they can be found."""

    list_display = ("document", "target_type", "target_id", "reliability", "credibility")
    list_filter = ("target_type", "reliability", "credibility")
    list_select_related = ("document", "target_type")
    search_fields = ("document__slug", "document__title")
    show_full_result_count = False


@admin.register(ExternalIdentifier)
class ExternalIdentifierAdmin(ReadOnlyAdmin):
    list_display = ("scheme", "value", "target_type", "target_id")
    list_filter = ("scheme", "target_type")
    list_select_related = ("target_type",)
    search_fields = ("=value",)
    show_full_result_count = False
