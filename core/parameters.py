"""Parameters of questions: each reads one text strictly and says what it did not understand.

Every parameter is a Django form field whose error names the value and the remedy; `schema` is its
OpenAPI type. A question is answered exactly as asked or not at all.
"""

import datetime as dt
import difflib
import math
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.dates import parse_partial

MAX_LENGTH = 2000
MAX_TERMS = 100
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Text = str | Promise


def shown(value: str) -> str:
    """The value as an error repeats it: short, and without control characters."""
    clean = CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)
    return clean if len(clean) <= 80 else clean[:79] + "…"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelt most like `word`, if one is."""
    by_fold = {k.casefold(): k for k in known}
    found = difflib.get_close_matches(word.casefold()[:80], by_fold, n=1, cutoff=0.7)
    return by_fold[found[0]] if found else None


class ParameterField(forms.Field):
    """Optional text of one parameter. An `is_list` value may be repeated: commas join it."""

    schema: dict[str, Any] = {"type": "string"}
    is_list = False

    def __init__(self, *, help_text: Any = "", example: str | None = None) -> None:
        super().__init__(required=False, help_text=help_text)
        if example:
            self.schema = self.schema | {"example": example}

    def to_python(self, value: Any) -> Any:
        return self.read(str(value).strip()) if value not in (None, "") else None

    def read(self, text: str) -> Any:
        """The value that `text` means. Raises ValidationError with the remedy."""
        return text


class TextField(ParameterField):
    """Words, at most `max_length` characters."""

    def __init__(self, *, max_length: int = 200, **more: Any) -> None:
        super().__init__(**more)
        self.max_length = max_length
        self.schema = {"type": "string", "maxLength": max_length}

    def read(self, text: str) -> str:
        if len(text) > self.max_length:
            raise ValidationError(
                _("Too long: write at most %(n)s characters.") % {"n": self.max_length}
            )
        return text


class DayField(ParameterField):
    """A day, month or year: the first day that it can mean, or with `last` the last."""

    schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "example": "2022-07"}

    def __init__(self, *, last: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.last = last

    def read(self, text: str) -> dt.date:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
            raise ValidationError(self._remedy(text))
        try:
            partial = parse_partial(text)
        except ValueError:
            raise ValidationError(self._remedy(text)) from None
        return partial.last if self.last else partial.first

    @staticmethod
    def _remedy(text: str) -> str:
        return _("%(value)s is not a date: write 2012, 2012-06 or 2012-06-21.") % {
            "value": shown(text)
        }


class MomentField(ParameterField):
    """A moment in UTC, or a date, which means the end of that day."""

    schema = {"type": "string", "example": "2026-01-01"}

    def read(self, text: str) -> dt.datetime:
        # A plus sign that was not escaped arrives as a space.
        text = re.sub(r" (\d\d:\d\d)$", r"+\1", text)
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
                day = dt.date.fromisoformat(text)
                return dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)
            if not MOMENT.fullmatch(text):
                raise ValueError(text)
            moment = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
            if moment.tzinfo is None:
                return moment.replace(tzinfo=dt.UTC)
            return moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise ValidationError(
                _(
                    "%(value)s is not a moment: write a date such as 2026-01-01 (the end of that "
                    "day, UTC) or 2026-01-01T12:00:00Z."
                )
                % {"value": shown(text)}
            ) from None


class BooleanField(ParameterField):
    schema = {"type": "boolean"}

    def read(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise ValidationError(
                _("%(value)s is neither true nor false.") % {"value": shown(text)}
            )
        return text == "true"


class WholeNumberField(ParameterField):
    """A whole number from `least` to `most`."""

    def __init__(self, *, least: int = 0, most: int = 2**31 - 1, **more: Any) -> None:
        super().__init__(**more)
        self.least, self.most = least, most
        self.schema = {"type": "integer", "minimum": least, "maximum": most}

    def read(self, text: str) -> int:
        if re.fullmatch(r"-?[0-9]{1,19}", text) and self.least <= int(text) <= self.most:
            return int(text)
        raise ValidationError(
            _("%(value)s is not a whole number from %(least)s to %(most)s.")
            % {"value": shown(text), "least": self.least, "most": self.most}
        )


class NumbersField(ParameterField):
    """A fixed number of finite decimal numbers, comma between them, each within its bounds."""

    def __init__(self, *, names: str, bounds: list[tuple[float, float]], **more: Any) -> None:
        super().__init__(**more)
        self.names, self.bounds = names, bounds

    def read(self, text: str) -> tuple[float, ...]:
        parts = [part.strip() for part in text.split(",")]
        plain = all(re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,12})?", part, re.ASCII) for part in parts)
        if len(parts) != len(self.bounds) or not plain:
            raise ValidationError(
                _("%(value)s is not %(names)s: write %(n)s decimal numbers with commas between.")
                % {"value": shown(text), "names": self.names, "n": len(self.bounds)}
            )
        numbers = tuple(float(part) for part in parts)
        for name, number, (least, most) in zip(
            self.names.split(","), numbers, self.bounds, strict=True
        ):
            if not (math.isfinite(number) and least <= number <= most):
                raise ValidationError(
                    _("%(name)s %(value)s is not from %(least)s to %(most)s.")
                    % {
                        "name": name,
                        "value": f"{number:g}",
                        "least": f"{least:g}",
                        "most": f"{most:g}",
                    }
                )
        return numbers


class ChoiceField(ParameterField):
    """One of a few words."""

    def __init__(self, *, words: Collection[str], **more: Any) -> None:
        super().__init__(**more)
        self.words = list(words)
        self.schema = {"type": "string", "enum": self.words}

    def read(self, text: str) -> str:
        if text not in self.words:
            raise ValidationError(unknown([text], self.words, among(self.words)))
        return text


class Terms(list[str]):
    """The terms of one parameter: any of them, or where they are `excluded` none of them."""

    def __init__(self, terms: Iterable[str] = (), *, excluded: bool = False) -> None:
        super().__init__(terms)
        self.excluded = excluded


class TermsField(ParameterField):
    """Known terms with commas between them: any of them.

    Where it `excludes`, a minus sign before every term asks for none of them: `-MLI,-NER`.
    `known` is the list of all terms, or a function from the asked terms to those that exist;
    `remedy` says where the terms are listed.
    """

    is_list = True

    def __init__(
        self,
        *,
        known: Collection[str] | Callable[[list[str]], Collection[str]],
        remedy: Text = "",
        excludes: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.known, self.remedy, self.excludes = known, remedy, excludes

    def read(self, text: str) -> Terms:
        terms = self._signed(list(dict.fromkeys(part.strip() for part in text.split(","))))
        if "" in terms:
            raise ValidationError(
                _("%(value)s has an empty term: remove the extra comma.") % {"value": shown(text)}
            )
        if len(terms) > MAX_TERMS:
            raise ValidationError(_("Too many terms: at most %(n)s.") % {"n": MAX_TERMS})
        known = self.known(terms) if callable(self.known) else self.known
        missing = [term for term in terms if term not in known]
        if missing:
            listed = known if not callable(self.known) else ()
            raise ValidationError(unknown(missing, listed, str(self.remedy) or among(listed)))
        return terms

    def _signed(self, terms: list[str]) -> Terms:
        minus = [term for term in terms if self.excludes and term.startswith("-")]
        if minus and len(minus) < len(terms):
            raise ValidationError(
                _(
                    "%(value)s mixes terms with and without a minus sign: write the minus before "
                    "every term to leave them all out, or before none."
                )
                % {"value": shown(",".join(terms))}
            )
        return Terms((term[1:].strip() for term in terms), excluded=True) if minus else Terms(terms)


def among(words: Iterable[str]) -> str:
    return _("Choose from: %(words)s.") % {"words": ", ".join(words)}


def unknown(missing: list[str], known: Iterable[str], remedy: str) -> str:
    """ "FOO is not known. Did you mean …? <where the terms are listed>"."""
    message = _("%(values)s: not known.") % {"values": shown(", ".join(missing))}
    hint = nearest(missing[0], known)
    if hint:
        message += " " + _("Did you mean %(hint)s?") % {"hint": hint}
    return f"{message} {remedy}"
