"""The entry page's sections: which fields stand where, and which sections stand open."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms, template
from django.forms.boundfield import BoundField

if TYPE_CHECKING:
    from incidents.desk.part_forms import PartForm
    from incidents.desk.sections import Section
    from incidents.desk.sheet import Sheet

register = template.Library()

WIDE = (forms.Textarea, forms.CheckboxSelectMultiple, forms.RadioSelect)
LONG = ("title", "type", "country", "document")
NARROW = ("low", "best", "high", "radius_km", "amount_low", "amount_best", "amount_high")


@register.filter
def fields_of(sheet: "Sheet", section: "Section") -> list[BoundField]:
    return [sheet.head[name] for name in section.fields]


@register.filter
def rows_of(sheet: "Sheet", section: "Section") -> "list[PartForm]":
    return sheet.parts[section.part]


@register.filter
def first_of(row: "PartForm", section: "Section") -> list[BoundField]:
    """The fields of a row that are always in sight."""
    return [bound for bound in row.visible_fields() if bound.name not in section.more]


@register.filter
def more_of(form: forms.Form, section: "Section") -> list[BoundField]:
    """The fields behind the fold."""
    return [form[name] for name in section.more]


@register.filter
def more_is_told(section: "Section", form: forms.Form) -> bool:
    """Whether a field behind the fold is filled in or wrong."""
    return _is_told(more_of(form, section)) or any(name in form.errors for name in section.more)


@register.filter
def is_open(section: "Section", sheet: "Sheet") -> bool:
    """Whether a section is one of the usual ones, or holds something, or something is wrong."""
    if not section.is_folded:
        return True
    if section.id == "hostages":
        return _is_told(sheet.hostages) or bool(sheet.hostages.errors)
    if section.part and sheet.told(section.part):
        return True
    return _is_told(fields_of(sheet, section)) or any(
        name in sheet.head.errors for name in section.fields
    )


@register.filter
def field_class(bound: BoundField) -> str:
    """How wide a field stands, and whether it belongs to a new document only."""
    words = []
    if isinstance(bound.field.widget, WIDE) or bound.name in LONG:
        words.append("wide")
    elif bound.name.rpartition("-")[2] in NARROW:
        words.append("narrow")
    elif bound.name in ("latitude", "longitude"):
        words.append("short")
    if bound.name in getattr(bound.form, "described", ()):
        words.append("is-new")
    return " ".join(words)


def _is_told(bounds: Iterable[BoundField]) -> bool:
    """Whether a field says something else than it would by itself."""
    for bound in bounds:
        value = bound.value()
        if hasattr(value, "words"):  # what a picker sends
            value = value.value if value.words is None else value.words
        usual = bound.field.initial
        if isinstance(bound.field, forms.ChoiceField) and not isinstance(value, list):
            # The first choice is what an untouched menu says.
            first = str(next(iter(bound.field.widget.choices))[0])
            if str(value or "") not in {"", first, str(usual or ""), *USUAL}:
                return True
        elif value not in (None, "", [], False, usual) and str(value) != str(usual):
            return True
    return False


# Choices that a new draft begins with.
USUAL = {"restricted", "full", "medium", "unverified", "individual", "unknown", "withhold"}
