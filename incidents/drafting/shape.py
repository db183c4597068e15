"""The document as JSON Schema, from the dataclasses and the columns behind them."""

import dataclasses
import datetime as dt
import types
import typing
from decimal import Decimal
from typing import Any

from django.db import models

from incidents.drafting.checks import MODELS
from incidents.drafting.deal_parts import DraftRansomFigure
from incidents.drafting.draft import Draft, DraftCitation, DraftDocument, DraftHostages
from incidents.drafting.findings import column, words_of
from incidents.drafting.wire import hints
from incidents.models import HostageCase, Incident, RansomPayment
from sources.models import Document

PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    Decimal: {"type": "number"},
    dt.date: {"type": "string", "format": "date"},
    dt.time: {"type": "string"},
}
OWNERS: dict[Any, type[models.Model]] = {
    DraftHostages: HostageCase,
    DraftDocument: Document,
    DraftRansomFigure: RansomPayment,
}


def document() -> dict[str, Any]:
    """The schema of a whole document."""
    return _row(Draft, Incident)


def citation() -> dict[str, Any]:
    """The schema of one citation."""
    return _row(DraftCitation, MODELS["citations"])


def inner(hint: Any) -> type | None:
    """The kind of part that a field holds, one or a list of them; None for plain values."""
    for kind in (hint, *typing.get_args(hint)):
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return kind
    return None


def _row(cls: type, model: type[models.Model]) -> dict[str, Any]:
    fields = dataclasses.fields(typing.cast(Any, cls))
    properties = {item.name: _field(hints(cls)[item.name], model, item.name) for item in fields}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _field(hint: Any, model: type[models.Model], name: str) -> dict[str, Any]:
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return {"type": "array", "items": _field(item, MODELS.get(name, model), name)}
    if isinstance(hint, types.UnionType):
        inner = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        return _field(inner, model, name) | {"nullable": True}
    if dataclasses.is_dataclass(hint):
        owner = OWNERS.get(hint, model)
        return _row(typing.cast(type, hint), owner)
    return PLAIN[hint] | _limits(hint, model, name)


def _limits(hint: Any, model: type[models.Model], name: str) -> dict[str, Any]:
    found = column(model, name)
    if found is None:
        return {}
    words = words_of(found)
    if words is not None:
        said: list[Any] = [int(word) for word in words] if hint is int else words
        return {"enum": said if hint is int else [*dict.fromkeys(["", *said])]}
    return {"maxLength": found.max_length} if hint is str and found.max_length else {}
