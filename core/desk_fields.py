"""Form fields of the desk: dates known in part, one row named by text, lines of text.

Each works as one plain input: by keyboard, without a script, on a phone.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import PartialDate, parse_partial
from core.parameters import shown

_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])")
_PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_KEY = re.compile(r"\[([^\[\]]+)\]\s*$")
NAMED = 8
SAME = "{} [{}]"


class DayField(forms.DateField):
    """One day of the calendar as ISO 8601, whatever the language of the page."""

    default_error_messages = {
        "invalid": gettext_lazy("“%(value)s” is not a day: write 2012-06-21.")
    }

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(
            format="%Y-%m-%d",
            attrs={"placeholder": "2012-06-21", "autocomplete": "off", "class": "day"},
        )
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **more})

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": shown(str(value))}
            ) from None


class PartialDateField(forms.CharField):
    """A date that may stop at the year, quarter or month; cleaned to a `PartialDate`."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(
            attrs={"placeholder": "2012-06-21", "autocomplete": "off", "class": "day"}
        )
        hint = gettext_lazy("As much as is known: 2012, 2012-Q2, 2012-06 or 2012-06-21.")
        super().__init__(**{"widget": widget, "help_text": hint, "max_length": 20, **more})

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        return read_partial(text) if text else None


def read_partial(text: str) -> PartialDate:
    """The days that `text` can mean. Raises ValidationError with the accepted shapes."""
    if quarter := _QUARTER.fullmatch(text):
        month = 3 * int(quarter[2])
        try:
            first = dt.date(int(quarter[1]), month - 2, 1)
            return PartialDate(first, parse_partial(f"{quarter[1]}-{month:02}").last, "quarter")
        except ValueError:
            pass
    try:
        if not _PARTIAL.fullmatch(text):
            raise ValueError(text)
        return parse_partial(text)
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date: write 2012, 2012-Q2, 2012-06 or 2012-06-21.")
            % {"value": shown(text)}
        ) from None


def partial_text(day: dt.date | None, precision: str) -> str:
    """How a stored date is typed: no more of it than is known."""
    if day is None:
        return ""
    if precision == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


class PickField(forms.CharField):
    """One row, typed as "Mali [MLI]" or by words that only it answers.

    `find(words)` gives the rows that answer, best first; `key` is the column in the brackets.
    The list below the input is filled while typing from `desk/choose/<what>/`.
    """

    def __init__(
        self,
        what: str,
        *,
        key: str,
        rows: Callable[[], "models.QuerySet[Any]"],
        find: Callable[[str], "models.QuerySet[Any]"],
        **more: Any,
    ) -> None:
        self.what, self.key, self.rows, self.find = what, key, rows, find
        super().__init__(**{"widget": PickInput(what), "max_length": 500, **more})

    def named(self, row: models.Model) -> str:
        """The text that means the row and no other."""
        return SAME.format(row, getattr(row, self.key))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.rows().filter(pk=value).first()
        return self.named(value) if isinstance(value, models.Model) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((self.prepare_value(initial) or "") != (data or "").strip())

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if (key := _KEY.search(text)) and (row := self._keyed(key[1])):
            return row
        if row := self._keyed(text):
            return row
        found = list(self.find(text)[: NAMED + 1])
        if len(found) == 1:
            return found[0]
        raise ValidationError(self._remedy(text, found))

    def _keyed(self, key: str) -> Any:
        return self.rows().filter(**{self.key: key.strip()}).first()

    def _remedy(self, text: str, found: list[Any]) -> str:
        if not found:
            return _(
                "“%(value)s” is not known: type a part of the name and choose from the list."
            ) % {"value": shown(text)}
        names = "; ".join(self.named(row) for row in found[:NAMED])
        return _("“%(value)s” can mean several: choose one of %(names)s.") % {
            "value": shown(text),
            "names": names + (" …" if len(found) > NAMED else ""),
        }


class PickInput(forms.TextInput):
    """A text input with a list of suggestions of its own."""

    template_name = "desk/reference/_pick.html"

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(attrs={"autocomplete": "off"})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list"] = f"{widget['attrs'].get('id', name)}_list"
        widget["choose"] = reverse_lazy("reference:choose", args=[self.what])
        return context


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, *, longest: int = 200, **more: Any) -> None:
        self.longest = longest
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(
            **{"widget": widget, "help_text": gettext_lazy("One on each line."), **more}
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self._lines(self.prepare_value(initial) or "") != self._lines(data or "")

    def clean(self, value: Any) -> list[str]:
        lines = self._lines(cast(str, super().clean(value)))
        for line in lines:
            if len(line) > self.longest:
                raise ValidationError(
                    _("“%(value)s” is too long: write at most %(n)s characters on a line.")
                    % {"value": shown(line), "n": self.longest}
                )
        return lines

    @staticmethod
    def _lines(text: str) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
