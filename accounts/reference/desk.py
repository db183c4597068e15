"""What a noun must say of itself to have a desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from django.utils.functional import Promise

from accounts.reference import pictures
from accounts.reference.forms import NounForm, PartFormSet, RowForm
from core.lanes import Drawing

Text = str | Promise
Rows = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Part:
    """Rows below a noun, by the name of the related manager; `fk` points back to the noun."""

    name: str
    title: Text
    form: type[RowForm]
    fk: str
    hint: Text = ""

    @cached_property
    def formset(self) -> type[PartFormSet]:
        parent = self.model._meta.get_field(self.fk).related_model
        made: Any = forms.inlineformset_factory(
            parent, self.model, form=self.form, fk_name=self.fk, formset=PartFormSet,
            extra=1, max_num=2000, absolute_max=2000,
        )  # fmt: skip
        return made

    @property
    def model(self) -> Any:
        return self.form._meta.model

    def rows(self, noun: Model) -> "QuerySet[Any]":
        """The stored rows of the noun, with everything that their pictures read."""
        rows = self.model._default_manager.filter(**{self.fk: noun})
        fks = [f.name for f in self.model._meta.concrete_fields if f.is_relation]
        rows = rows.select_related(*(name for name in fks if name != "created_by"))
        if hasattr(self.model, "citations"):
            rows = rows.prefetch_related("citations__document__source")
        return rows.order_by("pk")


@dataclass(frozen=True)
class ReferenceDesk:
    """A reference noun with its form, the rows below it and its drawing.

    `noun` is the word of the audit, `path` the address below `/desk/`. `find` narrows rows to
    words, `about` says a row in one line, `public` is its address for readers. `draw` shows the
    noun and its unsaved rows as bars on an axis of time.
    """

    noun: str
    path: str
    plural: Text
    new: Text
    hint: Text
    form: type[NounForm]
    find: Callable[["QuerySet[Any]", str], "QuerySet[Any]"]
    about: Callable[[Any], str]
    public: Callable[[Any], str]
    parts: tuple[Part, ...] = ()
    draw: Callable[[Any, Rows], Drawing] | None = None
    drawing_title: Text = ""
    order: str = "name"
    related: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        return self.form._meta.model

    def rows(self) -> "QuerySet[Any]":
        return self.model._default_manager.all()

    def is_told(self, noun: Any) -> bool:
        """Whether readers may know of the row: rows that have no such rule are always public."""
        rows: Any = self.rows().filter(pk=noun.pk)
        return bool(rows.told().exists()) if hasattr(rows, "told") else True

    def blank(self) -> Any:
        """A new row with plain values where the database would put its defaults."""
        made = self.model()
        for column in made._meta.concrete_fields:
            value: Any = getattr(made, column.attname)
            if isinstance(value, DatabaseDefault):
                default: Any = column.db_default
                setattr(made, column.attname, getattr(default, "value", default))
        return made

    def picture(self, noun: Any) -> pictures.Picture:
        """The noun and every row below it, as plain values."""
        found = self.form.picture(noun)
        for part in self.parts:
            found[part.name] = {str(row.pk): part.form.picture(row) for row in part.rows(noun)}
        return found
