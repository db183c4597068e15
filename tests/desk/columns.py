"""Every column that a write could ask for, a value that it would take, and what is stored."""

from typing import Any

from django.apps import apps
from django.db import models

from incidents.drafting import shape
from incidents.models import HostageCase, Incident, WriteReceipt
from sources.models import Document

APPS = ("account", "mfa", "usersessions", "accounts", "sources", "regions", "actors", "incidents",
        "exchange", "reports")  # fmt: skip
# The models behind a document, and where its parts stand.
PARTS: dict[str, type[models.Model]] = {
    **shape.MODELS, "hostages": HostageCase, "new_document": Document
}  # fmt: skip


def every_model(**more: bool) -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models(**more)]


def outside() -> list[str]:
    """Every field of every model, and whatever it may be called, that no document names."""
    names = set()
    for model in every_model():
        for field in model._meta.get_fields():
            attname = getattr(field, "attname", field.name)
            names |= {field.name, attname} - {""}
    return sorted(names | {"pk", "_state", "__class__", "__dict__"})


def value_for(name: str) -> Any:
    """Something that the column would take if it were asked."""
    for model in (Incident, *PARTS.values(), *every_model()):
        field = next((f for f in model._meta.concrete_fields if name in (f.name, f.attname)), None)
        if field is None:
            continue
        if isinstance(field, models.BooleanField):
            return True
        if isinstance(field, models.DateTimeField):
            return "2020-01-01T00:00:00Z"
        if isinstance(field, models.DateField):
            return "2020-01-01"
        if field.choices:
            return str(field.choices[-1][0])
        if isinstance(field, models.CharField | models.TextField):
            return "0123456789"
    return 1


def state(but: tuple[str, ...] = ("auditentry", "apitoken")) -> dict[str, list[Any]]:
    """Every row of every table that a write could reach, but for receipts and audit."""
    found = {}
    for model in every_model(include_auto_created=True):
        if model is WriteReceipt or model._meta.model_name in but:
            continue
        rows = model._default_manager.order_by("pk").values_list()
        found[model._meta.label] = [tuple(map(str, row)) for row in rows]
    return found
