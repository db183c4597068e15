"""Django's admin writes the same audit trail as the desks: from which value to which."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.reference import pictures
from core.administration import ReferenceAdmin


class AuditedAdmin(ReferenceAdmin):
    """Reference rows: every change by an administrator is in the audit, in one transaction."""

    # The word that the desks use for these rows; the model's own name where it is empty.
    noun = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        stored = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        obj._was = pictures.of_row(stored) if stored is not None else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Called last, within the admin's own transaction: now the whole change is known."""
        super().save_related(request, form, formsets, change)
        now = self.model._base_manager.get(pk=form.instance.pk)
        changed = pictures.changes(form.instance._was, pictures.of_row(now))
        for formset in formsets:
            changed |= _rows(formset)
        if changed:
            self._audit("edit" if change else "create", now, request, changed=changed)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._audit_removal(obj, request)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            self._audit_removal(row, request)
        super().delete_queryset(request, queryset)

    def _audit_removal(self, row: models.Model, request: HttpRequest) -> None:
        self._audit("delete", row, request, changed=pictures.changes(pictures.of_row(row), {}))

    def _audit(self, verb: str, row: models.Model, request: HttpRequest, **detail: Any) -> None:
        person = request.user
        if not isinstance(person, User):
            raise TypeError("The admin is for people who signed in.")
        noun, name = self.noun or str(row._meta.model_name), pictures.natural(row)
        audit.record(verb, noun, name, by=person, at=timezone.now(), through="admin", **detail)


def _rows(formset: Any) -> dict[str, dict[str, Any]]:
    """What was done to the rows below, as far as the admin's formset knows it."""
    name = formset.model._meta.model_name
    came: Iterable[Any] = formset.new_objects
    found: dict[str, dict[str, Any]] = {
        f"{name}/{row.pk}": {"from": None, "to": pictures.of_row(row)} for row in came
    }
    for row in formset.deleted_objects:
        # The formset has deleted it, so its key is gone: what it held says which it was.
        found[f"{name}/{row}"] = {"from": pictures.of_row(row), "to": None}
    for row, columns in formset.changed_objects:
        form = next(form for form in formset.initial_forms if form.instance == row)
        now = pictures.of_row(row)
        for column in columns:
            was = form.initial.get(column)
            found[f"{name}/{row.pk}/{column}"] = {
                "from": None if was is None else str(was),
                "to": now.get(column),
            }
    return found
