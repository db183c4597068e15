"""Administration of people. The audit trail can be read here and changed nowhere."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from core.administration import ReadOnlyAdmin


@admin.register(User)
class PeopleAdmin(UserAdmin):
    list_display = ("username", "role", "is_active", "is_superuser", "last_login")
    list_filter = ("role", "is_active", "is_superuser")
    search_fields = ("username", "first_name", "last_name", "email")
    fieldsets = (*(UserAdmin.fieldsets or ()), (_("Role at the desk"), {"fields": ("role",)}))
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("Role at the desk"), {"classes": ("wide",), "fields": ("role",)}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are deactivated, never deleted: what they did keeps its author."""
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "verb", "noun", "object_id")
    list_filter = ("verb", "noun")
    search_fields = ("by", "object_id")
    date_hierarchy = "at"
