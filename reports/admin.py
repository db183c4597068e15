"""Administration of report schedules; reports and the jobs that build them can only be read."""

from django.contrib import admin

from accounts.reference.administration import AuditedAdmin
from core.administration import ReadOnlyAdmin
from reports.models import Report, ReportItem, ReportJob, ReportSchedule


@admin.register(ReportSchedule)
class ReportScheduleAdmin(AuditedAdmin):
    list_display = ("slug", "cadence", "country", "body", "language", "dataset", "is_active")
    list_filter = ("is_active", "cadence", "language", "dataset")
    list_select_related = ("country", "body")
    search_fields = ("slug", "country__name", "body__name")
    autocomplete_fields = ("country", "body")


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
