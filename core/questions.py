"""One strict FilterSet for page, API, export, feed and digest alike.

    question = IncidentFilter(request.GET)
    if question.is_valid():
        question.qs                   the rows that answer it
        question.as_query()           the canonical query string, without paging
        question.as_query(country=None)   the same without one parameter, for a "remove" link
    else:
        question.errors               {"country": ["XXX: not known. …"]}

Rules: an unknown parameter or value is an error that names it and the remedy, never a silently
wider answer. A comma is "or", different parameters are "and". A list parameter that is repeated is
joined by commas (what a form with several ticked boxes sends); any other repeated parameter is
refused. Where a parameter allows it, a minus before every term means "none of these" (`-MLI,-NER`).
A blank parameter (what an empty form field sends) counts as absent on a page; the API
refuses it (`refuse_blanks=True`). `qs` of a question with errors raises ParametersRefused.
"""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.parameters import CONTROL, MAX_LENGTH, ParameterField, Terms, nearest, shown


@dataclass(frozen=True)
class Refusal:
    """Why one parameter was not accepted."""

    parameter: str
    value: str
    detail: str


class ParametersRefused(Exception):
    """The question was not understood; `refusals` say which parameters, values and remedies."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(f"{r.parameter}: {r.detail}" for r in refusals))
        self.refusals = refusals


class Parameter(django_filters.Filter):
    """A parameter whose value is read by `field` and narrows the rows by `lookup` on `column`.

    Without a column it narrows nothing by itself: presentation, or a method of the question.
    """

    def __init__(
        self, field: ParameterField, column: str | None = None, lookup: str = "exact", **more: Any
    ) -> None:
        super().__init__(field_name=column, lookup_expr=lookup, **more)
        self._parameter = field
        self._column = column

    def __deepcopy__(self, memo: dict[int, Any]) -> "Parameter":
        # Each question gets its own parameters; what they share never changes.
        made = copy.copy(self)
        made.method = self.method  # binds the copy, not the original
        return made

    @property
    def field(self) -> ParameterField:
        return self._parameter

    def filter(self, qs: Any, value: Any) -> Any:
        if value is None or self._column is None:
            return qs
        condition = models.Q(**{f"{self._column}__{self.lookup_expr}": value})
        excluded = isinstance(value, Terms) and value.excluded
        rows = qs.filter(~condition if excluded else condition)
        return rows.distinct() if self.distinct else rows


class NoRows:
    """Stands for rows that the view will bring."""

    model = None

    def all(self) -> "NoRows":
        return self


class Question(django_filters.FilterSet):
    """A FilterSet that answers exactly what was asked, or says what it did not understand."""

    # Parameters that say how to show the answer, not what the question is.
    presentation: tuple[str, ...] = ()

    def __init__(
        self,
        data: QueryDict | Mapping[str, str] | None = None,
        queryset: "models.QuerySet[Any] | None" = None,
        *,
        refuse_blanks: bool = False,
        beside: Collection[str] = (),
        **more: Any,
    ) -> None:
        """`beside` are parameters of the same address that another question reads."""
        self._beside = beside
        self._early: list[Refusal] = []
        self.asked = self._single(data or {}, refuse_blanks)
        super().__init__(self.asked, self.start() if queryset is None else queryset, **more)

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """Python's own words carry an underscore in the class (`from_`), none in the address."""
        return {name.rstrip("_"): f for name, f in super().get_filters().items()}

    def start(self) -> "models.QuerySet[Any]":
        """All rows that the question is about."""
        raise NotImplementedError

    def _single(self, data: QueryDict | Mapping[str, str], refuse_blanks: bool) -> dict[str, str]:
        lists = data.lists() if isinstance(data, QueryDict) else ((k, [v]) for k, v in data.items())
        asked: dict[str, str] = {}
        for name, values in lists:
            parameter = self.base_filters.get(name)
            given = [str(value) for value in values if str(value).strip()]
            if parameter is None:
                self._refuse(name, ",".join(map(str, values)), self._not_a_parameter(name))
            elif not given and refuse_blanks:
                self._refuse(name, "", _("The value is empty: give one or leave it out."))
            elif len(given) > 1 and not parameter.field.is_list:
                self._refuse(name, ",".join(given), _("Given more than once: give it once."))
            elif CONTROL.search("".join(given)):
                self._refuse(name, ",".join(given), _("Contains a control character: remove it."))
            elif len(joined := ",".join(given)) > MAX_LENGTH:
                message = _("Too long: write at most %(n)s characters.") % {"n": MAX_LENGTH}
                self._refuse(name, joined, message)
            elif given:
                asked[name] = joined
        return asked

    def _refuse(self, name: str, value: str, detail: str) -> None:
        self._early.append(Refusal(shown(name), shown(value), detail))

    def _not_a_parameter(self, name: str) -> str:
        names = {*self.base_filters, *self._beside}
        hint = nearest(name, names)
        message = _("There is no such parameter.")
        if hint:
            return f"{message} " + _("Did you mean %(hint)s?") % {"hint": hint}
        known = ", ".join(sorted(names))
        return f"{message} " + _("Parameters here: %(names)s.") % {"names": known}

    def get_form_class(self) -> type[forms.Form]:
        # Only the parameters that were asked: a form of thirty fields costs more than a page.
        fields = {name: f.field for name, f in self.filters.items() if name in self.asked}
        return type(f"{type(self).__name__}Form", (QuestionForm,), fields | {"question": self})

    def check(self, form: forms.Form, cleaned: dict[str, Any]) -> None:
        """Rules between parameters; says what is wrong by `form.add_error(name, message)`."""

    @property
    def cleaned(self) -> dict[str, Any]:
        """What the parameters mean; absent ones are absent."""
        self.demand()
        return {k: v for k, v in self.form.cleaned_data.items() if v is not None}

    @property
    def refusals(self) -> list[Refusal]:
        late = [
            Refusal(name, shown(self.asked.get(name, "")), " ".join(str(e) for e in errors))
            for name, errors in self.form.errors.items()
        ]
        return [*self._early, *late]

    @property
    def errors(self) -> dict[str, list[str]]:
        """What was not understood, by parameter."""
        found: dict[str, list[str]] = {}
        for refusal in self.refusals:
            found.setdefault(refusal.parameter, []).append(refusal.detail)
        return found

    def is_valid(self) -> bool:
        return not self.refusals

    def demand(self) -> None:
        """Raise ParametersRefused if anything was not understood."""
        if not self.is_valid():
            raise ParametersRefused(self.refusals)

    @property
    def qs(self) -> Any:
        """The rows that answer the question. Raises ParametersRefused if it has errors."""
        if not hasattr(self, "_qs"):
            self.demand()
            self._qs = self.filter_queryset(self.queryset.all())
        return self._qs

    def filter_queryset(self, queryset: Any) -> Any:
        for name, value in self.cleaned.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def as_query(self, **changes: str | None) -> str:
        """The question as a canonical query string: sorted, without paging or presentation.

        `changes` set parameters (also `cursor`, `ordering` …) or remove them with None; write
        `from_` for `from`.
        """
        kept: dict[str, str | None] = {
            name: value for name, value in self.asked.items() if name not in self.presentation
        }
        kept |= {name.rstrip("_"): value for name, value in changes.items()}
        pairs = sorted((name, value) for name, value in kept.items() if value is not None)
        return urlencode(pairs, safe=",:")


class QuestionForm(forms.Form):
    """The form behind a question: it asks the question for its rules between parameters."""

    question: Question

    def clean(self) -> dict[str, Any]:
        cleaned = {k: v for k, v in self.cleaned_data.items() if v is not None}
        self.question.check(self, cleaned)
        return self.cleaned_data
