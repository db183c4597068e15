"""What is wrong with a draft, by field path; and the checks that every row of it shares."""

import datetime as dt
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from core.parameters import CONTROL, nearest, shown

WEB = URLValidator(schemes=["http", "https"])
LONGEST = 20_000
LARGEST: dict[type, int] = {
    models.PositiveSmallIntegerField: 32_767,
    models.SmallIntegerField: 32_767,
    models.DecimalField: 99_999_999_999_999,
}


class DraftRefused(Exception):
    """The draft cannot be stored; `problems` say where, why and what to do, by field path."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{path}: {said}" for path, said in problems.items()))
        self.problems = problems


@dataclass
class Findings:
    """What cannot be stored (`blockers`) and what review will want besides (`wants`)."""

    blockers: dict[str, str] = field(default_factory=dict)
    wants: dict[str, str] = field(default_factory=dict)

    def block(self, path: str, said: str) -> None:
        """Note the first reason why the field at `path` cannot be stored."""
        self.blockers.setdefault(path, said)

    def want(self, path: str, said: str) -> None:
        """Note what is missing at `path` before a reviewer can take the draft."""
        self.wants.setdefault(path, said)

    @property
    def all(self) -> dict[str, str]:
        return self.wants | self.blockers

    def row(self, path: str, row: Any, model: type[models.Model]) -> None:
        """Check each field of a part of a draft against the column of the same name."""
        for item in fields(row):
            value = getattr(row, item.name)
            if is_dataclass(value) or (isinstance(value, tuple) and any(map(is_dataclass, value))):
                continue
            where = f"{path}.{item.name}" if path else item.name
            for said in filter(None, (_control(value), _misfit(value, column(model, item.name)))):
                self.block(where, said)

    def known(self, path: str, name: str, known: Any, noun: str) -> bool:
        """Whether `name` is among the `known`; an unknown one is noted with the remedy."""
        if not name or name in known:
            return bool(name)
        self.block(
            path,
            _("%(name)s is not a known %(noun)s. Choose one from the list, or have it added.")
            % {"name": shown(name), "noun": noun},
        )
        return False

    def address(self, path: str, value: str) -> None:
        """Note an address that is no http or https URL."""
        try:
            if value:
                WEB(value)
        except ValidationError:
            remedy = _("%(value)s is not a web address: it begins with https:// or http://.")
            self.block(path, remedy % {"value": shown(value)})


def column(model: type[models.Model], name: str) -> models.Field | None:
    """The plain column that a field of a draft is stored in, or None where it names other rows."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) and not found.is_relation else None


def words_of(found: models.Field) -> list[str] | None:
    """The vocabulary of a column, or of the items of a list column; None where it is free."""
    items = found.base_field if isinstance(found, ArrayField) else found
    choices = items.flatchoices
    return [str(value) for value, _label in choices] if choices else None


def _control(value: Any) -> str:
    if isinstance(value, str) and CONTROL.search(value):
        return _("It holds characters that cannot be printed. Remove them.")
    return ""


def _misfit(value: Any, found: models.Field | None) -> str:
    """Why the column cannot hold the value; "" where it can."""
    if found is None or value is None:
        return ""
    words = words_of(found)
    if words is not None:
        said = value if isinstance(value, tuple) else (value,)
        return next(filter(None, (_unknown(word, words) for word in said)), "")
    if isinstance(value, str) and len(value) > (found.max_length or LONGEST):
        return _("%(value)s is too long: write at most %(n)s characters.") % {
            "value": shown(value),
            "n": found.max_length or LONGEST,
        }
    if isinstance(value, int) and not isinstance(value, bool):
        most = LARGEST.get(type(found), 2_147_483_647)
        if not 0 <= value <= most:
            return _("%(value)s is not a count: write a whole number from 0 to %(most)s.") % {
                "value": value,
                "most": most,
            }
    return ""


def _unknown(word: Any, words: list[str]) -> str:
    if str(word) in words or word == "":
        return ""
    said = {"value": shown(str(word)), "words": ", ".join(words)}
    near = nearest(str(word), words)
    if near:
        return _("%(value)s is not known; did you mean %(near)s?") % (said | {"near": near})
    return _("%(value)s is not known. Write one of: %(words)s.") % said


def triple(low: int | None, best: int | None, high: int | None) -> str:
    """Why three figures are out of order; "" where `low <= best <= high` as far as known."""
    known = [value for value in (low, best, high) if value is not None]
    if known == sorted(known):
        return ""
    return _("%(figures)s are out of order: lowest, best and highest must not fall.") % {
        "figures": ", ".join(str(value) for value in known)
    }


def days(start: dt.date | None, end: dt.date | None) -> str:
    """Why two days are out of order; "" where they are not."""
    if start is None or end is None or start <= end:
        return ""
    return _("%(end)s is before %(start)s. Exchange them.") % {"end": end, "start": start}
