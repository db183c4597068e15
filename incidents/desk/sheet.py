"""The entry page's form as a whole: what was typed, row by row, and the draft that it says.

A sheet that is not checked shows what was typed and complains of nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise, cached_property

from accounts.models import User
from incidents import drafting
from incidents.desk import pickers
from incidents.desk.deal_forms import RansomForm, TalksForm
from incidents.desk.head_form import HeadForm
from incidents.desk.hostage_form import HostagesForm
from incidents.desk.options import Context
from incidents.desk.part_forms import ClaimForm, HarmForm, LinkForm, PartForm, PartyForm, TieForm
from incidents.desk.source_forms import CitationForm, LocationForm
from incidents.desk.typed import ref_of, shown, typed, with_refs
from incidents.drafting import Draft, DraftDocument
from incidents.models import Incident
from sources.models import Document

PARTS: dict[str, type[PartForm]] = {
    "locations": LocationForm,
    "citations": CitationForm,
    "parties": PartyForm,
    "claims": ClaimForm,
    "harm": HarmForm,
    "ties": TieForm,
    "links": LinkForm,
    "ransoms": RansomForm,
    "talks": TalksForm,
}
# Where the page shows a field of the draft under another name.
RENAMED = {"date_precision": "when", "is_multiday": "when"}
NEW_DOCUMENT = {"new_document"}


@dataclass(frozen=True)
class Complaint:
    """What is wrong, with the control that it is about (`target` is an HTML id)."""

    target: str
    label: str | Promise
    text: str


class Sheet:
    def __init__(self, data: QueryDict, person: User, *, checked: bool = False) -> None:
        self.data = with_refs(data)
        self.person = person
        self.checked = checked
        self.context = Context(person, data.get("country", ""))
        self.parts = {name: self._rows(name) for name in PARTS}
        self.head = self._form(HeadForm, "")
        self.hostages = self._form(HostagesForm, "hostages")

    @classmethod
    def of(cls, draft: Draft, person: User) -> "Sheet":
        return cls(typed(draft), person)

    def _form(self, form: Any, prefix: str, **more: Any) -> Any:
        if self.checked:
            return form(self.data, prefix=prefix or None, **more)
        blank = form(prefix=prefix or None, **more)
        present = {
            name: field.widget.value_from_datadict(self.data, {}, blank.add_prefix(name))
            for name, field in blank.fields.items()
            if not field.widget.value_omitted_from_data(self.data, {}, blank.add_prefix(name))
            or blank.add_prefix(name) in self.data
        }
        return form(prefix=prefix or None, initial=present, **more)

    def _rows(self, name: str) -> list[PartForm]:
        number = shown(self.data, name)
        more: dict[str, Any] = {"context": self.context, "sources": self.sources}
        return [self._form(PARTS[name], f"{name}-{i}", **more) for i in range(number)]

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """What harm, parties and claims may refer to: `ref` and a short name, such as "S2 AFP"."""
        found = []
        for i in range(shown(self.data, "citations")):
            prefix = f"citations-{i}"
            found.append(
                (ref_of(self.data, i), f"S{i + 1} {_source_name(self.data, prefix)}".strip())
            )
        return found

    def told(self, name: str) -> list[tuple[int, PartForm]]:
        """The rows into which something was written, with their place on the page."""
        return [(i, form) for i, form in enumerate(self.parts[name]) if form.is_told]

    @cached_property
    def is_readable(self) -> bool:
        """Whether every written field could be understood; only then there is a draft."""
        forms_ = [self.head, self.hostages]
        forms_ += [form for name in PARTS for _, form in self.told(name)]
        # Every form, so that all errors are found at once.
        return sum(not form.is_valid() for form in forms_) == 0

    def draft(self) -> Draft:
        """What the sheet says. Only for a checked, readable sheet."""
        values = self.head.parts()
        for name in PARTS:
            values[name] = tuple(form.part() for _, form in self.told(name))
        values["citations"] = tuple(
            _with(row, ref=ref_of(self.data, i))
            for row, (i, _) in zip(values["citations"], self.told("citations"), strict=True)
        )
        values["locations"] = tuple(
            _with(row, is_primary=i == 0) for i, row in enumerate(values["locations"])
        )
        return Draft(**values, hostages=self.hostages.part())

    def begin_at_last(self, part: str) -> None:
        """Put the cursor into the last row of a part."""
        row = self.parts[part][-1]
        next(iter(row.visible_fields())).field.widget.attrs["autofocus"] = True

    def complain(self, problems: Mapping[str, str]) -> None:
        """Put findings about the draft, by field path, where the page shows the field."""
        for path, text in problems.items():
            form, name = self._place(path)
            if name in form.errors:
                continue
            form.add_error(name if name in form.fields else None, text)

    def complaints(self, problems: Mapping[str, str]) -> list[Complaint]:
        """The same findings as links to their controls, without marking the controls."""
        found = []
        for path, text in problems.items():
            form, name = self._place(path)
            bound = form[name] if name in form.fields else None
            target = _target(bound) if bound else self._section(path)
            found.append(Complaint(target, bound.label if bound else "", text))
        return found

    def _place(self, path: str) -> tuple[forms.Form, str]:
        """The form and the name of the field that a path of the draft is shown in."""
        steps = [step for step in path.split(".") if step not in NEW_DOCUMENT]
        if steps[0] == "hostages":
            return self.hostages, steps[-1] if len(steps) > 1 else "status"
        if steps[0] in PARTS and len(steps) > 1:
            rows = self.told(steps[0])
            number = int(steps[1])
            if number < len(rows):
                form = rows[number][1]
                return form, form.field_of(steps[2:])
        name = RENAMED.get(steps[0], steps[0])
        return self.head, name

    def _section(self, path: str) -> str:
        steps = path.split(".")
        if steps[0] in PARTS:
            rows = self.told(steps[0])
            if len(steps) > 1 and int(steps[1]) < len(rows):
                return f"{steps[0]}-{rows[int(steps[1])][0]}"
            return f"part-{steps[0]}"
        return "sheet"

    @property
    def errors(self) -> list[Complaint]:
        """Everything that keeps the sheet from being saved, in the order of the page."""
        found = list(_errors_of(self.head, "sheet"))
        for name in PARTS:
            for i, form in self.told(name):
                found += _errors_of(form, f"{name}-{i}")
        return [*found, *_errors_of(self.hostages, "part-hostages")]


def _with(row: Any, **values: Any) -> Any:
    return type(row)(**{f.name: getattr(row, f.name) for f in fields(row)} | values)


def _errors_of(form: forms.Form, section: str) -> Iterator[Complaint]:
    for text in form.non_field_errors():
        yield Complaint(section, "", str(text))
    for name, texts in form.errors.items():
        if name in form.fields:
            for text in texts:
                yield Complaint(_target(form[name]), form.fields[name].label or "", str(text))


def _target(bound: forms.BoundField) -> str:
    return bound.id_for_label or bound.auto_id


def _source_name(data: QueryDict, prefix: str) -> str:
    """The publisher or the first words of the title of a source row, as far as it is written."""
    names = ("source_said", "document_said", "title", "url")
    text = next(
        (data.get(f"{prefix}-{name}", "") for name in names if data.get(f"{prefix}-{name}")), ""
    )
    text = text or pickers.label("document", data.get(f"{prefix}-document", ""))
    return text if len(text) <= 48 else f"{text[:47]}…"


def cited(data: QueryDict, sheet: Sheet, saved: Incident) -> QueryDict:
    """The same values with every new document, now entered, as a known one; `data` if none is new.

    Without this a page that saves itself would describe the same document again and again.
    """
    changed = data.copy()
    rows = list(saved.citations.select_related("document"))
    is_changed = False
    for i, form in sheet.told("citations"):
        new = form.part().new_document
        if new is None:
            continue
        found = next((r for r in rows if _is_same(r.document, new)), None)
        if found is not None:
            is_changed = True
            changed[f"citations-{i}-ref"] = ref_of(data, i)
            changed[f"citations-{i}-document"] = found.document.slug
            for name in ("document_said", "url", "source", "source_said", "title", "published"):
                changed.pop(f"citations-{i}-{name}", None)
    return changed if is_changed else data


def _is_same(document: Document, new: DraftDocument) -> bool:
    if new.url:
        return document.url == new.url
    return document.title == new.title.strip() and document.source.slug == new.source


def findings(draft: Draft, person: User) -> tuple[dict[str, str], dict[str, str]]:
    """What keeps the draft from being stored, and what else review will want."""
    blockers = drafting.blockers(draft, by=person)
    problems = drafting.problems(draft, by=person)
    return blockers, {path: text for path, text in problems.items() if path not in blockers}


def basics(sheet: Sheet) -> dict[str, str]:
    """What the head lacks, so that one list says everything where some rows cannot be read."""
    if not sheet.head.is_valid():
        return {}
    return drafting.blockers(Draft(**sheet.head.parts()), by=sheet.person)
