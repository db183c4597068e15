"""Form fields of the entry page. Their errors name the value and the remedy."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import parse_partial
from incidents.desk import pickers
from incidents.desk.options import Context, Option


@dataclass(frozen=True)
class Said:
    """What a picker field sends: the value that stood, the words, and a choice among options."""

    value: str = ""
    # None where no words were sent: the value comes from a stored draft.
    words: str | None = None
    choice: str = ""


class PickWidget(forms.Widget):
    """A text field that searches, with the value it stands for beside it.

    Sends `name` (value), `name_said` (words) and, after an ambiguous answer, `name_choice`.
    """

    template_name = "desk/incident/_pick.html"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.options: list[Option] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Said:
        words = data.get(f"{name}_said")
        return Said(
            str(data.get(name, "")).strip(),
            None if words is None else str(words).strip(),
            str(data.get(f"{name}_choice", "")).strip(),
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_said" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, Said) else Said()
        words = pickers.label(self.kind, said.value) if said.words is None else said.words
        return context | {
            "said": said,
            "words": words,
            "options": self.options,
            "src": reverse_lazy("desk:pick", args=[self.kind]),
        }


class PickField(forms.Field):
    """A row found by words. Cleans to its value; to "" for no words."""

    widget: PickWidget

    def __init__(self, kind: str, **more: Any) -> None:
        super().__init__(required=False, widget=PickWidget(kind), **more)
        self.kind = kind
        self.context: Context | None = None

    def clean(self, value: Any) -> str:
        said = value if isinstance(value, Said) else Said()
        if said.choice and pickers.label(self.kind, said.choice):
            return said.choice
        if said.words is None and pickers.label(self.kind, said.value):
            return said.value
        if not said.words:
            return ""
        if self.context is None:
            raise TypeError("A picker needs to know who asks.")
        meant = pickers.meant(self.kind, said.value, said.words, self.context)
        self.widget.options = meant.options
        if meant.value:
            return meant.value
        raise ValidationError(self._unclear(said.words, meant.options))

    def _unclear(self, words: str, options: list[Option]) -> str:
        if options:
            return _("“%(words)s” can mean several things: choose one below.") % {"words": words}
        return {
            "actor": _(
                "No actor is called “%(words)s”. Try another spelling, or enter it as an unnamed "
                "party."
            ),
            "place": _(
                "“%(words)s” is not in the gazetteer. Leave this empty and write the name and the"
                " coordinates below."
            ),
            "area": _("No area is called “%(words)s”. Try another spelling, or leave it empty."),
            "document": _(
                "No document matches “%(words)s”. Leave this empty and describe the new document."
            ),
            "publisher": _(
                "No publisher is called “%(words)s”. Try another spelling; an editor adds "
                "publishers on the reference desk."
            ),
            "incident": _("No incident matches “%(words)s”. Try its id or a word of its title."),
        }[self.kind] % {"words": words}


class DayField(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, input_formats=["%Y-%m-%d"], **more)

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                _("“%(value)s” is not a day: write 2022-07-22.") % {"value": value}
            ) from None


class ClockField(forms.TimeField):
    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **more)

    def to_python(self, value: Any) -> dt.time | None:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                _("“%(value)s” is not a time of day: write 05:30.") % {"value": value}
            ) from None


class PartialDayField(forms.CharField):
    """A date that may stop at the month or the year; kept as text."""

    def __init__(self, *, quarters: bool = False, **more: Any) -> None:
        super().__init__(required=False, max_length=10, **more)
        self.quarters = quarters

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip().upper()
        if not text or (self.quarters and re.fullmatch(r"\d{4}-Q[1-4]", text)):
            return text
        try:
            parse_partial(text)
        except ValueError:
            shapes = (
                "2025-10-30, 2025-10, 2025-Q4, 2025"
                if self.quarters
                else "2025-10-30, 2025-10, 2025"
            )
            raise ValidationError(
                _("“%(value)s” is not a date: write it like one of %(shapes)s.")
                % {"value": text, "shapes": shapes}
            ) from None
        return text


class CountField(forms.IntegerField):
    """A number of people. Empty is unknown, 0 is a reported zero."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, localize=False, **more)

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s\u202f\u00a0]", "", str(value or ""))
        if not text:
            return None
        if not re.fullmatch(r"\d{1,7}", text, re.ASCII):
            raise ValidationError(
                _(
                    "“%(value)s” is not a whole number of people: write digits, or leave it empty"
                    " if it is not known."
                )
                % {"value": value}
            )
        return int(text)


class AmountField(forms.IntegerField):
    """An amount of money in whole units. Empty is unknown; digits may stand in groups of three."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, localize=False, **more)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,14}|\d{1,3}([\s,.'’]\d{3}){1,4}", text):
            raise ValidationError(
                _("“%(value)s” is not an amount in whole units: write 50000000 or 50 000 000.")
                % {"value": value}
            )
        return int(re.sub(r"\D", "", text))


class DegreesField(forms.CharField):
    """WGS84 decimal degrees up to `limit` either way; a decimal comma is understood."""

    def __init__(self, limit: int, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, max_length=14, **more)
        self.limit = limit

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().replace(",", ".").replace("−", "-")
        if not text:
            return None
        try:
            degrees = Decimal(text)
            if not degrees.is_finite() or abs(degrees) > self.limit:
                raise InvalidOperation
        except InvalidOperation:
            raise ValidationError(
                _("“%(value)s” is not between -%(limit)s and %(limit)s degrees: write 12.745.")
                % {"value": value, "limit": self.limit}
            ) from None
        return degrees.quantize(Decimal("0.000001"))


class ChoiceOf(forms.ChoiceField):
    """One term of a vocabulary; `blank` labels the empty choice where there is one."""

    def __init__(self, vocabulary: Any, *, blank: Any = None, **more: Any) -> None:
        choices = list(vocabulary.choices)
        if blank is not None:
            choices.insert(0, ("", blank))
        super().__init__(choices=choices, required=False, **more)


class TermsOf(forms.MultipleChoiceField):
    """Any number of terms of a vocabulary, as boxes to tick."""

    def __init__(self, vocabulary: Any, **more: Any) -> None:
        super().__init__(
            choices=vocabulary.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **more,
        )


class YesNoUnknown(forms.TypedChoiceField):
    """True, False, or None for not known."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            choices=[
                ("", gettext_lazy("not known")),
                ("yes", gettext_lazy("yes")),
                ("no", gettext_lazy("no")),
            ],
            coerce=lambda text: {"yes": True, "no": False}.get(text),
            empty_value=None,
            required=False,
            **more,
        )
