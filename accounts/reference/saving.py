"""The one verb of the reference desks: lock, compare the edition, change, audit, or refuse whole.

Everything happens in one transaction. What the database refuses comes back as a sentence at the
field that can mend it, and nothing is written.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.permissions import may_edit
from accounts.reference import pictures
from accounts.reference.desk import Part, ReferenceDesk
from accounts.reference.forms import NounForm, PartFormSet
from core.constraint_messages import explain


@dataclass
class Bound:
    """A noun's form and the formsets of its rows, over the same data."""

    form: NounForm
    parts: list[tuple[Part, PartFormSet]]

    def is_valid(self) -> bool:
        # Every part is asked, so that all errors are told at once.
        return all([self.form.is_valid(), *(formset.is_valid() for _part, formset in self.parts)])


@dataclass(frozen=True)
class Saved:
    """What came of it: the row if it was written, or what somebody else had changed meanwhile."""

    bound: Bound
    row: Any = None
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    conflict: bool = False
    edition: str = ""


class Refused(Exception):
    """A row cannot be written; the form says why. Undoes the transaction."""


def bind(desk: ReferenceDesk, noun: Any, data: Any = None, *, more: str = "") -> Bound:
    """The forms of `noun`, empty or with what was typed; part `more` gets one row to fill in."""
    form = desk.form(data, instance=noun)
    parts = []
    for part in desk.parts:
        rows = part.rows(noun) if noun.pk else part.model._default_manager.none()
        if data is not None and part.name == more:
            data = data.copy()
            name = f"{part.name}-TOTAL_FORMS"
            rows_typed = data.get(name, "")
            data[name] = str(int(rows_typed) + 1) if rows_typed.isdigit() else "1"
        formset = part.formset(data, instance=noun, queryset=rows, prefix=part.name)
        parts.append((part, formset))
    return Bound(form, parts)


def save(
    desk: ReferenceDesk, noun: Any, data: Any, *, edition: str, by: User, at: dt.datetime
) -> Saved:
    """Write what was typed over `noun`, or refuse: invalid, in conflict, or outside the scope."""
    bound = bind(desk, noun, data)
    try:
        with transaction.atomic():
            before: pictures.Picture = {}
            if noun.pk:
                noun = _locked(desk, noun)
                before = desk.picture(noun)
                bound = bind(desk, noun, data)
                if pictures.edition(before) != edition:
                    bound.is_valid()
                    return Saved(bound, conflict=True, edition=pictures.edition(before))
            if not bound.is_valid():
                return Saved(bound)
            return _write(desk, bound, before, by=by, at=at)
    except Refused:
        if not before:
            # The row was made and undone: the page is still about a new one.
            noun.pk, noun._state.adding = None, True
        return Saved(bound)


def _locked(desk: ReferenceDesk, noun: Any) -> Any:
    """The noun and its rows, locked in order of their keys; a relation belongs to two nouns.

    Without the key: a row that only points here need not wait, so two desks cannot block each
    other.
    """
    locked = desk.rows().select_for_update(no_key=True).get(pk=noun.pk)
    for part in desk.parts:
        rows = part.model._base_manager.filter(**{part.fk: locked}).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))
    return locked


def _write(
    desk: ReferenceDesk, bound: Bound, before: pictures.Picture, *, by: User, at: dt.datetime
) -> Saved:
    is_new = not before
    noun = bound.form.instance
    scopes = _Scopes(desk, None if is_new else desk.rows().get(pk=noun.pk))
    if is_new or bound.form.has_changed():
        _store_all([bound.form], by=by)
    _remove(bound)
    _store_all([form for _part, formset in bound.parts for form in formset.wanted()
                if form.has_changed()], by=by)  # fmt: skip
    noun = desk.rows().get(pk=noun.pk)
    after = desk.picture(noun)
    changed = pictures.changes(before, after)
    if changed:
        scopes.check(_Scopes(desk, noun), changed, by=by, form=bound.form)
        verb = "create" if is_new else "edit"
        about = _about(desk, noun, changed)
        audit.record(
            verb, desk.noun, pictures.natural(noun), by=by, at=at, changed=changed, rows=about
        )
    return Saved(bound, noun, changed, edition=pictures.edition(after))


def _store_all(forms: Iterable[Any], *, by: User) -> None:
    """Write the rows in whatever order the database accepts: one may make room for another."""
    waiting = list(forms)
    while waiting:
        refused: list[tuple[Any, Exception]] = []
        for form in waiting:
            stood = form.instance.pk
            try:
                with transaction.atomic():
                    _attempt(form, by=by)
            except (DatabaseError, ProtectedError) as error:
                form.instance.pk = stood
                form.instance._state.adding = stood is None
                refused.append((form, error))
        if len(refused) == len(waiting):
            for form, why in refused:
                _tell(form, why)
            raise Refused
        waiting = [form for form, _why in refused]


def _attempt(form: Any, *, by: User) -> None:
    if form.instance.pk is None and hasattr(form.instance, "created_by_id"):
        form.instance.created_by = by
    form.before_writing()
    form.instance.save()
    form.after_writing(by=by)


def _remove(bound: Bound) -> None:
    for _part, formset in bound.parts:
        for form in formset.forms:
            if formset.is_unwanted(form) and form.instance.pk:
                pk = form.instance.pk
                try:
                    with transaction.atomic():
                        form.instance.delete()
                except (DatabaseError, ProtectedError) as error:
                    form.instance.pk = pk
                    _tell(form, error)
                    raise Refused from error


def _tell(form: Any, error: Exception) -> None:
    """The refusal at the first field of the form that can mend it."""
    said = explain(error, type(form.instance))
    shown = {field.name for field in form.visible_fields()}
    target = next((name for name in said.fields if name in shown), None)
    form.add_error(target, said.message)


def _about(desk: ReferenceDesk, noun: Any, changed: Iterable[str]) -> dict[str, str]:
    """What the changed rows are, in words, by their path."""
    found: dict[str, str] = {}
    for part in desk.parts:
        paths = {path.split("/")[1] for path in changed if path.startswith(f"{part.name}/")}
        rows = part.rows(noun).filter(pk__in=[int(key) for key in paths]) if paths else ()
        found |= {f"{part.name}/{row.pk}": str(row) for row in rows}
    return found


def countries_of(row: models.Model) -> set[str]:
    """ISO3 codes of the countries that a row names, itself or by an area."""
    found: set[str] = set()
    for column in row._meta.concrete_fields:
        value = getattr(row, column.name) if column.is_relation else None
        found |= {str(getattr(value, "iso3", "") or getattr(_country(value), "iso3", ""))}
    for many in row._meta.many_to_many:
        found |= {str(getattr(one, "iso3", "")) for one in getattr(row, many.name).all()}
    found.add(str(getattr(row, "country_iso3", "")))
    return found - {""}


def _country(value: Any) -> Any:
    is_place = value is not None and value._meta.model_name in ("adminarea", "place")
    return value.country if is_place else None


class _Scopes:
    """The countries of a noun and of each row below it, at one moment."""

    def __init__(self, desk: ReferenceDesk, noun: Any) -> None:
        self.noun = countries_of(noun) if noun is not None else set()
        self.rows: dict[str, set[str]] = {}
        for part in desk.parts if noun is not None else ():
            for row in part.rows(noun):
                self.rows[f"{part.name}/{row.pk}"] = countries_of(row)

    def check(self, after: "_Scopes", changed: Iterable[str], *, by: User, form: Any) -> None:
        """Refuse where a changed row was or is about no country of the person's scope.

        A row that names none is about the countries of its noun; what names none at all may be
        edited by everybody.
        """
        for path in dict.fromkeys("/".join(path.split("/")[:2]) for path in changed):
            for scopes in (self, after):
                codes = scopes.rows.get(path) or scopes.noun
                if codes and not any(may_edit(by, code) for code in codes):
                    form.add_error(None, _outside(by, codes))
                    raise Refused


def _outside(by: User, codes: set[str]) -> str:
    return _(
        "Your desk covers %(mine)s; this change is about %(theirs)s. Ask an editor of that "
        "country, or an administrator to widen your scope."
    ) % {"mine": ", ".join(by.countries), "theirs": ", ".join(sorted(codes))}
