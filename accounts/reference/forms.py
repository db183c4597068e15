"""Forms of reference nouns and of the rows below them.

Rules between values belong to the database alone: a form checks only what it can say of one value.
Otherwise closing one membership and opening the next in one change would be refused, because the
check would still see the stored row.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.reference import pictures
from accounts.reference.words import LABELS
from core.desk_fields import DayField, LinesField, PickField, partial_text

Text = str | Promise
MAY_BE_TOLD = "may_be_told"


def field_for(column: Any, **more: Any) -> Any:
    """The desk's field for a model column: ISO days, lines, ticked boxes, short text areas."""
    if isinstance(column, models.DateField):
        return column.formfield(form_class=DayField, **more)
    if isinstance(column, ArrayField):
        longest = getattr(column.base_field, "max_length", None) or 200
        return LinesField(longest=longest, required=False)
    if isinstance(column, models.ManyToManyField):
        return column.formfield(widget=forms.CheckboxSelectMultiple, **more)
    if isinstance(column, models.URLField):
        return column.formfield(assume_scheme="https", **more)
    if isinstance(column, models.TextField):
        return column.formfield(widget=forms.Textarea(attrs={"rows": 3}), **more)
    return column.formfield(**more)


class RowForm(forms.ModelForm):
    """One row. `partial` names the column that keeps how much of a date is known.

    An end is stored as the last day that it can mean, a start as the first.
    """

    partial: ClassVar[dict[str, str]] = {}
    ends: ClassVar[frozenset[str]] = frozenset({"ends_on", "ended_on", "dissolved_on"})
    labels: ClassVar[dict[str, Text]] = {}
    hints: ClassVar[dict[str, Text]] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("use_required_attribute", False)
        super().__init__(*args, **more)
        for name, precision in self.partial.items():
            day = getattr(self.instance, name)
            self.initial[name] = partial_text(day, getattr(self.instance, precision))
        for name, field in self.fields.items():
            texts: Any = field
            texts.label = self.labels.get(name) or LABELS.get(name, field.label)
            texts.help_text = self.hints.get(name, field.help_text)
            if isinstance(field, PickField) and name in self._columns():
                self.initial[name] = getattr(self.instance, name, None)

    def _columns(self) -> set[str]:
        held = (field for field in self.instance._meta.concrete_fields if field.is_relation)
        return {field.name for field in held if getattr(self.instance, field.attname) is not None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._precisions: dict[str, str] = {}
        for name, precision in self.partial.items():
            if name not in cleaned:
                continue
            if name not in self.changed_data:
                # Untouched, it keeps the stored day and what was known of it.
                cleaned[name] = getattr(self.instance, name)
                continue
            known = cleaned[name]
            self._precisions[precision] = known.precision if known else "unknown"
            day = (known.last if name in self.ends else known.first) if known else None
            cleaned[name] = day
        return cleaned

    def _post_clean(self) -> None:
        for column, word in getattr(self, "_precisions", {}).items():
            setattr(self.instance, column, word)
        super()._post_clean()  # type: ignore[misc]

    def validate_unique(self) -> None:
        """The database says."""

    def validate_constraints(self) -> None:
        """The database says."""

    def before_writing(self) -> None:
        """Complete the instance; called in the transaction, before the row is written."""

    def after_writing(self, *, by: User) -> None:
        """Write what hangs on the row, such as its citations."""
        self._save_m2m()  # type: ignore[attr-defined]

    def summary(self) -> str:
        """The stored row in one line, for its heading."""
        return str(self.instance)

    @classmethod
    def picture(cls, row: Any) -> pictures.Picture:
        """What the row holds, as plain values."""
        return pictures.of_row(row)


class NounForm(RowForm):
    """The noun itself. Its slug is chosen once: addresses and the record hold it for ever."""

    named_by: ClassVar[tuple[str, ...]] = ("short_name", "name")
    # Readers see every row of the noun: whoever makes one says that they may.
    is_told_at_once: ClassVar[bool] = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.is_told_at_once and not self.instance.pk:
            self.fields[MAY_BE_TOLD] = forms.BooleanField(
                label=_("Readers may see it at once"),
                help_text=_("Nothing here is known only from a draft or a protected source."),
                error_messages={
                    "required": _(
                        "Saving makes it public: tick this if readers may see it, or do not "
                        "save it yet."
                    )
                },
            )
        slug = self.fields.get("slug")
        if slug is None:
            return
        if self.instance.pk:
            del self.fields["slug"]
            return
        slug.required = False
        slug.help_text = _("The last part of its address; made from the name if you leave it out.")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data.get("slug") or "")
        if slug == "new":
            raise ValidationError(_("“new” is the address of this page: choose another."))
        return slug

    def before_writing(self) -> None:
        if not self.instance.slug:
            longest = self.instance._meta.get_field("slug").max_length
            names = (getattr(self.instance, name, "") for name in self.named_by)
            text = slugify(next(filter(None, names), "")) or "row"
            self.instance.slug = text[:longest].strip("-")


class PartFormSet(forms.BaseInlineFormSet):
    """The rows below a noun. What they may not say together, the database knows."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].label = _("Remove this row")
        model: Any = self.model
        key = form.fields.get(model._meta.pk.name)
        if key is not None:
            key.error_messages["invalid_choice"] = _(
                "Somebody removed this row meanwhile: copy what you need, then remove it here."
            )

    def validate_unique(self) -> None:
        """The database says."""

    def wanted(self) -> list[Any]:
        """Forms whose rows are to stay: the stored ones and the new ones that are filled in."""
        return [form for form in self.forms if not self.is_unwanted(form) and not is_blank(form)]

    def is_unwanted(self, form: Any) -> bool:
        return bool(self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]


def is_blank(form: Any) -> bool:
    """A new row in which nothing was typed."""
    return form.empty_permitted and not form.has_changed()
