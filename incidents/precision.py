"""How surely a date and a place are known, in sentences: precision is said, never implied."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prose

Payload = Mapping[str, Any]


def of_date(date: Payload) -> str:
    """What the interval of an incident means: a duration, or a day that is not known."""
    start, end = dt.date.fromisoformat(date["start"]), dt.date.fromisoformat(date["end"])
    length = (end - start).days + 1
    if date["is_multiday"]:
        if date["precision"] == "day":
            return _("It lasted: both days are known. This is duration, not doubt.")
        return _("It lasted more than one day; its first and last days are not known exactly.")
    if length == 1:
        return _("The day is known.")
    sentences = {
        "day_range": ngettext(
            "It happened on one of these %(n)s days; which one is not known.",
            "It happened on one of these %(n)s days; which one is not known.",
            length,
        ),
        "week": _("It happened on one day of this week; which one is not known."),
        "month": _("It happened in this month; the day is not known or not shown."),
        "quarter": _("It happened in this quarter; the day is not known."),
        "year": _("It happened in this year; the day is not known."),
    }
    text = sentences.get(date["precision"], sentences["day_range"])
    return text % {"n": prose.spelled(length)} if "%(n)s" in text else text


def of_period(date: Payload) -> str:
    """Where counts put an incident that reaches over two months; empty where they need no rule."""
    start, end = date["start"], date["end"]
    if start[:7] == end[:7]:
        return ""
    return _("In counts it belongs to %(month)s, the month of its first day.") % {
        "month": prose.month(start)
    }


def of_place(location: Payload) -> str:
    """What the mark on the map stands for."""
    precision = location.get("precision") or "country"
    if location.get("latitude") is None or precision == "country":
        return _("On the map the whole country is shaded, because no point would be true.")
    marks = {
        "exact": _("On the map: a point."),
        "near": _("On the map: a circle; it happened somewhere within it."),
        "admin2": _("On the map: the area, because no point in it would be true."),
        "admin1": _("On the map: the area, because no point in it would be true."),
        "linear": _("On the map: a dashed circle; it happened somewhere along the line."),
        "sea_air": _("On the map: a dashed circle; no exact point is known."),
    }
    return marks[precision]


def iso_interval(date: Payload) -> str:
    """ISO 8601 no finer than is known: "2025-10", "2022-07-21", "2025-10-28/2025-10-29"."""
    start, end, precision = date["start"], date["end"], date["precision"]
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    if precision == "month" and prose.is_whole_month(first, last):
        return str(start[:7])
    if precision == "year" and start[4:] == "-01-01" and end == f"{start[:4]}-12-31":
        return str(start[:4])
    return str(start) if start == end else f"{start}/{end}"
