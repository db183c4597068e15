"""Administration of report schedules; reports and the jobs that build them can only be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.reference.administration import AuditedAdmin
from core.administration import ReadOnlyAdmin
from reports.models import Manuscript, Report, ReportItem, ReportJob, ReportSchedule
from reports.models.schedules import COUNTED


@admin.register(ReportSchedule)
class ReportScheduleAdmin(AuditedAdmin):
    list_display = ("slug", "cadence", "topic", "language", "dataset", "release", "is_active")
    list_filter = ("is_active", "cadence", "topic", "language", "dataset")
    search_fields = ("slug", "country__name", "body__name", "name")
    autocomplete_fields = ("country", "area", "body", "actor", "campaign")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it counts is fixed once it has reports."""
        return COUNTED if obj is not None and obj.jobs.exists() else ()


@admin.register(ReportJob)
class ReportJobAdmin(ReadOnlyAdmin):
    list_display = ("key", "state", "attempts", "progress", "period_start", "finished_at")
    list_filter = ("state", "schedule")
    search_fields = ("key",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("title", "language", "period_start", "edition", "published_at")
    list_filter = ("language",)
    search_fields = ("title", "public_id")
    date_hierarchy = "period_end"


@admin.register(ReportItem)
class ReportItemAdmin(ReadOnlyAdmin):
    list_display = ("report", "key")
    list_select_related = ("report",)
    search_fields = ("key", "report__title")


@admin.register(Manuscript)
class ManuscriptAdmin(ReadOnlyAdmin):
    list_display = ("title", "state", "version", "created_at", "updated_at")
    list_filter = ("state",)
    search_fields = ("title", "job__key")
