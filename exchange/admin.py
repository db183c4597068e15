"""Imports and releases as administrators see them: read-only, because they are facts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from exchange.models import ImportBatch, RejectedRow, Release


class ReadOnly:
    """Nobody adds, changes or deletes here."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly, admin.ModelAdmin):
    list_display = (
        "file_name", "format", "state", "rows_read", "created", "updated", "unchanged",
        "rows_rejected", "created_at", "finished_at",
    )  # fmt: skip
    list_filter = ("format", "state")


@admin.register(RejectedRow)
class RejectedRowAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("batch", "line", "row_id", "column", "value", "reason")
    list_filter = ("batch", "column")
    search_fields = ("row_id", "reason")


@admin.register(Release)
class ReleaseAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("slug", "title", "record_seq", "record_at", "incidents", "published_at")
    search_fields = ("slug", "title")
