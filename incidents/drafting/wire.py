"""The document as JSON, strictly: unknown fields and values of another type are refused by path."""

import dataclasses
import datetime as dt
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core.parameters import nearest, shown
from incidents.drafting.draft import Draft
from incidents.drafting.findings import DraftRefused

D = TypeVar("D")
MOST_ITEMS = 500
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)


def to_json(row: Any) -> Any:
    """A document or a part of it as JSON: dates as ISO 8601, coordinates as numbers."""
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {item.name: to_json(getattr(row, item.name)) for item in dataclasses.fields(row)}
    if isinstance(row, tuple | list):
        return [to_json(item) for item in row]
    if isinstance(row, Decimal):
        return float(row)
    if isinstance(row, dt.date | dt.time):
        return row.isoformat()
    # The words of a vocabulary are plain text outside.
    return str(row) if isinstance(row, str) else row


def from_json(data: Any) -> Draft:
    """The document that JSON means. Raises DraftRefused naming each field that is not understood.

    A field that is left out has its default: the document always replaces the whole.
    """
    return part_from_json(Draft, data, "")


def part_from_json(cls: type[D], data: Any, path: str) -> D:
    """One part of a document, such as a citation, at `path`."""
    refused: dict[str, str] = {}
    made = _row(cls, data, path, refused)
    if refused:
        raise DraftRefused(refused)
    return typing.cast(D, made)


@cache
def hints(cls: type) -> dict[str, Any]:
    """The fields of a part with their types."""
    return typing.get_type_hints(cls)


def _row(cls: type, data: Any, path: str, refused: dict[str, str]) -> Any:
    if not isinstance(data, Mapping):
        refused[path or "."] = _("Write an object with fields, not %(value)s.") % {
            "value": _told(data)
        }
        return None
    known = hints(cls)
    values = {}
    for name, value in data.items():
        where = f"{path}.{name}" if path else str(name)
        if name not in known:
            refused[printable(where)] = _unknown_field(str(name), list(known))
            continue
        values[name] = _value(known[name], value, where, refused)
    return None if refused else cls(**values)


def _unknown_field(name: str, known: list[str]) -> str:
    near = nearest(printable(name), known)
    if near:
        return _("There is no such field; did you mean %(near)s?") % {"near": near}
    return _("There is no such field. The fields are: %(known)s.") % {"known": ", ".join(known)}


def _value(hint: Any, value: Any, path: str, refused: dict[str, str]) -> Any:
    if typing.get_origin(hint) is tuple:
        return _items(typing.get_args(hint)[0], value, path, refused)
    if isinstance(hint, types.UnionType):
        if value is None:
            return None
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
    if dataclasses.is_dataclass(hint):
        return _row(typing.cast(type, hint), value, path, refused)
    try:
        return READERS[hint](value)
    except ValueError:
        refused[path] = str(WORDS[hint]()) % {"value": _told(value)}
        return None


def _items(hint: Any, value: Any, path: str, refused: dict[str, str]) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        refused[path] = _("Write a list of at most %(n)s items, not %(value)s.") % {
            "n": MOST_ITEMS,
            "value": _told(value),
        }
        return ()
    return tuple(_value(hint, item, f"{path}.{n}", refused) for n, item in enumerate(value))


def _told(value: Any) -> str:
    if isinstance(value, list):
        return _("a list of %(n)s") % {"n": len(value)}
    if isinstance(value, Mapping):
        return _("an object")
    return printable("null" if value is None else str(value)) or "“”"


def printable(text: str) -> str:
    """Text as an error repeats it: short, and in whole characters."""
    return shown(text.encode("utf-8", "replace").decode())


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    # Half a character, which no database stores.
    value.encode()
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(value)
    return value


def _degrees(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1000:
        raise ValueError(value)
    return round(Decimal(str(value)), 6)


def _day(value: Any) -> dt.date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError(value)
    return dt.date.fromisoformat(value)


def _time(value: Any) -> dt.time:
    if not isinstance(value, str) or not TIME.fullmatch(value):
        raise ValueError(value)
    return dt.time.fromisoformat(value)


READERS: Mapping[Any, Any] = {
    str: _text,
    bool: _flag,
    int: _whole,
    Decimal: _degrees,
    dt.date: _day,
    dt.time: _time,
}
WORDS: Mapping[Any, Any] = {
    str: lambda: _("%(value)s is not text. Put it in quotation marks."),
    bool: lambda: _("%(value)s is neither true nor false."),
    int: lambda: _("%(value)s is not a whole number, such as 12 without quotation marks."),
    Decimal: lambda: _("%(value)s is not a number of degrees, such as 12.745."),
    dt.date: lambda: _("%(value)s is not a day: write it as 2012-06-21."),
    dt.time: lambda: _("%(value)s is not a time: write it as 14:30."),
}
