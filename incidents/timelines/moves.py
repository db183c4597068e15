"""Links that look at other days: earlier, later, wider, all. They work without a script."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core import prose
from incidents.timelines.axis import Axis
from incidents.timelines.shapes import Move
from incidents.words import labelled

DATED = ("from", "to", "begun")


def moves(
    asked: Mapping[str, Any], axis: Axis, today: dt.date, query: Callable[..., str]
) -> list[Move]:
    """Where one can go from the days of the axis; nowhere while no dates are asked."""
    if not any(name in asked for name in DATED):
        return []
    days, half = axis.days, axis.days // 2 + 1
    found = [_to("earlier", _shifted(axis.first, -days), _shifted(axis.last, -days), query)]
    if axis.last < today:
        found.append(_to("later", _shifted(axis.first, days), _shifted(axis.last, days), query))
    wider = (_shifted(axis.first, -half), min(_shifted(axis.last, half), max(today, axis.last)))
    found.append(_to("wider", *wider, query))
    found.append(Move("all", _("All dates"), query(from_=None, to=None, begun=None, interval=None)))
    return found


def narrowed(first: dt.date, last: dt.date, query: Callable[..., str]) -> str:
    """The address of the same view over these days alone; its bars are chosen anew."""
    days = {"from_": first.isoformat(), "to": last.isoformat()}
    return query(**days, begun=None, interval=None, open=None)


def _to(kind: str, first: dt.date, last: dt.date, query: Callable[..., str]) -> Move:
    words = {"earlier": _("Earlier"), "later": _("Later"), "wider": _("Twice the time")}[kind]
    return Move(kind, labelled(words, prose.days(first, last)), narrowed(first, last, query))


def _shifted(day: dt.date, days: int) -> dt.date:
    """So many days on, within the years that a date can name."""
    return dt.date.fromordinal(
        min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
    )
